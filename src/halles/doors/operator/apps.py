# SPDX-License-Identifier: AGPL-3.0-or-later
"""The door's place among Django's applications."""

from django.apps import AppConfig


class OperatorConfig(AppConfig):
    """Label for ever: `door_operator` (ADR-0001). Owns no tables."""

    name = "halles.doors.operator"
    label = "door_operator"
