# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the worker does of an import. Each bears being called twice."""

from django.db import transaction

from halles.domain.imports.actions import ask, undo, work
from halles.domain.imports.actions.pictures import fetch
from halles.domain.imports.reads import by_id
from halles.kernel import outbox


def look(import_id: str) -> None:
    """Say what would happen."""
    if import_ := by_id(import_id):
        ask.look(import_)


def go_on(import_id: str) -> None:
    """Write on for a while, and ask to be called again when there is more."""
    import_ = by_id(import_id)
    if import_ and work.go_on(import_):
        with transaction.atomic():
            outbox.publish("imports.not_finished", import_id=import_id)


def go_back(import_id: str) -> None:
    """Undo for a while, and ask to be called again when there is more."""
    import_ = by_id(import_id)
    if import_ and undo.go_on(import_):
        with transaction.atomic():
            outbox.publish("imports.undoing", import_id=import_id)


def fetch_pictures(import_id: str) -> None:
    """Fetch some of the pictures that articles should have, and ask to be called again when there are more."""
    import_ = by_id(import_id)
    if import_ and fetch(import_):
        with transaction.atomic():
            outbox.publish("imports.done", import_id=import_id)
