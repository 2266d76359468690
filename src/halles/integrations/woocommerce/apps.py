# SPDX-License-Identifier: AGPL-3.0-or-later
"""The connection's place among Django's applications."""

from django.apps import AppConfig


class WooCommerceConfig(AppConfig):
    """Label for ever: `via_woocommerce` (ADR-0001). Owns no tables."""

    name = "halles.integrations.woocommerce"
    label = "via_woocommerce"

    def ready(self) -> None:
        """Make its two exports readable, and what its importer takes writable."""
        from halles.domain.imports.ports import register, register_writer
        from halles.integrations.woocommerce import export_file, export_writer, wxr_file

        register(export_file.READER)
        register(wxr_file.READER)
        register_writer(export_writer.WRITER)
