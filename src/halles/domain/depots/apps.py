# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class DepotsConfig(AppConfig):
    """Label for ever: `depots` (ADR-0001)."""

    name = "halles.domain.depots"
    label = "depots"

    def ready(self) -> None:
        """Time reminds those whose order waits at a depot."""
        from halles.domain.depots.actions import timeouts
        from halles.kernel.schedule import every

        every(20, timeouts.remind)
