# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    """Label for ever: `orders` (ADR-0001)."""

    name = "halles.domain.orders"
    label = "orders"

    def ready(self) -> None:
        """Orders call the shop, time works on them, and `halles doctor` looks at them.

        What calls keeps the names it had when it only wrote letters: rows of the outbox name it so.
        """
        from halles.domain.imports.ports import ask_before_undoing
        from halles.domain.orders import calls, reads
        from halles.domain.orders.actions import bookings, timeouts
        from halles.domain.orders.personal import personal_data
        from halles.kernel.checkup import checkup
        from halles.kernel.outbox import on
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        former = "halles.doors.letters.merchants."
        on("orders.placed", calls.placed, name=f"{former}placed")
        on("orders.agreed", calls.agreed, name=f"{former}agreed")
        on("orders.changed", calls.changed, name=f"{former}changed")
        on("orders.cancelled", calls.cancelled, name=f"{former}cancelled")
        on("orders.arrived", calls.arrived)
        on("fulfilment.changed", bookings.adopt)
        on("shops.hours_set", bookings.adopt)
        every(20, timeouts.run)
        every(24 * 3600, timeouts.forget_baskets)
        every(24 * 3600, timeouts.forget_people)
        checkup(_("Commandes"), reads.examine)
        ask_before_undoing(reads.ordered)
