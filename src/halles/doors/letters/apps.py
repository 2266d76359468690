# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Label for ever: `door_letters` (ADR-0001). Owns no tables."""

    name = "halles.doors.letters"
    label = "door_letters"

    def ready(self) -> None:
        """Whoever must know of an event gets a letter about it."""
        from halles.doors.letters import bells, customers, questions, rounds, shops
        from halles.kernel.outbox import on
        from halles.kernel.schedule import every

        on("orders.placed", customers.placed)
        on("orders.noted", customers.noted)
        on("orders.accepted", customers.accepted)
        on("orders.settled", customers.settled)
        on("orders.postponed", customers.postponed)
        on("orders.weighed_far", customers.weighed_far)
        on("orders.weighed_again", customers.weighed_again)
        on("orders.ready", customers.ready)
        on("depots.arrived", customers.arrived)
        on("orders.cancelled", customers.cancelled)
        on("orders.announced", customers.announced)
        on("orders.reminded", customers.reminded)
        on("orders.time_near", customers.time_near)
        on("orders.not_collected", customers.not_collected)
        on("orders.expired", customers.expired)
        on("rounds.coming", rounds.coming)
        on("rounds.absent", rounds.absent)
        on("conversations.answered", questions.answered)
        on("conversations.reported", questions.reported)
        every(questions.WINDOW, questions.tell_the_rest)
        on("bells.ring", bells.ring)
        on("bells.mail", bells.mail)
        on("bells.tried", bells.tried)
        on("shops.waiting", shops.waiting)
        on("shops.approved", shops.approved)
        on("shops.invited", shops.invited)
