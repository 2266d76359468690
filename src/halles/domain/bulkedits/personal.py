# SPDX-License-Identifier: AGPL-3.0-or-later
"""What bulk edits hold on a person: who asked for them."""

from halles.domain.bulkedits.models import BulkEdit
from halles.domain.people.reads import by_email
from halles.kernel.personal import Holding, Person


def personal_data(person: Person) -> list[Holding]:
    """The changes that an account asked for."""
    account = by_email(person.email) if person.email else None
    if account is None:
        return []
    rows = BulkEdit.objects.filter(actor_reference=str(account.pk)).values_list("total", "created_at")
    return [
        Holding(
            "bulk edits",
            "two months, as long as they can be undone",
            [{"articles": str(total), "at": at.isoformat()} for total, at in rows],
        )
    ]
