# SPDX-License-Identifier: AGPL-3.0-or-later
"""`screens`: every GET of Ma boutique in the busy shop, taken from the URL map, looked at once from inside the product.

One line of JSON: a session of the shop's owner, and for each screen its address, what it answers, how many queries that
takes when our caches know nothing and when they know everything, and how long it is.
"""

import gzip
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import URLPattern, reverse  # noqa: TID251 - the map is what is measured

from halles.domain.appointments.models import Appointment
from halles.domain.bells.models import Call, Device
from halles.domain.bulkedits.models import BulkEdit
from halles.domain.catalogue.models import Picture, Product
from halles.domain.conversations.models import Conversation
from halles.domain.imports.models import Import
from halles.domain.journal import reads as journal
from halles.domain.journal.models import JournalEntry
from halles.domain.orders import reads as orders
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.rolls.models import Roll, Shot
from halles.domain.rounds.models import Stop
from halles.domain.shops import invitations
from halles.domain.shops.models import Closure, Place, Shop, Staff
from halles.doors.backoffice import urls
from halles.kernel.units import Unit

# More that the same address shows, where it shows something else.
MORE = {
    "orders": ["?etat=a-accepter", "?etat=en-retard", "?etat=terminees", "?etat=terminees&apres={old_order_id}"],
    "picking": ["?jour={tomorrow}"],
    "questions": ["?etat=repondues", "?etat=closes"],
    "products": ["?q=confiture", "?page=250", "?etat=online"],
    "stock": ["?q=confiture"],
    "note_order": ["?comme={order_id}"],
    "note_articles": ["?chercher=confiture"],
    "question_articles": ["?search=confiture"],
    "question": ["?search=confiture"],
    "substitutes": ["?search-{line_id}=confiture"],
    "bulk_edits": ["?q=confiture"],
    "publish_post": ["?q=confiture"],
    "journal": ["?apres={old_entry_id}"],
}  # fmt: skip


def main() -> None:
    """Look at all of them."""
    setup_test_environment()
    shop = Shop.objects.select_related("market").get()
    client = Client()
    client.force_login(shop.staff.select_related("account").get(role=Staff.Role.OWNER).account)
    client.get("/gestion/plus")  # the first page of a session writes its token
    seen = [look(client, name, path) for name, path in addresses(shop)]
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps({"session": session, "screens": seen, "objects": several(shop)}))


def addresses(shop: Shop) -> Iterator[tuple[str, str]]:
    """Every address of the URL map with this shop's objects in it; one that needs something unknown is a KeyError."""
    known = _objects(shop)
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        name = str(pattern.name)
        given = known | _given(name, shop)
        needed = {key: given[key] for key in pattern.pattern.regex.groupindex}
        path = reverse(f"backoffice:{name}", kwargs=needed)
        yield name, path
        for more in MORE.get(name, ()):
            yield name, path + more.format(**given)


