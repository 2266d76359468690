# SPDX-License-Identifier: AGPL-3.0-or-later
"""An article becomes a service by appointment, or is one no longer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from halles.domain.appointments import rules
from halles.domain.appointments.models import Resource, Service
from halles.domain.catalogue.models import Product
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Shop
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

MOST_RESOURCES = 20


@dataclass(frozen=True, slots=True)
class Setting:
    """What a shop says of a service: how long, how long until the next, how late it may be cancelled, who or what does it.

    Nobody named means the shop itself.
    """

    minutes: int
    pause: int = 0
    cancel_hours: int = 24
    resources: Sequence[str] = ()


@transaction.atomic
def set_service(product: Product, setting: Setting, *, by: Actor) -> Service:
    """One books this article from now on, so. What is booked stays as it was. Said again it leaves no trace.

    :raises Refused: as `rules.check`, `appointments.too_many_resources`.
    """
    length = rules.Length(setting.minutes, setting.pause)
    rules.check(length, setting.cancel_hours)
    if len(setting.resources) > MOST_RESOURCES:
        raise Refused("appointments.too_many_resources", field="resources", most=MOST_RESOURCES)
    names = [name for typed in setting.resources if (name := one_line(typed, 40))] or [""]
    those = [_resource(product.shop, name) for name in dict.fromkeys(names)]
    service = Service.objects.select_for_update().filter(product=product).first() or Service(product=product)
    said = (service.minutes, service.pause, service.cancel_hours)
    stood = None if service._state.adding else set(service.resources.all())
    if said == (setting.minutes, setting.pause, setting.cancel_hours) and stood == set(those):
        return service
    service.minutes, service.pause, service.cancel_hours = (
        setting.minutes,
        setting.pause,
        setting.cancel_hours,
    )
    service.save()
    service.resources.set(those)
    journal.record("appointments.service_set", product, by=by, shop_id=product.shop_id, name=product.name)
    return service


def _resource(shop: Shop, name: str) -> Resource:
    """Who is called so in the shop, or now is."""
    known = Resource.objects.filter(shop=shop, name__iexact=name).first()
    return known or Resource.objects.create(shop=shop, name=name)


@transaction.atomic
def no_service(product: Product, *, by: Actor) -> None:
    """One does not book this article any more. What is booked stays booked. Repeating changes nothing."""
    if Service.objects.filter(product=product).delete()[0]:
        journal.record(
            "appointments.service_removed", product, by=by, shop_id=product.shop_id, name=product.name
        )
