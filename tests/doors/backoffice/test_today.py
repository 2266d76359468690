# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Aujourd'hui » and the picking list as pages: counted, bounded, and what a device may do with them by itself."""

import datetime as dt
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories as make
from tests.naughty import naughty, typed

from halles.domain.orders.actions import prepare
from halles.domain.orders.models import Order, OrderLine, ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Shop, Staff
from halles.kernel.actor import SYSTEM
from halles.kernel.identifiers import spoken_code
from halles.kernel.units import Unit

TODAY, LIST = "/gestion/", "/gestion/preparer"
DEVICE = {"accept": "application/json"}  # what the device's queue says of its requests


def accepted(shop: Shop, name: str = "Baguette", quantity: int = 1, **facts: Any) -> ShopOrder:
    """An order for today that the shop accepted."""
    variant = make.variant_of(make.a_product(shop, name=name, **facts))
    part = make.an_order(variant, quantity=quantity).shop_orders.get()
    prepare.accept(part, by=SYSTEM)
    ShopOrder.objects.filter(pk=part.pk).update(collect_from=timezone.now() + dt.timedelta(seconds=30))
    return part


def many(like: ShopOrder, number: int) -> None:
    """So many more orders like this one, each with four lines."""
    orders = [
        Order(market=like.order.market, customer=like.order.customer, name=f"Cliente {n}")
        for n in range(number)
    ]
    line = like.lines.get()
    parts = [
        ShopOrder(**{f.name: getattr(like, f.name) for f in ShopOrder._meta.fields if f.name not in {"id", "order", "code"}},
                  order=order, code=f"{spoken_code()[:3]}{n:04}")
        for n, order in enumerate(orders)
    ]  # fmt: skip
    facts = {
        f.name: getattr(line, f.name) for f in OrderLine._meta.fields if f.name not in {"id", "shop_order"}
    }
    Order.objects.bulk_create(orders)
    ShopOrder.objects.bulk_create(parts)
    OrderLine.objects.bulk_create(OrderLine(**facts, shop_order=part) for part in parts for _ in range(4))


def press(client: Client, **answer: Any) -> dict[str, str]:
    """The fields of the first row's press, as the page has them."""
    row = client.get(LIST, answer).context["shelves"][0][1][0]
    return {"lines": row.seen, "key": row.key, "fait": "0" if row.is_picked else "1"}


def missing(client: Client) -> Decimal:
    return sum(
        (good.missing for shelf in client.get(LIST).context["list"].shelves for good in shelf.goods),
        Decimal(0),
    )


def test_each_number_leads_to_what_it_counts(merchant: Client, shop: Shop) -> None:
    placed, late, ready = (accepted(shop) for _ in range(3))
    ShopOrder.objects.filter(pk=placed.pk).update(state=State.PLACED)
    ShopOrder.objects.filter(pk=late.pk).update(collect_from=timezone.now() - dt.timedelta(minutes=5))
    prepare.ready(ready, by=SYSTEM)
    counters = merchant.get(TODAY).context["counters"]
    assert [(c.number, c.words) for c in counters] == [
        (1, "à accepter"),
        (1, "en retard"),
        (1, "à préparer"),
        (1, "à remettre"),
    ]
    for counter, part in zip(counters, (placed, late, late, ready), strict=True):
        text = merchant.get(counter.href).content.decode()
        assert [p.code in text for p in (placed, late, ready)] == [
            p.pk == part.pk for p in (placed, late, ready)
        ]


