# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration town's place among Django's applications. Owns no tables."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Label for ever: `demo` (ADR-0001)."""

    name = "halles.demo"
    label = "demo"

    def ready(self) -> None:
        """The worker draws the pictures, so that the town is open before they are dry."""
        from halles.demo import build
        from halles.kernel import outbox

        outbox.on("demo.product_made", build.draw, patient=True)
