# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the worker does of a bulk edit. It bears being called twice."""

from django.db import transaction

from halles.domain.bulkedits.actions import walk
from halles.domain.bulkedits.reads import by_id
from halles.kernel import outbox


def go_on(edit_id: str) -> None:
    """Go on for a while, and ask to be called again when there is more."""
    edit = by_id(edit_id)
    if edit and walk.go_on(edit):
        with transaction.atomic():
            outbox.publish("bulkedits.not_finished", edit_id=edit_id)
