# SPDX-License-Identifier: AGPL-3.0-or-later
"""What time does to orders. Each looks at the state of things, so it may run twice, late, or on two machines."""

import datetime as dt

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from halles.domain.customers import actions as customers
from halles.domain.customers.models import Customer
from halles.domain.journal import actions as journal
from halles.domain.orders.actions import times
from halles.domain.orders.actions.answers import follow_silence
from halles.domain.orders.actions.prepare import due, fall_through, locked, take
from halles.domain.orders.models import Basket
from halles.domain.orders.rules import State, Step
from halles.domain.shops.models import Place
from halles.domain.stock.models import Reservation
from halles.kernel import outbox
from halles.kernel.actor import SYSTEM

BASKET_DAYS = 30
FORGOTTEN_AFTER = dt.timedelta(days=3 * 365)
BATCH = 500

# Somebody is to fetch it; what the shop brings waits for nobody but the shop.
WAITS = Q(state=State.READY) & ~Q(place__kind=Place.Kind.ROUND)


def run() -> None:
    """Everything that is due now."""
    expire_unconfirmed()
    follow_silence()
    remind()
    times.remind()
    give_up()
    close_unfinished()


def expire_unconfirmed() -> None:
    """Nobody pressed the link, no shop said yes: the goods go back on sale."""
    for pk in due(Q(state=State.UNCONFIRMED, confirm_before__lte=timezone.now())):
        with transaction.atomic():
            part = locked(pk)
            if part.state == State.UNCONFIRMED:
                fall_through(part, Step.EXPIRE, by=SYSTEM, goods=Reservation.State.EXPIRED)


def remind() -> None:
    """The agreed time has passed and the goods wait: one letter, once."""
    for pk in due(WAITS & Q(collect_until__lte=timezone.now(), reminded_at=None)):
        with transaction.atomic():
            part = locked(pk)
            if part.state == State.READY and part.reminded_at is None:
                part.reminded_at = timezone.now()
                part.save(update_fields=["reminded_at"])
                journal.record("orders.reminded", part, by=SYSTEM, shop_id=part.shop_id)
                outbox.publish("orders.reminded", shop_order_id=str(part.id), by=str(SYSTEM.kind))


def give_up() -> None:
    """Nobody came: the goods go back on sale and it is counted."""
    for pk in due(WAITS & Q(hold_until__lte=timezone.now())):
        with transaction.atomic():
            part = locked(pk)
            if part.state == State.READY:
                customers.count_no_show(part.order.customer_id)
                fall_through(part, Step.GIVE_UP, by=SYSTEM)


def close_unfinished() -> None:
    """The shop never answered, or never said that it was ready: nothing stays promised for ever.

    Who was expected for services alone has come, as far as one knows.
    """
    unfinished = Q(state__in=[State.PLACED, State.TO_AGREE, State.ACCEPTED])
    for pk in due(unfinished & Q(hold_until__lte=timezone.now())):
        with transaction.atomic():
            part = locked(pk)
            if part.state == State.ACCEPTED and part.is_visit:
                take(part, Step.READY, by=SYSTEM)
                take(part, Step.HAND_OVER, by=SYSTEM)
            elif part.state in {State.PLACED, State.TO_AGREE, State.ACCEPTED}:
                fall_through(part, Step.CANCEL, by=SYSTEM)


def forget_baskets() -> None:
    """Baskets that nobody touched for a month are thrown away; those that became orders too."""
    old = timezone.now() - dt.timedelta(days=BASKET_DAYS)
    Basket.objects.filter(touched_at__lt=old).delete()


def forget_people() -> None:
    """Three years after somebody's last order, what names him is erased; totals and VAT stay (LAW, CNIL reference)."""
    limit = timezone.now() - FORGOTTEN_AFTER
    known = Customer.objects.filter(erased_at=None).annotate(last=Max("orders__created_at"))
    for customer in known.filter(last__lt=limit)[:BATCH]:
        with transaction.atomic():
            customer.orders.update(name="", email="", phone="", address="", directions="")
            customers.erase(customer)
