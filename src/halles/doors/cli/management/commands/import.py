# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import`: what comes in from files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from halles.doors.cli import import_communes, import_products


class Command(BaseCommand):
    """Safe while the server runs: each part writes in short transactions."""

    help = "Bring in a shop's articles, or the communes of France, from a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What comes in."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        import_products.add_arguments(
            kinds.add_parser(
                "products",
                help="a shop's articles",
                description=import_products.HELP,
            )
        )

        import_communes.add_arguments(
            kinds.add_parser(
                "communes",
                help="the communes of France and their postal codes",
                description=import_communes.HELP,
            )
        )

    def handle(self, *, kind: str, **options: Any) -> None:  # noqa: ANN401
        """Do it."""
        kinds = {"products": import_products, "communes": import_communes}
        kinds[kind].run(self, **options)
