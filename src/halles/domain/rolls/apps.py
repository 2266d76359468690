# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class RollsConfig(AppConfig):
    """Label for ever: `rolls` (ADR-0001)."""

    name = "halles.domain.rolls"
    label = "rolls"

    def ready(self) -> None:
        """What was handed over is looked at, and added, behind the page; what nobody came back for is thrown away."""
        from halles.domain.rolls import reactions
        from halles.domain.rolls.actions import undo
        from halles.domain.rolls.personal import personal_data
        from halles.kernel.outbox import on
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        on("rolls.received", reactions.look)
        on("rolls.started", reactions.go_on)  # a merchant looks on: before sizes that nobody waits for
        every(24 * 3600, undo.forget_old)
