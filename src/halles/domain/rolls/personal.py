# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rolls hold on a person: who handed photographs over."""

from halles.domain.people.reads import by_email
from halles.domain.rolls.models import Roll
from halles.kernel.personal import Holding, Person


def personal_data(person: Person) -> list[Holding]:
    """The rolls that an account handed over."""
    account = by_email(person.email) if person.email else None
    if account is None:
        return []
    moments = Roll.objects.filter(actor_reference=str(account.pk)).values_list("created_at", flat=True)
    return [
        Holding(
            "rolls",
            "the photographs that wait a month, that they were handed over as long as the shop",
            [{"at": at.isoformat()} for at in moments],
        )
    ]
