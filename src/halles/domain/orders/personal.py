# SPDX-License-Identifier: AGPL-3.0-or-later
"""What orders hold on a person."""

from halles.domain.customers.personal import of_person
from halles.domain.orders.models import Order, OrderLine
from halles.kernel.personal import Holding, Person


def _line(line: OrderLine) -> str:
    when = f", {line.starts_at.isoformat()}" if line.starts_at else ""
    return f"{line.quantity} {line.name}{when}"


def personal_data(person: Person) -> list[Holding]:
    """The orders placed with a contact, with what was ordered. Three queries."""
    orders = Order.objects.filter(of_person(person)).prefetch_related(
        "shop_orders__lines", "shop_orders__shop"
    )
    return [
        Holding(
            what="order",
            kept="ten years as an accounting record (C. com. L123-22); name and contact go three years after the last order",
            rows=[
                {
                    "placed": order.created_at.isoformat(),
                    "name": order.name,
                    "email": order.email,
                    "phone": order.phone,
                    "address": order.address and f"{order.address}, {order.postal_code} {order.city}",
                    "directions": order.directions,
                    "waits at": part.arrived_where,
                    "shop": part.shop.name,
                    "state": part.state,
                    "total": str(part.total),
                    "lines": "; ".join(map(_line, part.lines.all())),
                }
                for order in orders
                for part in order.shop_orders.all()
            ],
        )
    ]
