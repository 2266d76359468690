# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Label for ever: `orders` (ADR-0001)."""

    name = "halles.domain.orders"
    label = "orders"

    def ready(self) -> None:
        """Time works on orders, and `halles doctor` looks at them."""
        from halles.domain.imports.ports import ask_before_undoing
        from halles.domain.orders import reads
        from halles.domain.orders.actions import timeouts
        from halles.domain.orders.personal import personal_data
        from halles.kernel.checkup import checkup
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        every(20, timeouts.run)
        every(24 * 3600, timeouts.forget_baskets)
        every(24 * 3600, timeouts.forget_people)
        checkup(_("Commandes"), reads.examine)
        ask_before_undoing(reads.ordered)
