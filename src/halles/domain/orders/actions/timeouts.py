# SPDX-License-Identifier: AGPL-3.0-or-later
"""What time does to orders. Each looks at the state of things, so it may run twice, late, or on two machines."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from halles.domain.customers import actions as customers
from halles.domain.customers.models import Customer
from halles.domain.journal import actions as journal
from halles.domain.orders.actions import times
from halles.domain.orders.actions.answers import follow_silence
from halles.domain.orders.actions.prepare import due, fall_through, locked, take
from halles.domain.orders.actions.prepare import give_up as give_up_on
from halles.domain.orders.models import Basket, ShopOrder
from halles.domain.orders.rules import AGREED, State, Step
from halles.domain.shops.models import Market, Place
from halles.domain.stock.models import Reservation
from halles.kernel import outbox
from halles.kernel.actor import SYSTEM

BASKET_DAYS = 30
FORGOTTEN_AFTER = dt.timedelta(days=3 * 365)
BATCH = 500
MORNING = dt.time(7, 30)  # in the town's time

# Somebody is to fetch it from the shop. What the shop brings waits for nobody but the shop; of what lies at a depot
# nobody knows but `depots`, and its goods are back on sale when the shop has them again.
WAITS = Q(state=State.READY) & ~Q(place__kind__in=[Place.Kind.ROUND, Place.Kind.DEPOT])


def run() -> None:
    """Everything that is due now."""
    expire_unconfirmed()
    follow_silence()
    announce()
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


def announce() -> None:
    """What somebody ordered on another day is to be fetched today: one letter on the morning, once."""
    for market in Market.objects.all():
        zone = ZoneInfo(market.time_zone)
        now = timezone.now().astimezone(zone)
        if now.time() < MORNING:
            continue
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        today = Q(collect_from__gt=now, collect_from__lt=midnight + dt.timedelta(days=1))
        to_fetch = Q(state__in=AGREED, place__kind__in=Place.STANDS)
        new = Q(shop__market=market, created_at__lt=midnight, announced_at=None, is_visit=False)
        for pk in due(to_fetch & today & new):
            _announce(pk)


@transaction.atomic
def _announce(pk: uuid.UUID) -> None:
    part = locked(pk)
    if part.announced_at is None and part.state in AGREED:
        part.announced_at = timezone.now()
        part.save(update_fields=["announced_at"])
        outbox.publish("orders.announced", shop_order_id=str(part.id), by=str(SYSTEM.kind))


def remind() -> None:
    """The agreed time has passed and the goods wait: one letter, once."""
    for pk in due(WAITS & Q(collect_until__lte=timezone.now(), reminded_at=None)):
        remind_of(pk)


@transaction.atomic
def remind_of(pk: uuid.UUID) -> None:
    """One order, once."""
    part = locked(pk)
    if part.state == State.READY and part.reminded_at is None:
        part.reminded_at = timezone.now()
        part.save(update_fields=["reminded_at"])
        journal.record("orders.reminded", part, by=SYSTEM, shop_id=part.shop_id)
        outbox.publish("orders.reminded", shop_order_id=str(part.id), by=str(SYSTEM.kind))


def give_up() -> None:
    """Nobody came: the goods go back on sale and it is counted."""
    for part in ShopOrder.objects.filter(pk__in=due(WAITS & Q(hold_until__lte=timezone.now()))):
        give_up_on(part, by=SYSTEM)


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
