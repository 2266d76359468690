# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class BellsConfig(AppConfig):
    """Label for ever: `bells` (ADR-0001)."""

    name = "halles.domain.bells"
    label = "bells"

    def ready(self) -> None:
        """Calls go on as time passes; this noun answers for what it holds on a person."""
        from halles.domain.bells import actions
        from halles.domain.bells.personal import personal_data
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        every(20, actions.ring_due)
        every(24 * 3600, actions.forget_old)
