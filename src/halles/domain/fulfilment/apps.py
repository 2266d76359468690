# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfilmentConfig(AppConfig):
    """Label for ever: `fulfilment` (ADR-0001)."""

    name = "halles.domain.fulfilment"
    label = "fulfilment"

    def ready(self) -> None:
        """`halles doctor` counts what is booked."""
        from halles.domain.fulfilment import reads
        from halles.kernel.checkup import checkup

        checkup(_("Créneaux"), reads.examine)
