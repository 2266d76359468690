# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is free of a service, and what is taken of a shop's people and things."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from halles.domain.appointments.models import Appointment, Feed, Resource, Service
from halles.domain.appointments.rules import DAYS, Length, cells, free, taken
from halles.domain.catalogue.models import Kind, Product
from halles.domain.shops.models import Shop
from halles.domain.shops.rules import Hours, Window, ready_at

Busy = Mapping[uuid.UUID, Collection[dt.datetime]]
NO_LONGER_THAN = dt.timedelta(days=2)  # an appointment, its pause included


def services(products: Iterable[Product]) -> dict[uuid.UUID, Service]:
    """Those of these articles that one books, with who does them. Two queries; none where no article is a service."""
    of = {product.id: product for product in products if product.kind == Kind.SERVICE}
    if not of:
        return {}
    found = {
        service.product_id: service
        for service in Service.objects.filter(product__in=list(of)).prefetch_related("resources")
    }
    for product_id, service in found.items():
        service.product = of[product_id]
    return found


def length(service: Service) -> Length:
    """How long it takes."""
    return Length(service.minutes, service.pause)


def busy(services_: Iterable[Service], *, since: dt.datetime) -> dict[uuid.UUID, set[dt.datetime]]:
    """What is taken, from a moment on, of everybody who does one of these. One query."""
    ids = {resource.id for service in services_ for resource in service.resources.all()}
    held = Appointment.objects.filter(resource__in=ids, starts_at__gt=since - NO_LONGER_THAN).order_by()
    found: dict[uuid.UUID, list[Window]] = {pk: [] for pk in ids}
    for resource, start, end in held.values_list("resource_id", "starts_at", "free_at"):
        found[resource].append(Window(start, end))
    return {pk: taken(windows) for pk, windows in found.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides over the free times of a service: the hours of its shop, what is taken, and now."""

    service: Service
    hours: Hours
    busy: Busy
    now: dt.datetime

    def coming(
        self, *, since: dt.datetime | None = None, days: int = DAYS, at_once: bool = False
    ) -> Iterator[Window]:
        """The free times, soonest first, from a moment on; none before the shop has had its time of preparation.

        `at_once` is the shop's own word: it needs none.
        """
        shop = self.service.product.shop
        soonest = self.now if at_once else ready_at(self.hours, self.now, shop.preparation_minutes)
        if soonest is None:
            return iter(())
        soonest = max(soonest, since or soonest)
        mine = {resource.id: self.busy[resource.id] for resource in self.service.resources.all()}
        return free(self.hours.coming(soonest, days), mine, length(self.service), soonest=soonest)

    def at(self, start: dt.datetime) -> Window | None:
        """This very time, as long as it is free."""
        zone = self.hours.zone
        last = self.now.astimezone(zone).date() + dt.timedelta(days=DAYS)
        if not self.now <= start or start.astimezone(zone).date() > last:
            return None
        window = next(self.coming(since=start, days=0), None)
        # In UTC: an hour that comes twice equals no other zone's.
        return window if window and window.start.astimezone(dt.UTC) == start.astimezone(dt.UTC) else None


def resources(shop: Shop) -> list[Resource]:
    """Who or what is booked in a shop, the oldest first. One query."""
    return list(Resource.objects.filter(shop=shop))


def services_of(shop: Shop) -> list[Service]:
    """What one books in a shop and can be seen there, by name. Two queries."""
    sold = Service.objects.filter(product__shop=shop, product__status=Product.Status.ONLINE)
    found = list(sold.select_related("product").prefetch_related("resources").order_by("product__name"))
    for service in found:
        service.product.shop = shop
    return found


def has_agenda(shop: Shop) -> bool:
    """Whether a shop books anything. One query."""
    return Resource.objects.filter(shop=shop).exists()


def held(shop: Shop, since: dt.datetime, until: dt.datetime) -> list[Appointment]:
    """What is taken in a shop between two moments, soonest first. One query."""
    found = Appointment.objects.filter(resource__shop=shop, ends_at__gt=since, starts_at__lt=until)
    return list(found.select_related("resource"))


def by_reference(references: Iterable[uuid.UUID]) -> dict[uuid.UUID, Appointment]:
    """What is held for these. One query."""
    found = Appointment.objects.filter(reference__in=list(references)).select_related("resource")
    return {held.reference: held for held in found if held.reference}


def feed(shop: Shop) -> Feed | None:
    """The address of a shop's agenda, if it made one. One query."""
    return Feed.objects.filter(shop=shop).first()


def feed_by_secret(secret: str) -> Feed | None:
    """The agenda behind an address. One query."""
    return Feed.objects.filter(secret=secret).select_related("shop__market").first()


def squares(held: Appointment) -> set[dt.datetime]:
    """What an appointment takes of the grid."""
    return set(cells(Window(held.starts_at, held.free_at)))


def examine() -> Iterator[str]:
    """What `doctor` finds: appointments that hold more or less of the grid than they take."""
    rows = Appointment.objects.prefetch_related("cells")
    wrong = [one for one in rows if not _holds_its_time(one, [cell.starts_at for cell in one.cells.all()])]
    if wrong:
        yield _("%(count)d rendez-vous ne tiennent pas leur temps, d’abord celui du %(first)s") % {
            "count": len(wrong),
            "first": wrong[0].starts_at.isoformat(),
        }


def _holds_its_time(one: Appointment, cells_: Sequence[dt.datetime]) -> bool:
    return set(cells_) == squares(one)
