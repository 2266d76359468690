# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import`: what comes in from files."""

from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from halles.doors.cli import import_pictures, import_products

KINDS: dict[str, Callable[..., None]] = {"products": import_products.run, "pictures": import_pictures.run}


class Command(BaseCommand):
    """Safe while the server runs: each part writes in short transactions."""

    help = "Bring a shop's articles in from a file: any table, or the export of a known system; or their photographs."

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
        import_pictures.add_arguments(
            kinds.add_parser(
                "pictures",
                help="photographs named by the articles they show",
                description=import_pictures.HELP,
            )
        )

    def handle(self, *, kind: str, **options: Any) -> None:  # noqa: ANN401
        """Do it."""
        KINDS[kind](self, **options)