def test_three_hundred_orders_make_no_longer_page(
    merchant: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    accepted(shop)
    many(ShopOrder.objects.get(), 300)
    with django_assert_max_num_queries(15):
        answer = merchant.get(TODAY)
    assert len(answer.context["todo"]) == 12
    assert "Voir les 289 autres" in answer.content.decode()
    assert len(answer.content) < 60_000
    with django_assert_max_num_queries(15):
        assert missing(merchant) == 1201
    assert len(merchant.get(LIST).content) < 90_000  # 1,201 lines of it are in one press


def test_a_tick_without_a_script(merchant: Client, shop: Shop) -> None:
    part = accepted(shop, quantity=3)
    said = press(merchant)
    for _press in range(2):
        answer = merchant.post(f"{LIST}/pris", said)
        assert (answer.status_code, answer["Location"]) == (303, LIST)
    assert missing(merchant) == 0
    page = merchant.get(f"/gestion/commandes/{part.id}").content.decode()
    assert "Tout est pris. Il reste à dire" in page
    assert merchant.get(TODAY).context["todo"][0].card.words == "Tout est pris"
    merchant.post(f"{LIST}/pris", press(merchant))
    assert missing(merchant) == 3


def test_what_is_weighed_says_its_parts_and_wishes_are_seen(merchant: Client, shop: Shop) -> None:
    part = accepted(shop, "Comté", 1, unit=Unit.KILOGRAM)
    line = part.lines.get()
    OrderLine.objects.filter(pk=line.pk).update(quantity=Decimal("0.25"), note="en tranches")
    for quantity in ("0.25", "0.1"):
        OrderLine.objects.create(
            **{
                f.name: getattr(line, f.name)
                for f in OrderLine._meta.fields
                if f.name not in {"id", "quantity"}
            },
            quantity=Decimal(quantity),
        )
    row = merchant.get(LIST).context["shelves"][0][1][0]
    assert (row.number, row.parts) == ("600\xa0g", "2\xa0×\xa0250\xa0g + 100\xa0g")
    assert row.notes == ["250\xa0g\xa0· en tranches"]


def test_what_fell_through_is_put_back(merchant: Client, shop: Shop) -> None:
    part = accepted(shop, quantity=2)
    merchant.post(f"{LIST}/pris", press(merchant))
    prepare.cancel(part, by=make.CUSTOMER)
    page = merchant.get(LIST)
    assert "À remettre en rayon" in page.content.decode()
    ((_good, seen, key),) = page.context["back"]
    answer = merchant.post(f"{LIST}/ranger", {"lines": seen, "key": key}, follow=True)
    assert "C'est noté\xa0: remis en rayon." in answer.context["notice"]["words"]
    assert not answer.context["back"]


def test_the_device_is_told_what_came_of_each_act(merchant: Client, shop: Shop) -> None:
    part = accepted(shop)
    address = f"/gestion/commandes/{part.id}/prete"
    for _press in range(2):
        answer = merchant.post(address, headers=DEVICE)
        assert (answer.status_code, answer.json()["address"]) == (200, f"/gestion/commandes/{part.id}")
    assert f"Commande {part.code} prête." in answer.json()["words"]
    assert merchant.get(TODAY).context["notice"] is None  # it may be long ago
    merchant.post(address, headers=DEVICE | {"x-page-follows": "1"})
    assert merchant.get(TODAY, headers={"x-ahead": "1"}).context["notice"] is None
    assert merchant.get(TODAY).context["notice"]["words"] == answer.json()["words"]
    prepare.hand_over(part, by=SYSTEM)
    late = merchant.post(f"/gestion/commandes/{part.id}/accepter", headers=DEVICE)
    assert (late.status_code, late.json()["words"][:31]) == (409, "Entre-temps\xa0: Commande remise (")
    assert Client().post(address, headers=DEVICE).status_code == 401


def test_an_act_is_of_the_shop_it_names(merchant: Client, shop: Shop) -> None:
    other = make.a_shop(shop.market)
    part = accepted(other)
    address = f"/gestion/commandes/{part.id}/prete"
    assert merchant.post(address, headers=DEVICE | {"x-shop": str(other.id)}).status_code == 404
    Staff.objects.create(shop=other, account=make.owner_of(shop), role=Staff.Role.SELLER)
    assert merchant.post(address, headers=DEVICE | {"x-shop": str(shop.id)}).status_code == 404
    assert merchant.post(address, headers=DEVICE | {"x-shop": "x"}).status_code == 404
    assert merchant.post(address, headers=DEVICE | {"x-shop": str(other.id)}).status_code == 200


def test_a_device_keeps_only_what_it_may_and_for_whom(merchant: Client, shop: Shop) -> None:
    part = accepted(shop)
    whose = f"{make.owner_of(shop).pk}.{shop.pk}"
    for page in (TODAY, LIST, f"/gestion/commandes/{part.id}", "/gestion/commandes"):
        assert merchant.get(page)["X-Keep-For"] == whose, page
    for page in ("/gestion/plus", "/gestion/equipe", "/gestion/articles", "/gestion/sans-reseau"):
        assert "X-Keep-For" not in merchant.get(page).headers, page


def test_the_token_of_this_visit(merchant: Client, shop: Shop) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make.owner_of(shop))
    said = strict.get("/gestion/appareil", headers=DEVICE).json()
    assert said["account"] == str(make.owner_of(shop).pk)
    fields = {"doors": "closed"}
    assert strict.post("/gestion/boutique/portes", fields).status_code == 403
    token = fields | {"csrfmiddlewaretoken": said["token"]}
    assert strict.post("/gestion/boutique/portes", token).status_code == 303
    assert Client().get("/gestion/appareil", headers=DEVICE).status_code == 401


def test_another_persons_list_is_ticked_by_nobody_else(shop: Shop) -> None:
    part, rival = accepted(shop), Client()
    rival.force_login(make.owner_of(make.a_shop(shop.market)))
    line = part.lines.get()
    rival.post(f"{LIST}/pris", {"lines": f"{line.id.hex}:1", "fait": "1"})
    rival.post(f"{LIST}/pretes", {"orders": part.id.hex})
    line.refresh_from_db()
    assert (line.picked, ShopOrder.objects.get(pk=part.pk).state) == (0, State.ACCEPTED)


@pytest.mark.corpus
def test_nonsense_changes_nothing(merchant: Client, shop: Shop, real_input: Path) -> None:
    part = accepted(shop)
    line = part.lines.get()
    odd = [f"{line.id.hex}:{quantity}" for quantity in ("-1", "1e3", "NaN", "99999", "1.2345")]
    odd += [f"{line.id.hex}", f"{uuid.uuid4().hex}:1", ":", "é" * 9]
    for said in [
        *typed(naughty(real_input)[::9], "lines", "key", "orders", "jour"),
        *({"lines": o} for o in odd),
    ]:
        for act in ("pris", "ranger", "pretes"):
            assert merchant.post(f"{LIST}/{act}", said | {"fait": "1"}).status_code == 303, said
        assert merchant.get(LIST, {"jour": said.get("jour", "9999-12-31")}).status_code == 200
    line.refresh_from_db()
    assert line.picked == 0
