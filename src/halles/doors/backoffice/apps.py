# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    """Label for ever: `door_backoffice` (ADR-0001). Owns no tables."""

    name = "halles.doors.backoffice"
    label = "door_backoffice"
