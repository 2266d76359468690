# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class CommunesConfig(AppConfig):
    """Label for ever: `communes` (ADR-0001)."""

    name = "halles.domain.communes"
    label = "communes"
