# SPDX-License-Identifier: AGPL-3.0-or-later
"""What rounds hold on a person."""

from halles.domain.customers.personal import of_person
from halles.domain.orders.models import Order
from halles.domain.rounds.models import Stop
from halles.kernel.personal import Holding, Person
from halles.kernel.points import DEGREE


def personal_data(person: Person) -> list[Holding]:
    """When somebody was at a person's door, and what came of it. One query."""
    orders = Order.objects.filter(of_person(person)).values("pk")
    stops = Stop.objects.filter(shop_order__order__in=orders).select_related("round__place__shop")
    return [
        Holding(
            what="delivery stop",
            kept="as long as the order it explains; where the door lies, notes and photograph for thirty days",
            rows=[_row(stop) for stop in stops],
        )
    ]


def _row(stop: Stop) -> dict[str, str]:
    point = stop.point
    return {
        "shop": stop.round.place.shop.name,
        "day": stop.round.day.isoformat(),
        "outcome": stop.outcome,
        "at": stop.was_at.isoformat() if stop.was_at else "",
        "note": stop.note,
        "photograph": "yes" if stop.photo else "",
        "place": f"{point[0] / DEGREE:.5f}, {point[1] / DEGREE:.5f}" if point else "",
    }
