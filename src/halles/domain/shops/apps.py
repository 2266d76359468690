# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class ShopsConfig(AppConfig):
    """Label for ever: `shops` (ADR-0001)."""

    name = "halles.domain.shops"
    label = "shops"

    def ready(self) -> None:
        """This noun answers for what it holds on a person."""
        from halles.domain.shops.personal import personal_data
        from halles.kernel.personal import holds

        holds(self.label, personal_data)
