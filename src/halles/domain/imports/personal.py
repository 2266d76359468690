# SPDX-License-Identifier: AGPL-3.0-or-later
"""What imports hold on a person: who handed a file over."""

from halles.domain.imports.models import Import
from halles.domain.people.reads import by_email
from halles.kernel.personal import Holding, Person


def personal_data(person: Person) -> list[Holding]:
    """The files that an account handed over."""
    account = by_email(person.email) if person.email else None
    if account is None:
        return []
    rows = Import.objects.filter(actor_reference=str(account.pk)).values_list("file_name", "created_at")
    return [
        Holding(
            "imports",
            "the file two months, that it was handed over as long as the articles it brought",
            [{"file": name, "at": at.isoformat()} for name, at in rows],
        )
    ]
