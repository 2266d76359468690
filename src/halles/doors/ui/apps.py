# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Label for ever: `door_ui` (ADR-0001)."""

    name = "halles.doors.ui"
    label = "door_ui"

    def ready(self) -> None:
        """Pictures that were drawn once are not kept for ever."""
        from halles.doors.ui.posters import kept
        from halles.kernel.schedule import every

        every(24 * 3600, kept.forget_old)
