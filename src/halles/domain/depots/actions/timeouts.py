# SPDX-License-Identifier: AGPL-3.0-or-later
"""What time does to orders at a depot: it reminds. It gives nothing up: the goods are back when the shop has them."""

from django.db.models import F, Q
from django.utils import timezone

from halles.domain.orders.actions import prepare
from halles.domain.orders.actions.timeouts import remind_of
from halles.domain.orders.rules import State
from halles.domain.shops.models import Place

# What arrived after its hour was told of a moment ago, which is reminder enough.
WAITS_THERE = Q(
    state=State.READY,
    place__kind=Place.Kind.DEPOT,
    deposit__returned_at=None,
    deposit__arrived_at__lt=F("collect_until"),
)


def remind() -> None:
    """The agreed time has passed and the order waits at the depot: one letter, once."""
    for pk in prepare.due(WAITS_THERE & Q(collect_until__lte=timezone.now(), reminded_at=None)):
        remind_of(pk)
