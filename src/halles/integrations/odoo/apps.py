# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig


class OdooConfig(AppConfig):
    """Label for ever: `via_odoo` (ADR-0001)."""

    name = "halles.integrations.odoo"
    label = "via_odoo"

    def ready(self) -> None:
        """Exports of Odoo can be read."""
        from halles.domain.imports.ports import register
        from halles.integrations.odoo.export_file import READER

        register(READER)
