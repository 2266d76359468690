# SPDX-License-Identifier: AGPL-3.0-or-later
"""The integration's place among Django's applications."""

from django.apps import AppConfig


class WebPushConfig(AppConfig):
    """Label for ever: `via_webpush` (ADR-0001)."""

    name = "halles.integrations.webpush"
    label = "via_webpush"

    def ready(self) -> None:
        """The bell rings through it."""
        from halles.domain.bells.ports import use
        from halles.integrations.webpush.adapter import WebPusher

        use(WebPusher())