def _objects(shop: Shop) -> dict[str, Any]:
    """One of each, of the shop as it is today."""
    order = _order(shop, State.PLACED)
    roll = Roll.objects.filter(shop=shop)[0]
    return {
        "conversation_id": Conversation.objects.filter(shop=shop, state="open", product__isnull=False)[0].id,
        "device_id": Device.objects.all()[0].id,
        "call_id": Call.objects.filter(shop=shop)[0].id,
        "roll_id": roll.id,
        "shot_id": roll.shots.filter(state=Shot.State.WAITING)[0].id,
        "import_id": Import.objects.filter(shop=shop, state="looked")[0].id,
        "edit_id": BulkEdit.objects.filter(shop=shop, state="looked")[0].id,
        "product_id": Product.objects.filter(shop=shop).order_by("-created_at")[0].id,
        "picture_id": Picture.objects.filter(product__shop=shop)[0].id,
        "order_id": order.id,
        "line_id": order.lines.all()[0].id,
        "place_id": Place.objects.filter(shop=shop)[0].id,
        "absence_id": Appointment.objects.filter(resource__shop=shop, reference=None)[0].id,
        "stop_id": Stop.objects.filter(round__place__shop=shop).exclude(photo=None)[0].id,
        "closure_id": Closure.objects.filter(shop=shop)[0].id,
        "staff_id": shop.staff.all()[0].id,
        "code": order.code,
        "token": invitations.token(shop.invitations.all()[0]),
        "to": "publish",
        "kind": Place.Kind.ROUND,
        "system": "halles",
        "slug": "nouvel-article",
        "file": "carre.jpg",
        "old_order_id": orders.ended_of_shop(shop)[ShopOrder.objects.count() // 2].id,
        "old_entry_id": journal.of_shop(shop.id)[JournalEntry.objects.count() // 2].id,
        "tomorrow": f"{_order(shop, State.ACCEPTED, -1).collect_from:%Y-%m-%d}",
    }


def _given(name: str, shop: Shop) -> dict[str, uuid.UUID]:
    """An order, or a way, that is where its screen can do something with it."""
    kinds = {"way": Place.Kind.ROUND, "depot": Place.Kind.DEPOT, "depot_link": Place.Kind.DEPOT}
    if name in kinds:
        return {"place_id": Place.objects.get(shop=shop, kind=kinds[name]).id}
    if name != "weigh":
        return {}
    on_scale = OrderLine.objects.filter(
        shop_order__shop=shop, shop_order__state=State.ACCEPTED, unit=Unit.KILOGRAM
    )
    return {"order_id": on_scale[0].shop_order_id}


def _order(shop: Shop, state: State, place: int = 0) -> ShopOrder:
    """An order with many lines that stands there; the last one for -1."""
    found = list(ShopOrder.objects.filter(shop=shop, state=state, lines__position=4))
    return found[place]


def several(shop: Shop) -> dict[str, list[str]]:
    """Orders, questions and articles to do something with, by what can be done; enough for each time something is."""
    found = {
        state: ShopOrder.objects.filter(shop=shop, state=state) for state in (State.PLACED, State.ACCEPTED)
    }
    with_scale = found[State.ACCEPTED].filter(lines__unit=Unit.KILOGRAM)
    questions = Conversation.objects.filter(shop=shop, state="open")
    ids = {
        "placed": found[State.PLACED].filter(lines__position=4),
        "unseen": found[State.PLACED].exclude(lines__position=4),
        "accepted": found[State.ACCEPTED].exclude(lines__unit=Unit.KILOGRAM),
        "weigh": with_scale,
        "question": questions,
    }
    online = Product.objects.filter(
        shop=shop, status="online", unit=Unit.PIECE, variants__sold_out=False
    ).distinct()
    articles = [f"/boutiques/{shop.slug}/{product.slug}" for product in online[:20]]
    return {name: [str(one.id) for one in rows[:20]] for name, rows in ids.items()} | {"article": articles}


def look(client: Client, name: str, path: str) -> dict[str, Any]:
    """What a screen answers, twice, once somebody has looked: the first look at what rings also writes that it was seen."""
    client.get(path)
    cache.clear()
    connection.close()
    counted, answer = [], None
    for _ in ("cold", "warm"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path, headers={"accept": "text/html", "accept-encoding": "gzip"})
            body = b"".join(answer) if answer.status_code == 200 else b""
        counted.append(sum(not q["sql"].startswith("PRAGMA") for q in asked))
    assert answer is not None
    if answer.get("Content-Encoding") == "gzip":
        body, travels = gzip.decompress(body), len(body)
    else:
        travels = len(body)
    return {
        "name": name,
        "path": path,
        "status": answer.status_code,
        "type": answer.get("Content-Type", ""),
        "queries": counted,
        "bytes": len(body),
        "travels": travels,
        "gzip": len(gzip.compress(body, 6)),
    }
