# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody wants to be told of, and when she wants peace."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from halles.domain.bells import rules
from halles.domain.bells.models import QuietHours, Wish
from halles.domain.bells.rules import Kind, When
from halles.domain.journal import actions as journal
from halles.domain.people.models import Account
from halles.domain.shops.models import Staff
from halles.kernel.actor import Actor


@transaction.atomic
def set_wishes(staff: Staff, wishes: Mapping[Kind, When], *, by: Actor) -> None:
    """When somebody is told of each kind of thing in this shop."""
    for kind, when in wishes.items():
        Wish.objects.update_or_create(staff=staff, kind=kind, defaults={"when": when})
    journal.record("bells.wishes_set", staff, by=by, shop_id=staff.shop_id)


@transaction.atomic
def set_quiet(account: Account, starts: dt.time | None, ends: dt.time | None, *, by: Actor) -> None:
    """When somebody's devices do not ring; never quiet without times.

    :raises Refused: `bells.quiet_missing`, `bells.quiet_empty`.
    """
    rules.check_quiet(starts, ends)
    QuietHours.objects.update_or_create(account=account, defaults={"starts": starts, "ends": ends})
    journal.record("bells.quiet_set", account, by=by)
