# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class BulkEditsConfig(AppConfig):
    """Label for ever: `bulkedits` (ADR-0001)."""

    name = "halles.domain.bulkedits"
    label = "bulkedits"

    def ready(self) -> None:
        """What concerns more than a few articles is looked at, made and taken back behind the page."""
        from halles.domain.bulkedits import actions, reactions
        from halles.domain.bulkedits.personal import personal_data
        from halles.kernel.outbox import on
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        on("bulkedits.not_finished", reactions.go_on)
        every(24 * 3600, actions.forget_old)
