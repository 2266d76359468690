# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig


class OpenFoodFactsConfig(AppConfig):
    """Label for ever: `via_openfoodfacts` (ADR-0001)."""

    name = "halles.integrations.openfoodfacts"
    label = "via_openfoodfacts"

    def ready(self) -> None:
        """Its files can be read."""
        from halles.domain.tradeitems.ports import register
        from halles.integrations.openfoodfacts.dump_file import SOURCE

        register(SOURCE)
