# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig
from django.conf import settings


class OsrmConfig(AppConfig):
    """Label for ever: `via_osrm` (ADR-0001)."""

    name = "halles.integrations.osrm"
    label = "via_osrm"

    def ready(self) -> None:
        """Rounds go by road where the operator named a server."""
        from halles.domain.rounds.ports import go_by
        from halles.integrations.osrm.client import seconds

        if settings.OSRM:
            go_by(seconds)
