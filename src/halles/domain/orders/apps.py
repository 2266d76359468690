# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Label for ever: `orders` (ADR-0001)."""

    name = "halles.domain.orders"
    label = "orders"

    def ready(self) -> None:
        """Time works on orders, and `halles doctor` looks at them."""
        from halles.domain.orders import reads
        from halles.domain.orders.actions import timeouts
        from halles.kernel.checkup import checkup
        from halles.kernel.schedule import every

        every(20, timeouts.run)
        every(24 * 3600, timeouts.forget_baskets)
        checkup("orders: totals are the sum of their lines", lambda: [f"shop order {pk}" for pk in reads.wrong_totals()])
