# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bell holds on a person: where it rings, for what, and when it does not."""

from halles.domain.bells import reads
from halles.domain.bells.models import Wish
from halles.domain.people.reads import by_email
from halles.kernel.personal import Holding, Person


def personal_data(person: Person) -> list[Holding]:
    """Devices, wishes and quiet hours of an account. They go with it, and with her place in the team."""
    account = by_email(person.email) if person.email else None
    if account is None:
        return []
    quiet = reads.quiet_of(account)
    wishes = Wish.objects.filter(staff__account=account).select_related("staff__shop")
    return [
        Holding(
            "devices",
            "until they are removed, are gone, or one works nowhere any more",
            [
                {"device": d.sort, "since": d.created_at.isoformat(), "last rung": _said(d.last_rung_at)}
                for d in reads.devices_of(account)
            ],
        ),
        Holding(
            "wishes",
            "while one works there",
            [{"shop": w.staff.shop.name, "kind": w.kind, "when": w.when} for w in wishes],
        ),
        Holding(
            "quiet hours",
            "as long as the account",
            [{"from": str(quiet.starts), "to": str(quiet.ends)}] if quiet else [],
        ),
    ]


def _said(moment: object) -> str:
    return str(moment) if moment else "never"
