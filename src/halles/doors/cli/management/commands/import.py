# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import`: what comes in from files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from halles.doors.cli import import_products, import_tradeitems


class Command(BaseCommand):
    """Safe while the server runs: each part writes in short transactions."""

    help = "Bring in a shop's articles, or what is known of goods by their number, from a file."

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
        import_tradeitems.add_parsers(kinds)

    def handle(self, *, kind: str, **options: Any) -> None:  # noqa: ANN401
        """Do it."""
        if kind == "products":
            import_products.run(self, **options)
        else:
            import_tradeitems.run(self, kind=kind, **options)
