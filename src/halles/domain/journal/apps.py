# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Label for ever: `journal` (ADR-0001)."""

    name = "halles.domain.journal"
    label = "journal"
