# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the worker does of a roll. Each bears being called twice."""

from django.db import transaction

from halles.domain.rolls.actions import add
from halles.domain.rolls.actions.look import look as look_at
from halles.domain.rolls.reads import by_id
from halles.kernel import outbox


def look(roll_id: str) -> None:
    """Look for a while, and ask to be called again when there is more."""
    roll = by_id(roll_id)
    if roll and look_at(roll):
        with transaction.atomic():
            outbox.publish("rolls.received", roll_id=roll_id)


def go_on(roll_id: str) -> None:
    """Add some of the photographs, and ask to be called again when there are more."""
    roll = by_id(roll_id)
    if roll and add.go_on(roll):
        with transaction.atomic():
            outbox.publish("rolls.started", roll_id=roll_id)
