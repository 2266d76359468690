# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Label for ever: `rounds` (ADR-0001)."""

    name = "halles.domain.rounds"
    label = "rounds"

    def ready(self) -> None:
        """The worker puts stops in order; what names a door is forgotten in time."""
        from halles.domain.rounds.actions import forgetting, ordering
        from halles.domain.rounds.personal import personal_data
        from halles.kernel.outbox import on
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        on("rounds.asked", ordering.make)
        every(24 * 3600, forgetting.forget)
