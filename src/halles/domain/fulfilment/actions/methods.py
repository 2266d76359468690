# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop says how it hands over: new methods, other terms, off and on again."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Case, F, IntegerField, Value, When
from django.utils import timezone

from halles.domain.fulfilment import rules
from halles.domain.fulfilment.models import Method, Slot, Zone
from halles.domain.fulfilment.rules import Terms
from halles.domain.journal import actions as journal
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Place, Shop
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

SHORTEST, LONGEST = 5, 720  # minutes of a slot
MOST_AT_ONCE = 999
MOST_DAYS_BEFORE = 30
MOST_ZONES = 500
CURBSIDE = 120  # letters


@dataclass(frozen=True, slots=True)
class Setting:
    """In which slots, for how many, until when, at what price. Nothing said: all day, to whoever comes, for nothing."""

    minutes: int | None = None
    capacity: int | None = None
    cutoff_days: int = 0
    cutoff_time: dt.time | None = None
    terms: Terms = field(default=Terms())
    curbside: str = ""  # where one stops who is brought his goods


@dataclass(frozen=True, slots=True)
class Area:
    """A postal code that is reached, or one commune of it, at the method's terms or its own."""

    postal_code: str
    insee: str = ""
    terms: Terms | None = None


@transaction.atomic
def open_method(
    shop: Shop, kind: Place.Kind, setting: Setting, *, name: str = "", address: str = "", postal_code: str = "",
    city: str = "", phone: str = "", by: Actor,
) -> Method:  # fmt: skip
    """A depot or a round of the shop, with its place. Its hours are told next (`shops.set_hours`), then its zones.

    :raises Refused: as `change` and `shops.add_place`.
    """
    place = shops.add_place(
        shop, kind, name=name, address=address, postal_code=postal_code, city=city, phone=phone, by=by
    )
    return change(place, setting, by=by)


@transaction.atomic
def change(place: Place, setting: Setting, *, by: Actor) -> Method:
    """How a place hands over from now on. What is booked stays booked, also where there is less room now.

    :raises Refused: `fulfilment.slot_length`, `fulfilment.capacity_wrong`, `fulfilment.cutoff_wrong`, and as
        `rules.check_terms`, with the field.
    """
    _check(setting)
    method = Method.objects.select_for_update().filter(place=place).first() or Method(
        place=place, is_on=place.kind != Place.Kind.STALL
    )
    method.minutes, method.capacity = setting.minutes, setting.capacity
    method.cutoff_days, method.cutoff_time = setting.cutoff_days, setting.cutoff_time
    method.curbside = one_line(setting.curbside, CURBSIDE)
    method.fee, method.free_from, method.least = (
        setting.terms.fee,
        setting.terms.free_from,
        setting.terms.least,
    )
    method.save()
    _make_room(method)
    journal.record("fulfilment.changed", method, by=by, shop_id=place.shop_id, name=place.name)
    outbox.publish("fulfilment.changed", place_id=str(place.id))
    return method


def _check(setting: Setting) -> None:
    if setting.minutes is not None and not SHORTEST <= setting.minutes <= LONGEST:
        raise Refused("fulfilment.slot_length", field="minutes", least=SHORTEST, most=LONGEST)
    if setting.capacity is not None and not 0 < setting.capacity <= MOST_AT_ONCE:
        raise Refused("fulfilment.capacity_wrong", field="capacity", most=MOST_AT_ONCE)
    if not 0 <= setting.cutoff_days <= MOST_DAYS_BEFORE:
        raise Refused("fulfilment.cutoff_wrong", field="cutoff_days", most=MOST_DAYS_BEFORE)
    rules.check_terms(setting.terms)


def _make_room(method: Method) -> None:
    """Slots to come have the new capacity, or as many places as are taken: nobody is turned out."""
    coming = Slot.objects.filter(method=method, ends_at__gt=timezone.now())
    now = method.capacity
    if now is None:
        coming.update(capacity=None)
    else:
        coming.update(
            capacity=Case(
                When(taken__gt=now, then=F("taken")), default=Value(now), output_field=IntegerField()
            )
        )


@transaction.atomic
def set_zones(method: Method, areas: Sequence[Area], *, by: Actor) -> None:
    """The whole circle anew: postal codes, or communes of them.

    :raises Refused: `fulfilment.zones_overlap` with the postal code when two say another price for the same, `fulfilment.too_many_zones`,
        and as `rules.check_terms`.
    """
    if len(areas) > MOST_ZONES:
        raise Refused("fulfilment.too_many_zones", field="zones", most=MOST_ZONES)
    said: dict[tuple[str, str], Area] = {}
    for area in areas:
        if said.setdefault((area.postal_code, area.insee), area).terms != area.terms:
            raise Refused("fulfilment.zones_overlap", field="zones", postal_code=area.postal_code)
        if area.terms:
            rules.check_terms(area.terms)
    method.zones.all().delete()
    Zone.objects.bulk_create(_zone(method, area) for area in said.values())
    journal.record("fulfilment.zones_set", method, by=by, shop_id=method.place.shop_id, number=len(said))


def _zone(method: Method, area: Area) -> Zone:
    own = area.terms
    return Zone(
        method=method,
        postal_code=area.postal_code,
        insee=area.insee,
        fee=own.fee if own else None,
        free_from=own.free_from if own else None,
        least=own.least if own else None,
    )


@transaction.atomic
def turn(place: Place, *, on: bool, by: Actor) -> None:
    """Offered from now on, or no longer. What is ordered already stands."""
    method, is_new = Method.objects.get_or_create(place=place, defaults={"is_on": on})
    if is_new or method.is_on != on:
        method.is_on = on
        method.save(update_fields=["is_on"])
        journal.record(
            "fulfilment.on" if on else "fulfilment.off", method, by=by, shop_id=place.shop_id, name=place.name
        )


@transaction.atomic
def remove(place: Place, *, by: Actor) -> None:
    """A place of the shop that was never used, with what stands about it.

    :raises Refused: as `shops.remove_place`; it can be turned off instead.
    """
    if Slot.objects.filter(method__place=place, taken__gt=0).exists():
        raise Refused("shops.place_in_use")
    shops.remove_place(place, by=by)
