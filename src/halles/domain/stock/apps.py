# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StockConfig(AppConfig):
    """Label for ever: `stock` (ADR-0001)."""

    name = "halles.domain.stock"
    label = "stock"

    def ready(self) -> None:
        """`halles doctor` looks at the ledger."""
        from halles.domain.stock import reads
        from halles.kernel.checkup import checkup

        checkup(_("Stock"), reads.examine)
