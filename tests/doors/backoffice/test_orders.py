# SPDX-License-Identifier: AGPL-3.0-or-later
"""Orders: the list, the steps, the settling line by line, the hand-over by code."""

import datetime as dt
import html
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories as make
from tests.naughty import naughty, typed
from time_machine import TimeMachineFixture

from halles.domain.orders.actions import prepare
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import IfMissing, State
from halles.domain.shops.models import Shop
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

LIST = "/gestion/commandes"


def an_order(
    shop: Shop, *, confirmed: bool = True, quantity: Decimal | int = 1, stock_of: int = 10, **facts: Any
) -> ShopOrder:
    """The shop's part of an order of one article."""
    variant = make.variant_of(make.a_product(shop, stock_of=stock_of, **facts))
    return make.an_order(variant, confirmed=confirmed, quantity=quantity).shop_orders.get()


def page(order: ShopOrder) -> str:
    return f"{LIST}/{order.id}"


def state(order: ShopOrder) -> str:
    return ShopOrder.objects.get(pk=order.pk).state


def line(order: ShopOrder) -> OrderLine:
    return order.lines.get(replaces=None)


def on_hand(order: ShopOrder) -> Decimal:
    variant = line(order).variant_id
    return stock.levels([variant])[variant, None].on_hand


def test_from_the_list_to_the_hand_over(merchant: Client, shop: Shop) -> None:
    order = an_order(shop, confirmed=False)
    assert "À accepter" in merchant.get(LIST).content.decode()
    for act, expected in [("accepter", "accepted"), ("prete", "ready"), ("remise", "handed_over")]:
        answer = merchant.post(f"{page(order)}/{act}")
        assert (answer.status_code, answer["Location"]) == (303, page(order))
        assert state(order) == expected
        assert order.code in merchant.get(page(order)).content.decode()
    assert on_hand(order) == 9
    history = [told.what for told in merchant.get(page(order)).context["history"]]
    assert history == ["Commande remise", "Commande prête", "Commande acceptée", "Commande passée"]


@pytest.mark.parametrize("act", ["accepter", "prete", "remise"])
def test_a_step_pressed_twice_is_taken_once(merchant: Client, shop: Shop, act: str) -> None:
    order = an_order(shop)
    for step in ["accepter", "prete", "remise"][: ["accepter", "prete", "remise"].index(act)]:
        merchant.post(f"{page(order)}/{step}")
    merchant.post(f"{page(order)}/{act}")
    answer = merchant.post(f"{page(order)}/{act}", follow=True)
    assert "trouble" not in (answer.context["notice"] or {})
    told = [entry.what for entry in answer.context["history"]]
    assert len(told) == len(set(told))


