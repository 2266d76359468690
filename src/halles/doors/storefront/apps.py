# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    """Label for ever: `door_storefront` (ADR-0001). Owns no tables."""

    name = "halles.doors.storefront"
    label = "door_storefront"
