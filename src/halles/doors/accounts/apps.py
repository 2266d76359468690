# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Label for ever: `door_accounts` (ADR-0001). Owns no tables."""

    name = "halles.doors.accounts"
    label = "door_accounts"

    def ready(self) -> None:
        """Remember when somebody last showed who he is; forget visits that are over."""
        from halles.doors.accounts import session
        from halles.kernel.schedule import every

        session.watch()
        every(24 * 3600, session.forget_ended)
