# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """Label for ever: `customers` (ADR-0001)."""

    name = "halles.domain.customers"
    label = "customers"

    def ready(self) -> None:
        """This noun answers for what it holds on a person."""
        from halles.domain.customers.personal import personal_data
        from halles.kernel.personal import holds

        holds(self.label, personal_data)
