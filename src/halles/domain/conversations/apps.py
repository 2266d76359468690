# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Label for ever: `conversations` (ADR-0001)."""

    name = "halles.domain.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Questions call the shop; this noun answers for what it holds on a person, and forgets it in time.

        What calls keeps the names it had when it only wrote letters: rows of the outbox name it so.
        """
        from halles.domain.conversations import calls
        from halles.domain.conversations.actions import forget
        from halles.domain.conversations.personal import personal_data
        from halles.kernel.outbox import on
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        holds(self.label, personal_data)
        former = "halles.doors.letters.questions.waits"
        on("conversations.asked", calls.waits, name=former)
        on("conversations.replied", calls.waits, name=former)
        every(24 * 3600, forget.forget_old)
