# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppointmentsConfig(AppConfig):
    """Label for ever: `appointments` (ADR-0001)."""

    name = "halles.domain.appointments"
    label = "appointments"

    def ready(self) -> None:
        """`halles doctor` looks whether each appointment holds its time."""
        from halles.domain.appointments import reads
        from halles.kernel.checkup import checkup

        checkup(_("Rendez-vous"), reads.examine)
