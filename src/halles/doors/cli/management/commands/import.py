# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import`: what comes in from files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from halles.doors.cli import import_communes, import_pictures, import_products, import_tradeitems


class Command(BaseCommand):
    """Safe while the server runs: each part writes in short transactions."""

    help = (
        "Bring in a shop's articles or their photographs, the communes of France, or what is known of goods by their"
        " number, from files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What comes in: each sort says itself what it is told and what it does."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
        for sort in (import_products, import_pictures, import_communes, import_tradeitems):
            sort.add_parsers(kinds)

    def handle(self, **options: Any) -> None:  # noqa: ANN401
        """Do it."""
        options["run"](self, **options)
