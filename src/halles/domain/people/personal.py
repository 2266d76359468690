# SPDX-License-Identifier: AGPL-3.0-or-later
"""What accounts hold on a person."""

from halles.domain.journal.personal import acts_of
from halles.domain.people.models import Account
from halles.kernel.personal import Holding, Person


def personal_data(person: Person) -> list[Holding]:
    """The account of an address."""
    accounts = list(Account.objects.filter(email=person.email)) if person.email else []
    return [
        Holding(
            what="account",
            kept="while it is used; two years after the last sign-in, with a warning (CNIL)",
            rows=[
                {"email": a.email, "name": a.name, "language": a.language, "since": a.created_at.isoformat()}
                for a in accounts
            ],
        ),
        *(acts_of(str(account.id)) for account in accounts),
    ]
