# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles doctor`: one line a check, and what to do about it."""

import sys

from django.core.management.base import BaseCommand
from django.db import Error
from django.utils.translation import gettext as _

from halles.kernel.checkup import Checkup, checkups


class Command(BaseCommand):
    """Looks and tells; changes nothing."""

    help = "Look whether everything is in order; exits with 1 when something must be done."
    # A database that is away is a finding, not a failure.
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        """Print every finding."""
        findings = [(check.title, found(check)) for check in checkups()]
        for title, to_do in findings:
            self.stdout.write(
                f"{_('à faire') if to_do else 'ok':8} {title}{' : ' if to_do else ''}{' ; '.join(to_do)}"
            )
        if any(to_do for _title, to_do in findings):
            sys.exit(1)


def found(check: Checkup) -> list[str]:
    """What a check finds; one that cannot even look is a finding too."""
    try:
        return list(check.examine())
    except Error as error:
        return [str(error).strip()]
