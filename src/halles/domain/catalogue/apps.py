# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Label for ever: `catalogue` (ADR-0001)."""

    name = "halles.domain.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """The sizes of a photograph are made by a worker."""
        from halles.domain.catalogue import pictures
        from halles.kernel.outbox import on
        from halles.kernel.schedule import every

        on("catalogue.picture_added", pictures.make_sizes, patient=True)
        every(24 * 3600, pictures.forget_unused)
