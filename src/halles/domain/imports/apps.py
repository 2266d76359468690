# SPDX-License-Identifier: AGPL-3.0-or-later
"""The noun's place among Django's applications."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Label for ever: `imports` (ADR-0001)."""

    name = "halles.domain.imports"
    label = "imports"

    def ready(self) -> None:
        """What was handed over is looked at, and written, behind the page; old files are thrown away. Our own table goes out."""
        from halles.domain.imports import ports, reactions
        from halles.domain.imports.actions import ask
        from halles.domain.imports.personal import personal_data
        from halles.domain.imports.spreadsheet import WRITER
        from halles.kernel.outbox import on
        from halles.kernel.personal import holds
        from halles.kernel.schedule import every

        ports.register_writer(WRITER)
        holds(self.label, personal_data)
        on("imports.handed_over", reactions.look)
        on("imports.started", reactions.go_on)
        on("imports.not_finished", reactions.go_on)
        on("imports.undoing", reactions.go_back)
        on("imports.done", reactions.fetch_pictures, patient=True)
        every(24 * 3600, ask.forget_old)