def test_a_step_too_late_says_what_happened(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    prepare.cancel(order, by=make.CUSTOMER)
    answer = merchant.post(f"{page(order)}/accepter", follow=True)
    assert "Entre-temps : Commande annulée (le client" in answer.context["notice"]["words"]
    assert state(order) == State.CANCELLED


def test_handing_over_an_order_that_was_only_accepted(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    prepare.accept(order, by=SYSTEM)
    merchant.post(f"{page(order)}/remise")
    assert state(order) == State.HANDED_OVER


def test_a_cancellation_wants_a_reason_and_gives_stock_back(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    answer = merchant.post(f"{page(order)}/annuler", {"reason": " \x00 "}, follow=True)
    assert "Dites pourquoi" in answer.content.decode()
    merchant.post(f"{page(order)}/annuler", {"reason": "Le fournisseur n'est pas venu"})
    assert state(order) == State.CANCELLED
    variant = line(order).variant_id
    assert stock.available([variant])[variant, None] == 10
    assert "Le fournisseur n" in merchant.get(page(order)).content.decode()


def test_less_waits_for_the_customer(merchant: Client, shop: Shop) -> None:
    order = an_order(shop, quantity=3)
    key = line(order).id
    wrong = merchant.post(f"{page(order)}/regler", {f"what-{key}": "less", f"quantity-{key}": "trois"})
    assert "Écrivez combien" in wrong.content.decode()
    too_many = merchant.post(f"{page(order)}/regler", {f"what-{key}": "less", f"quantity-{key}": "3"})
    assert "autant que demandé" in too_many.content.decode()
    more = merchant.post(f"{page(order)}/regler", {f"what-{key}": "less", f"quantity-{key}": "4"})
    assert "C'est plus que demandé : le client en veut 3." in html.unescape(more.content.decode())
    assert (
        merchant.post(f"{page(order)}/regler", {f"what-{key}": "less", f"quantity-{key}": "2"}).status_code
        == 303
    )
    order.refresh_from_db()
    assert (order.state, order.total) == (State.TO_AGREE, Decimal("8.40"))


def test_less_than_a_kilo_is_settled_in_grams(merchant: Client, shop: Shop) -> None:
    order = an_order(shop, unit=Unit.KILOGRAM, price=Decimal(20), quantity=Decimal("0.500"))
    key = line(order).id
    (shown,) = merchant.get(f"{page(order)}/regler").context["lines"]
    assert (shown.typed, shown.scale.symbol, shown.instead_typed) == ("500", "g", "500")
    said = {f"what-{key}": "less", f"quantity-{key}": "350"}
    assert merchant.post(f"{page(order)}/regler", said).status_code == 303
    assert line(order).quantity == Decimal("0.350")


def test_another_article_comes_in_its_own_unit(merchant: Client, shop: Shop) -> None:
    order = an_order(shop, unit=Unit.KILOGRAM, price=Decimal(20), quantity=Decimal("0.500"))
    other = make.variant_of(make.a_product(shop, name="Tomme entière"))
    key = line(order).id
    said = {f"what-{key}": "replace", f"instead-{key}": str(other.id), f"amount-{key}": "2"}
    assert merchant.post(f"{page(order)}/regler", said).status_code == 303
    assert order.lines.exclude(replaces=None).get().quantity == 2


def test_a_yes_by_telephone(merchant: Client, shop: Shop) -> None:
    order = an_order(shop, quantity=3)
    key = line(order).id
    assert "/accord" not in merchant.get(page(order)).content.decode()
    merchant.post(f"{page(order)}/regler", {f"what-{key}": "less", f"quantity-{key}": "2"})
    assert f"{page(order)}/accord" in merchant.get(page(order)).content.decode()
    for _press in range(2):
        answer = merchant.post(f"{page(order)}/accord", follow=True)
        assert "trouble" not in answer.context["notice"]
    assert state(order) == State.ACCEPTED
    assert [told.what for told in answer.context["history"]].count("Accord sur les changements") == 1


def test_the_best_match_comes_first_and_never_what_is_missing(merchant: Client, shop: Shop) -> None:
    order = an_order(shop, name="Miel de forêt")
    names = ["Bougie", "Bonbons au miel", "Miel de lavande"]
    bougie, *_others = [make.a_product(shop, name=name, maker="Miel et Cie") for name in names]
    key = line(order).id
    found = merchant.get(f"{page(order)}/remplacants/{key}", {f"search-{key}": "miel"}).context["found"]
    assert [variant.title for variant in found] == ["Miel de lavande", "Bonbons au miel", bougie.name]
    said = {f"what-{key}": "replace", f"instead-{key}": str(line(order).variant_id), f"amount-{key}": "1"}
    assert "Cherchez l" in merchant.post(f"{page(order)}/regler", said).content.decode()


def test_what_is_like_it_is_proposed_before_one_types(merchant: Client, shop: Shop) -> None:
    order = an_order(shop, name="Miel de forêt")
    other = make.a_product(shop, name="Miel de lavande")
    answer = merchant.get(f"{page(order)}/remplacants/{line(order).id}")
    assert [variant.product for variant in answer.context["found"]] == [other]
    assert "Ce qui lui ressemble" in answer.content.decode()


def test_another_day_is_proposed_and_a_day_that_is_none_is_not(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    merchant.post(f"{page(order)}/accepter")
    for wrong in ("", "x", "2020-01-01", "\x00"):
        answer = merchant.post(f"{page(order)}/autre-jour", {"day": wrong}, follow=True)
        assert "Choisissez un autre jour" in answer.content.decode()
    day = merchant.get(page(order)).context["other_days"][0].start
    for _press in range(2):
        answer = merchant.post(f"{page(order)}/autre-jour", {"day": f"{day:%Y-%m-%d}"}, follow=True)
        assert "trouble" not in answer.context["notice"]
    assert (state(order), ShopOrder.objects.get(pk=order.pk).collect_from) == (State.TO_AGREE, day)


def test_a_day_closes_in_one_press_and_says_what_was_promised(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    address = "/gestion/horaires/fermer"
    day = timezone.localtime(order.collect_from).date()
    shown = merchant.get(address, {"jour": str(day)})
    assert [card.order for card in shown.context["cards"]] == [order]
    answer = merchant.post(address, {"day": str(day), "move": "on"}, follow=True)
    assert "1 client est prévenu" in answer.content.decode() and answer.context["is_closed"]
    assert state(order) == State.TO_AGREE
    assert merchant.get(address, {"jour": "\x00"}).status_code == 200


def test_a_day_without_orders_closes_and_opens_again(merchant: Client, shop: Shop) -> None:
    answer = merchant.post("/gestion/horaires/fermer", {"day": str(make.tomorrow())}, follow=True)
    assert shop.closures.count() == 1
    merchant.post(answer.context["notice"]["undo"])
    assert shop.closures.count() == 0


def test_what_the_customer_foresaw_is_done_at_once(merchant: Client, shop: Shop) -> None:
    one, two = (make.variant_of(make.a_product(shop)) for _ in range(2))
    order = make.an_order(one, two).shop_orders.get()
    first, second = order.lines.all()
    OrderLine.objects.filter(pk=first.pk).update(if_missing=IfMissing.REMOVE)
    merchant.post(f"{page(order)}/regler", {f"what-{first.id}": "missing", f"what-{second.id}": "keep"})
    assert state(order) == State.ACCEPTED
    # Nothing to serve is no settled order.
    answer = merchant.post(
        f"{page(order)}/regler", {f"what-{first.id}": "missing", f"what-{second.id}": "missing"}, follow=True
    )
    assert "Annulez-la plutôt" in answer.content.decode()
    assert state(order) == State.ACCEPTED


def test_another_article_instead(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    other = make.variant_of(make.a_product(shop, name="Crème de marrons", price=Decimal(6)))
    key = line(order).id
    found = merchant.get(f"{page(order)}/remplacants/{key}", {f"search-{key}": "creme"}).content.decode()
    assert str(other.id) in found
    # Without script the words come with the form, which then shows what they found.
    shown = merchant.post(f"{page(order)}/regler", {f"what-{key}": "replace", f"search-{key}": "marrons"})
    assert str(other.id) in shown.content.decode()
    said = {f"what-{key}": "replace", f"instead-{key}": str(other.id), f"amount-{key}": "1"}
    assert merchant.post(f"{page(order)}/regler", said).status_code == 303
    order.refresh_from_db()
    assert (order.state, order.total) == (State.TO_AGREE, Decimal(6))
    merchant.post(f"{page(order)}/regler", said)
    assert order.lines.count() == 2  # pressed twice, replaced once


def test_an_article_of_another_shop_replaces_nothing(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    foreign = make.a_variant()
    key = line(order).id
    said = {f"what-{key}": "replace", f"instead-{key}": str(foreign.id), f"amount-{key}": "1"}
    assert "Cherchez l" in merchant.post(f"{page(order)}/regler", said).content.decode()
    assert order.lines.count() == 1


def test_a_code_said_or_shown_opens_the_order(merchant: Client, shop: Shop) -> None:
    order = an_order(shop)
    prepare.accept(order, by=SYSTEM)
    for code in (order.code, order.code.lower(), order.code.replace("-", " ")):
        assert "Remise au client" in merchant.get("/gestion/remise/", {"code": code}).content.decode()
    assert merchant.get(f"/gestion/remise/{order.code}").context["order"] == order
    assert "Aucune commande" in merchant.get("/gestion/remise/", {"code": "ZZ-ZZZ"}).content.decode()
    foreign = an_order(make.a_shop(shop.market))
    assert "Aucune commande" in merchant.get(f"/gestion/remise/{foreign.code}").content.decode()


def test_today_puts_first_what_cannot_wait(
    merchant: Client, shop: Shop, time_machine: TimeMachineFixture
) -> None:
    # Near midnight everything is for tomorrow.
    time_machine.move_to(timezone.localtime().replace(hour=10, minute=0))
    ready, accepted, placed, late, held = (an_order(shop) for _ in range(5))
    for order in (ready, accepted, late):
        prepare.accept(order, by=SYSTEM)
    prepare.ready(ready, by=SYSTEM)
    ShopOrder.objects.filter(pk=late.pk).update(collect_from=timezone.now() - dt.timedelta(hours=1))
    soon = timezone.now() + dt.timedelta(minutes=20)
    ShopOrder.objects.filter(pk=held.pk).update(state=State.UNCONFIRMED, confirm_before=soon)
    todo = merchant.get("/gestion/").context["todo"]
    assert [item.card.order.pk for item in todo] == [held.pk, late.pk, placed.pk, accepted.pk, ready.pk]
    assert [item.act for item in todo] == ["Accepter", "C'est prêt", "Accepter", "C'est prêt", "Remettre"]
    answer = merchant.post(todo[0].address, {"back": "today"})
    assert answer["Location"] == "/gestion/"


def test_an_empty_day_shows_the_next_rung(db: None) -> None:
    shop = make.a_shop(selling=False)
    client = Client()
    client.force_login(make.owner_of(shop))
    text = client.get("/gestion/").content.decode()
    assert "Mettre la boutique en ligne" in text
    assert "Annuaire" in text


def test_the_list_in_a_constant_number_of_queries(
    merchant: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        an_order(shop)
    for state_ in ("", "a-accepter", "a-preparer", "en-attente", "pretes", "terminees", "x"):
        with django_assert_max_num_queries(14):
            assert merchant.get(LIST, {"etat": state_}).status_code == 200, state_


@pytest.mark.corpus
def test_hostile_words_in_codes_and_settling(merchant: Client, shop: Shop, real_input: Path) -> None:
    order = an_order(shop, quantity=2)
    key = line(order).id
    fields = (f"quantity-{key}", f"search-{key}", f"instead-{key}")
    for number, said in enumerate(typed(naughty(real_input)[::9], *fields)):
        assert merchant.get("/gestion/remise/", {"code": said[fields[0]]}).status_code == 200
        what = {f"what-{key}": ("less", "replace")[number % 2]}
        assert merchant.post(f"{page(order)}/regler", said | what).status_code in {200, 303}, said
