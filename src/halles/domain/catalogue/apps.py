# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Label for ever: `catalogue` (ADR-0001)."""

    name = "halles.domain.catalogue"
    label = "catalogue"
