# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles person`: everything the house holds on somebody, to answer a request of access (GDPR art. 15)."""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from halles.kernel.contact import clean_email, clean_phone
from halles.kernel.errors import Refused
from halles.kernel.personal import Person, personal_data


class Command(BaseCommand):
    """Reads, changes nothing."""

    help = "Print, as JSON, everything held on a person and why: halles person ADDRESS-OR-TELEPHONE"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whom."""
        parser.add_argument("contact", help="an e-mail address or a telephone number")

    def handle(self, *, contact: str, **_: object) -> None:
        """Print it."""
        try:
            person = (
                Person(email=clean_email(contact)) if "@" in contact else Person(phone=clean_phone(contact))
            )
        except Refused as refusal:
            raise CommandError(f"{contact}: not an address or a telephone number") from refusal
        held = {noun: [asdict(holding) for holding in found] for noun, found in personal_data(person).items()}
        self.stdout.write(json.dumps(held, ensure_ascii=False, indent=2))
