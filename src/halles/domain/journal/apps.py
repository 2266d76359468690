# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Label for ever: `journal` (ADR-0001)."""

    name = "halles.domain.journal"
    label = "journal"

    def ready(self) -> None:
        """Keys that can no longer be repeated are thrown away, and counts whose time is over."""
        from halles.domain.journal import actions, throttle
        from halles.kernel.schedule import every

        every(24 * 3600, actions.forget_keys)
        every(3600, throttle.forget)
