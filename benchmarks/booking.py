# SPDX-License-Identifier: AGPL-3.0-or-later
"""Inside the product: towns whose shops hand over in many ways, and rivals for the places in their slots.

`basket` and `reach` make a town and print what to ask of it; `take` books, beside the same statements given to the driver,
and lets sixty-four processes fight for ten places.
"""

import datetime as dt
import json
import os
import time
import uuid
from collections.abc import Callable
from decimal import Decimal

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import factories as make

from halles.domain.fulfilment import actions, reads
from halles.domain.fulfilment.models import Method, Slot, Zone
from halles.domain.orders.errands import errands_of
from halles.domain.shops.models import OpeningPeriod, Place, Shop
from halles.domain.shops.rules import Window
from halles.kernel.errors import Refused
from halles.kernel.identifiers import uuid7

SHOPS, WAYS = 5, 12
OPEN = [
    (day, *both) for day in range(6) for both in ((dt.time(9), dt.time(12, 30)), (dt.time(14), dt.time(19)))
]
EVENINGS = [(day, dt.time(17), dt.time(19)) for day in (1, 4)]
MANY = 2_000
TIMES, ROUNDS = 200, 5
RIVALS, ROOM = 64, 10


def main(what: str) -> None:
    """Do one of the three, on a new database."""
    call_command("migrate", verbosity=0)
    print(json.dumps({"basket": _basket, "reach": _reach, "take": _take}[what]()))


def _basket() -> dict[str, object]:
    """Five shops, twelve ways with slots of half an hour, some of them taken: two weeks to look through."""
    market = make.a_market()
    goods = []
    for number in range(SHOPS):
        shop = make.a_shop(market)
        make.a_way(shop, hours=OPEN, minutes=30, capacity=4)
        make.a_way(shop, Place.Kind.ROUND, "86000", hours=EVENINGS, capacity=12)
        if number < WAYS - 2 * SHOPS:
            make.a_way(shop, Place.Kind.DEPOT, hours=EVENINGS[:1], capacity=20)
        goods.append(make.a_variant(shop, stock_of=50))
    basket = make.a_basket(*goods)
    basket.postal_code = "86000"
    basket.save()
    for variant in goods:
        make.place_order(make.a_basket(variant))
    errands_of(basket)
    with CaptureQueriesContext(connection) as seen:
        errands_of(basket)
    return {"basket": basket.secret, "queries": len(seen), "ways": Method.objects.count(), "shops": SHOPS}


def _reach() -> dict[str, object]:
    """Two thousand shops, all of which go round; every fourth comes to the postal code that is asked for."""
    market = make.a_market()
    pattern = make.a_shop(market)
    shops = [_like(pattern, number) for number in range(MANY - 1)]
    Shop.objects.bulk_create(shops, batch_size=500)
    counters = [Place(shop=shop, kind=Place.Kind.COUNTER, city="Poitiers") for shop in shops]
    rounds = [Place(shop=shop, kind=Place.Kind.ROUND, name="Tournée") for shop in shops]
    Place.objects.bulk_create([*counters, *rounds], batch_size=500)
    OpeningPeriod.objects.bulk_create(
        [
            OpeningPeriod(place=place, weekday=weekday, opens=dt.time(9), closes=dt.time(19))
            for place in [*counters, *rounds]
            for weekday in range(6)
        ],
        batch_size=500,
    )
    methods = [Method(place=place, fee=Decimal(4), free_from=Decimal(30)) for place in rounds]
    Method.objects.bulk_create(methods, batch_size=500)
    Zone.objects.bulk_create(
        [
            Zone(method=method, postal_code=f"86{(number % 4 + step) % 8:03}")
            for number, method in enumerate(methods)
            for step in (0, 4)
        ],
        batch_size=500,
    )
    connection.cursor().execute("ANALYZE")
    return {"path": "/chez-moi?ou=86000", "shops": MANY, "reached": len(methods[::4])}


def _like(pattern: Shop, number: int) -> Shop:
    kept = {
        field.attname: getattr(pattern, field.attname)
        for field in Shop._meta.concrete_fields
        if field.name not in {"id", "slug", "name"}
    }
    return Shop(**kept | {"slug": f"boutique-de-{number}", "name": f"Boutique de {number}"})


def _take() -> dict[str, object]:
    shop = make.a_shop()
    make.a_way(shop, minutes=30)
    way = reads.offered([shop])[shop.id][0]
    now = timezone.now()
    windows = [window for window, _left in way.coming(ready=now, now=now)][:20]
    _book(way.method, windows[0])
    ours, bare = [], []
    for _ in range(ROUNDS):
        ours.append(_timed(lambda number: _book(way.method, windows[number % 20])))
        bare.append(_timed(lambda number: _bare(way.method, windows[number % 20])))
    return {"ours_s": ours, "bare_s": bare, "times": TIMES} | _rivals(shop)


def _timed(act: Callable[[int], None]) -> float:
    began = time.perf_counter()
    for number in range(TIMES):
        act(number)
    return time.perf_counter() - began


def _book(method: Method, window: Window) -> None:
    with transaction.atomic():
        actions.book([actions.Wanted(method, window, uuid.uuid4())])


def _bare(method: Method, window: Window) -> None:
    """What `actions.book` says to the database, said to its driver."""
    driver = connection.connection
    sqlite = connection.vendor == "sqlite"
    sign = "?" if sqlite else "%s"
    key, booking = method.id.hex if sqlite else method.id, uuid7()
    start = window.start.astimezone(dt.UTC)
    begins = start.strftime("%Y-%m-%d %H:%M:%S") if sqlite else start
    cursor = driver.cursor()
    cursor.execute("BEGIN IMMEDIATE" if sqlite else "BEGIN")
    cursor.execute(
        "UPDATE fulfilment_slot SET taken = taken + 1,"
        " capacity = CASE WHEN capacity <= taken THEN taken + 1 ELSE capacity END"
        f" WHERE method_id = {sign} AND starts_at = {sign}"
        " AND NOT is_full AND (capacity IS NULL OR taken < capacity) RETURNING id",
        (key, begins),
    )
    ((slot,),) = cursor.fetchall()
    reference = uuid.uuid4()
    row = [booking.hex if sqlite else booking, timezone.now(), slot, reference.hex if sqlite else reference]
    if sqlite:
        row[1] = timezone.now().strftime("%Y-%m-%d %H:%M:%S.%f")
    cursor.execute(
        f"INSERT INTO fulfilment_booking (id, created_at, slot_id, reference) VALUES ({', '.join([sign] * 4)})",
        row,
    )
    cursor.execute("COMMIT")


def _rivals(shop: Shop) -> dict[str, object]:
    """So many processes, each of which wants a place of the same slot: as many get one as there is room."""
    other = make.a_shop(shop.market)
    make.a_way(other, minutes=30, capacity=ROOM)
    way = reads.offered([other])[other.id][0]
    now = timezone.now()
    window = next(window for window, _left in way.coming(ready=now, now=now))
    connections.close_all()
    began = time.time() + 2
    children = [pid for _ in range(RIVALS) if (pid := _forked(way.method, window, began))]
    booked = sum(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0 for pid in children)
    counted = Slot.objects.get(method=way.method).taken
    return {"rivals": RIVALS, "room": ROOM, "booked": booked, "counted": counted}


def _forked(method: Method, window: Window, began: float) -> int:
    """A rival, who ends well when he has his place; his number."""
    if pid := os.fork():
        return pid
    code = 2
    try:
        time.sleep(max(0.0, began - time.time()))
        _book(method, window)
        code = 0
    except Refused:
        code = 1
    finally:
        os._exit(code)
