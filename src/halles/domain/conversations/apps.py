# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Label for ever: `conversations` (ADR-0001)."""

    name = "halles.domain.conversations"
    label = "conversations"

    def ready(self) -> None:
        """This noun answers for what it holds on a person, and forgets it in time."""
        from halles.domain.conversations.actions import forget
        from halles.domain.conversations.personal import personal_data
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        every(24 * 3600, forget.forget_old)
