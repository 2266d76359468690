# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig


class PrestashopConfig(AppConfig):
    """Label for ever: `via_prestashop` (ADR-0001)."""

    name = "halles.integrations.prestashop"
    label = "via_prestashop"

    def ready(self) -> None:
        """Exports of PrestaShop can be read, and what its importer takes written."""
        from halles.domain.imports.ports import register, register_writer
        from halles.integrations.prestashop.export_file import READER
        from halles.integrations.prestashop.export_writer import WRITER

        register(READER)
        register_writer(WRITER)
