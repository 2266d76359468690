# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class TradeItemsConfig(AppConfig):
    """Label for ever: `tradeitems` (ADR-0001)."""

    name = "halles.domain.tradeitems"
    label = "tradeitems"
