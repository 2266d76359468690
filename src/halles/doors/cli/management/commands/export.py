# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles export`: what goes out as a file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from halles.doors.cli import export_products


class Command(BaseCommand):
    """Safe while the server runs; changes nothing."""

    help = "Write a shop's articles into a file: for another Halles, WooCommerce or PrestaShop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What goes out."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        export_products.add_parsers(kinds)

    def handle(self, **options: Any) -> None:  # noqa: ANN401
        """Do it."""
        options["run"](self, **options)
