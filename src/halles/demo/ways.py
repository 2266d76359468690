# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the shops of the demonstration town hand over, beyond their counters at any time: as they said it on their pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from halles.demo import facts
from halles.domain.fulfilment import actions
from halles.domain.fulfilment.actions import Area, Said, Setting, Where
from halles.domain.fulfilment.rules import Terms
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Place, Shop
from halles.kernel.actor import SYSTEM

PLACE = ("name", "address", "postal_code", "city")


def set_up(shop: Shop, said: dict[str, Any]) -> None:
    """The slots of a shop's counter, whether its stall hands over, its rounds and depots."""
    if counter := said.get("counter"):
        actions.change(shop.places.get(kind=Place.Kind.COUNTER), _setting(counter), by=SYSTEM)
    if said.get("stall", {}).get("hands_over"):
        actions.turn(shop.places.get(kind=Place.Kind.STALL), on=True, by=SYSTEM)
    for number, way in enumerate(said.get("way", [])):
        key = f"{shop.id}-{number}"
        actions.set_up(shop, Place.Kind(way["kind"]), _way(way, shop), key=key, by=SYSTEM)


def _way(said: dict[str, Any], shop: Shop) -> Said:
    there = shops.depots_to_join(shop) if said["kind"] == Place.Kind.DEPOT else []
    return Said(
        _setting(said),
        where=Where(**{name: said[name] for name in PLACE}) if "name" in said else None,
        week=facts.week(said["hours"]),
        areas=[Area(code) for code in said.get("zones", [])],
        depot=next((depot.id for depot in there if depot.name == said["name"]), None),
    )


def _setting(said: dict[str, Any]) -> Setting:
    return Setting(
        minutes=said.get("minutes"),
        capacity=said.get("capacity"),
        cutoff_time=dt.time.fromisoformat(said["before"]) if "before" in said else None,
        terms=Terms(Decimal(said.get("fee", 0)), Decimal(said["free_from"]) if "free_from" in said else None),
    )
