# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig
from django.conf import settings


class AddressesConfig(AppConfig):
    """Label for ever: `via_addresses` (ADR-0001)."""

    name = "halles.integrations.addresses"
    label = "via_addresses"

    def ready(self) -> None:
        """Doors are located where the operator named a service."""
        from halles.domain.rounds.ports import locate_with
        from halles.integrations.addresses.client import locate

        if settings.GEOCODER:
            locate_with(locate)
