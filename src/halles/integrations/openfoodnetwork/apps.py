# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig


class OpenFoodNetworkConfig(AppConfig):
    """Label for ever: `via_openfoodnetwork` (ADR-0001)."""

    name = "halles.integrations.openfoodnetwork"
    label = "via_openfoodnetwork"

    def ready(self) -> None:
        """Exports of Open Food Network can be read."""
        from halles.domain.imports.ports import register
        from halles.integrations.openfoodnetwork.export_file import READER

        register(READER)
