# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles demo`: fill an empty market with the demonstration town."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand

from halles.demo import build
from halles.domain.shops.reads import is_demonstration


class Command(BaseCommand):
    """Safe while the server runs; a market that exists is left alone."""

    help = "Fill an empty market with the demonstration town of Poitiers, always the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How big."""
        parser.add_argument(
            "--shops", type=int, metavar="N", help="so many shops in all (default: those written down)"
        )
        parser.add_argument(
            "--products", type=int, metavar="N", help="so many articles in all, over the shops"
        )

    def handle(self, *, shops: int | None, products: int | None, **_: object) -> None:
        """Fill, and say where to look."""
        made = build.town(shop_number=shops, product_number=products)
        if made is None:
            self.stdout.write("There is a market already: nothing was changed.")
        else:
            self.stdout.write(f"{made.name}: ready at {settings.ORIGIN}/ (pictures are being drawn)")
        if is_demonstration():
            self.stdout.write(
                f"Sign in as a shop or as the market's team by one press: {settings.ORIGIN}/compte/connexion"
            )
