# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    """Label for ever: `stock` (ADR-0001)."""

    name = "halles.domain.stock"
    label = "stock"

    def ready(self) -> None:
        """`halles doctor` looks at the ledger."""
        from halles.domain.stock import reads
        from halles.kernel.checkup import checkup

        checkup("stock: levels agree with moves and promises", lambda: [f"level {pk}" for pk in reads.broken_levels()])
