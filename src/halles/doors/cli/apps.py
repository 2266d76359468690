# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from halles.doors.cli import checks
from halles.kernel.checkup import checkup


class CliConfig(AppConfig):
    """Label for ever: `door_cli` (ADR-0001). Owns no tables."""

    name = "halles.doors.cli"
    label = "door_cli"

    def ready(self) -> None:
        """Register what `doctor` looks at."""
        checkup(_("Base de données"), checks.database)
        checkup(_("Migrations"), checks.migrations)
        checkup(_("Registres inaltérables"), checks.triggers)
        checkup(_("Dossier des données"), checks.data_folder)
