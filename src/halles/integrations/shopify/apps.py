# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig


class ShopifyConfig(AppConfig):
    """Label for ever: `via_shopify` (ADR-0001)."""

    name = "halles.integrations.shopify"
    label = "via_shopify"

    def ready(self) -> None:
        """Exports of Shopify can be read."""
        from halles.domain.imports.ports import register
        from halles.integrations.shopify.export_file import READER

        register(READER)
