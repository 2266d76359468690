# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether the books are right after all those orders."""

import json

from django_tasks_db.models import DBTaskResult

from halles.domain.orders import reads as orders
from halles.domain.orders.models import Order
from halles.domain.stock import reads as stock


def main() -> None:
    """Print what there is and what is wrong."""
    found = {
        "orders": Order.objects.count(),
        "broken_levels": len(stock.broken_levels()),
        "wrong_totals": len(orders.wrong_totals()),
        "failed_deliveries": DBTaskResult.objects.failed().count(),
    }
    print(json.dumps(found))
