# SPDX-License-Identifier: AGPL-3.0-or-later
"""A time is held once, by the first who can; what is given back is free; who was told absent takes nobody."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.factories import a_service, in_days

from halles.domain.appointments import actions, reads
from halles.domain.appointments.models import Appointment, Resource, Service, Taken
from halles.domain.catalogue.models import Variant
from halles.domain.shops import reads as shops
from halles.domain.shops.rules import Hours, Window
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def wanted(variant: Variant, at: dt.datetime, reference: uuid.UUID | None = None) -> actions.Wanted:
    service = reads.services([variant.product])[variant.product_id]
    return actions.Wanted(service, at, reference or uuid.uuid4())


def test_the_first_who_is_free_does_it_and_the_next_is_refused() -> None:
    fitting = a_service(None, "Cabine", "Atelier", minutes=30)
    at = in_days(3, "14:00")
    held = [actions.book([wanted(fitting, at)]) for _ in range(2)]
    assert [one.resource.name for each in held for one in each.values()] == ["Cabine", "Atelier"]
    with pytest.raises(Refused, match=r"appointments\.taken"), transaction.atomic():
        actions.book([wanted(fitting, at + dt.timedelta(minutes=25))])
    assert list(reads.examine()) == []


def test_the_pause_belongs_to_the_time() -> None:
    cut = a_service(minutes=30, pause=15)
    at = in_days(3, "14:00")
    actions.book([wanted(cut, at)])
    with pytest.raises(Refused), transaction.atomic():
        actions.book([wanted(cut, at + dt.timedelta(minutes=40))])
    actions.book([wanted(cut, at + dt.timedelta(minutes=45))])


def test_the_database_itself_refuses_two_at_once() -> None:
    (held,) = actions.book([wanted(a_service(), in_days(3, "14:00"))]).values()
    again = Taken(appointment=held, resource=held.resource, starts_at=held.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_moving_to_a_taken_time_keeps_what_one_had() -> None:
    cut = a_service()
    mine, others = uuid.uuid4(), in_days(3, "15:00")
    actions.book([wanted(cut, in_days(3, "14:00"), mine), wanted(cut, others)])
    with pytest.raises(Refused), transaction.atomic():
        actions.move(wanted(cut, others, mine))
    assert Appointment.objects.get(reference=mine).starts_at == in_days(3, "14:00")
    actions.move(wanted(cut, in_days(3, "13:30"), mine))  # its own time is no obstacle
    assert Appointment.objects.get(reference=mine).starts_at == in_days(3, "13:30")
    actions.release([mine])
    actions.release([mine])
    assert Appointment.objects.count() == 1
    assert list(reads.examine()) == []


def test_a_time_kept_free_takes_nobody_until_it_is_given_back() -> None:
    cut = a_service()
    me = Resource.objects.get()
    away = Window(in_days(3, "14:00"), in_days(3, "15:00"))
    absence = actions.absent(me, away, by=SYSTEM)
    assert actions.absent(me, away, by=SYSTEM) == absence
    with pytest.raises(Refused), transaction.atomic():
        actions.book([wanted(cut, in_days(3, "14:30"))])
    actions.back(me.shop, absence.id, by=SYSTEM)
    actions.back(me.shop, absence.id, by=SYSTEM)
    actions.book([wanted(cut, in_days(3, "14:30"))])
    with pytest.raises(Refused, match=r"appointments\.somebody_comes"):
        actions.absent(me, away, by=SYSTEM)
    with pytest.raises(Refused, match=r"appointments\.absence_wrong"):
        actions.absent(me, Window(away.end, away.start), by=SYSTEM)


def test_free_times_come_after_the_preparation_and_this_very_time_is_told() -> None:
    cut = a_service()
    shop, now = cut.product.shop, timezone.now()
    shop.preparation_minutes = 180
    service = reads.services([cut.product])[cut.product_id]
    asked = reads.Asked(
        service, shops.counter_hours_of([shop])[shop.id], reads.busy([service], since=now), now
    )
    assert next(asked.coming()).start >= now + dt.timedelta(hours=3)
    assert next(asked.coming(at_once=True)).start < now + dt.timedelta(hours=1, minutes=1)
    assert asked.at(in_days(3, "14:30")) == Window(in_days(3, "14:30"), in_days(3, "15:30"))
    assert [asked.at(in_days(*when)) for when in [(3, "14:37"), (-1, "14:00"), (300, "14:00")]] == [None] * 3


def test_an_hour_that_comes_twice_is_two_times() -> None:
    cut = a_service()
    cut.product.shop.preparation_minutes = 0
    service = reads.services([cut.product])[cut.product_id]
    night = Hours(ZoneInfo("Europe/Paris"), ((6, dt.time(0), dt.time(6)),))
    evening = dt.datetime(2027, 10, 30, 18, tzinfo=dt.UTC)
    asked = reads.Asked(service, night, reads.busy([service], since=evening), evening)
    for twice in (dt.datetime(2027, 10, 31, hour, 30, tzinfo=dt.UTC) for hour in (0, 1)):
        window = asked.at(twice)
        assert window is not None and window.start.astimezone(dt.UTC) == twice


def test_a_service_said_again_is_the_same_and_may_end() -> None:
    cut = a_service(None, "Cabine", "cabine", "  ")
    assert [one.name for one in reads.resources(cut.product.shop)] == ["Cabine"]
    actions.no_service(cut.product, by=SYSTEM)
    actions.no_service(cut.product, by=SYSTEM)
    assert not Service.objects.exists()
    assert reads.has_agenda(cut.product.shop)


def test_an_address_made_anew_closes_the_former() -> None:
    shop = a_service().product.shop
    first = actions.open_feed(shop, by=SYSTEM).secret
    assert actions.open_feed(shop, by=SYSTEM).secret == first
    second = actions.renew_feed(shop, by=SYSTEM).secret
    assert reads.feed_by_secret(first) is None
    assert reads.feed_by_secret(second)
    actions.close_feed(shop, by=SYSTEM)
    assert reads.feed(shop) is None
