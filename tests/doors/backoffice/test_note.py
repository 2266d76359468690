# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Noter une commande »: one sheet that keeps what is typed, with and without a script."""

import html
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from tests import factories as make
from tests.naughty import naughty, typed

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Product
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.fulfilment.models import Slot
from halles.domain.fulfilment.rules import Terms
from halles.domain.orders.actions.note import NotedLine
from halles.domain.orders.actions.place import Contact
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.shops.models import Place, Shop
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

SHEET = "/gestion/commandes/noter"
FREE = NotedLine(Decimal(1), name="Gâteau pour huit")


def filled(**said: Any) -> dict[str, Any]:
    """What the form sends for somebody on the telephone, who comes tomorrow."""
    return {
        "telephone": "06 12 34 56 78",
        "nom": "Cliente",
        "courriel": "",
        "langue": "fr",
        "jour": make.tomorrow().isoformat(),
        "cle": str(uuid.uuid4()),
        "noter": "1",
    } | said


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def test_tapped_written_noted_and_the_code_is_there_to_be_said(merchant: Client, shop: Shop) -> None:
    jam = make.a_variant(shop, name="Miel", stock_of=5, price=Decimal("4.20"))
    sheet = {name: value for name, value in filled().items() if name != "noter"}
    for _tap in range(2):
        answer = merchant.post(SHEET, sheet | {"plus": str(jam.id)})
        (row,) = answer.context["sheet"].rows
        sheet[f"n-{jam.id}"] = row.shown
    assert (row.shown, answer.context["sheet"].total) == ("2", Decimal("8.40"))
    assert not answer.context["form"].errors  # nobody is told what is missing while writing
    said = filled(**sheet, **{f"mot-{jam.id}": "à offrir", "libre": "Gâteau", "libre-prix": "25 €"})
    noted = merchant.post(SHEET, said)
    part = ShopOrder.objects.get()
    assert (noted.status_code, noted["Location"]) == (303, f"/gestion/commandes/{part.id}?notee=1")
    assert (part.state, part.total, part.lines.count()) == (State.ACCEPTED, Decimal("33.40"), 2)
    shown = merchant.get(noted["Location"])
    assert part.code in words(shown) and "Dites ce code" in words(shown)
    assert merchant.post(SHEET, said)["Location"] == noted["Location"]  # pressed twice
    assert ShopOrder.objects.count() == 1


def test_what_is_to_be_brought_is_noted_with_its_door_and_its_fee(merchant: Client, shop: Shop) -> None:
    jam = make.a_variant(shop, name="Miel", price=Decimal(10))
    assert "noting-ways" not in words(merchant.get(SHEET))  # there is but the counter
    round_ = make.a_way(shop, Place.Kind.ROUND, "86000", terms=Terms(Decimal(4), Decimal(30)), capacity=1)
    assert "À livrer" in words(merchant.get(SHEET))
    said = filled(remise=str(round_.id), city="Poitiers", acces="2e étage", **{f"n-{jam.id}": "1"})
    refused = merchant.post(SHEET, said)
    assert "Dites où l'on vous livre" in words(refused) and "2e étage" in words(refused)
    assert "cinq chiffres" in words(
        merchant.post(SHEET, said | {"adresse": "12 rue Neuve", "code_postal": "86"})
    )
    assert not ShopOrder.objects.exists()
    for number in range(2):  # the second stands in a slot of one: the shop's own word
        door = {"adresse": "12 rue Neuve", "code_postal": "86000", "cle": str(uuid.uuid4())}
        noted = merchant.post(SHEET, said | door)
        assert noted.status_code == 303, words(noted)
        part = ShopOrder.objects.latest("created_at")
        assert (part.is_brought, part.fee, part.total) == (True, Decimal(4), Decimal(14))
        assert (part.order.address, part.order.directions) == ("12 rue Neuve", "2e étage")
        assert Slot.objects.get().taken == number + 1
    assert "12 rue Neuve" in words(merchant.get(f"{SHEET}?comme={part.id}"))


def test_a_way_that_was_stopped_meanwhile_is_said(merchant: Client, shop: Shop) -> None:
    jam = make.a_variant(shop)
    depot = make.a_way(shop, Place.Kind.DEPOT)
    fulfilment.turn(depot, on=False, by=SYSTEM)
    answer = merchant.post(SHEET, filled(remise=str(depot.id), **{f"n-{jam.id}": "1"}))
    assert answer.context["form"].errors["remise"]
    assert merchant.post(SHEET, filled(remise="x", **{f"n-{jam.id}": "1"})).status_code == 200
    assert not ShopOrder.objects.exists()


def test_what_is_missing_is_said_in_its_place_and_the_rest_is_kept(merchant: Client, shop: Shop) -> None:
    jam = make.a_variant(shop, name="Miel", stock_of=2)
    cases = {
        "Il faut un numéro pour prévenir": {"telephone": ""},
        "Ce numéro de téléphone n'est pas complet": {"telephone": "06 12"},
        "Écrivez le nom": {"nom": ""},
        "Cette adresse électronique n'est pas complète": {"courriel": "cliente@"},
        "Il n'en reste que 2.": {f"n-{jam.id}": "3"},
        "Cette quantité n'est pas possible": {f"n-{jam.id}": "1,5"},
        "Écrivez un prix en euros": {"libre-prix": "beaucoup"},
        "le prix seul ne le dit pas": {"libre": "", "libre-prix": "3"},
        "Choisissez un jour": {"jour": "autre", "autre_jour": "2019-02-31"},
        "Ajoutez au moins un article": {f"n-{jam.id}": "0", "libre": ""},
    }
    usual = {f"n-{jam.id}": "1", f"mot-{jam.id}": "à offrir", "libre": "Gâteau", "libre-prix": ""}
    for sentence, wrong in cases.items():
        answer = merchant.post(SHEET, filled(**(usual | wrong)))
        assert answer.status_code == 200, sentence
        assert sentence in words(answer), sentence
        for name, value in (filled(**usual) | wrong).items():
            if value and name not in {"cle", "noter", "langue", "jour", f"n-{jam.id}"}:
                assert f'value="{value}"' in html.unescape(answer.content.decode()), (sentence, name)
    assert not ShopOrder.objects.exists()
    assert merchant.post(SHEET, filled(**usual)).status_code == 303


def test_a_name_without_a_number_is_enough_with_an_address(merchant: Client, shop: Shop) -> None:
    said = filled(telephone="", courriel="cliente@example.org", langue="en", libre="Gâteau")
    merchant.post(SHEET, said)
    order = ShopOrder.objects.get().order
    assert (order.email, order.phone, order.language) == ("cliente@example.org", "", "en")
    assert "SALE" in order.shop_orders.get().terms.text  # in her language


def test_found_by_typing_with_a_script_and_without(merchant: Client, shop: Shop) -> None:
    honey = make.a_variant(shop, name="Miel de tilleul")
    make.a_variant(make.a_shop(shop.market), name="Miel d'ailleurs")
    assert [v.id for v in merchant.get(f"{SHEET}/articles", {"chercher": "mie"}).context["found"]] == [
        honey.id
    ]
    plain = merchant.post(SHEET, {"chercher": "mie", "nom": "Cliente", "trouver": "1"})
    assert [v.id for v in plain.context["found"]] == [honey.id]
    assert 'value="Cliente"' in plain.content.decode()
    taken = merchant.post(SHEET, {"chercher": "mie", "prendre": str(honey.id)})
    assert (taken.context["search"], taken.context["sheet"].rows[0].shown) == ("", "1")
    gone = merchant.post(SHEET, {f"n-{honey.id}": "1", "retirer": str(honey.id)})
    assert gone.context["sheet"].rows == []


def test_by_weight_a_tap_is_a_quarter_of_a_kilo(merchant: Client, shop: Shop) -> None:
    cheese = make.a_variant(shop, unit=Unit.KILOGRAM, price=Decimal(20))
    (row,) = merchant.post(SHEET, {"plus": str(cheese.id)}).context["sheet"].rows
    assert (row.shown, row.step, row.scale.symbol) == ("250", "50", "g")
    merchant.post(SHEET, filled(**{f"n-{cheese.id}": "350"}))
    assert ShopOrder.objects.get().lines.get().quantity == Decimal("0.350")


def test_a_known_customer_is_proposed_and_taken_and_nobody_elses(merchant: Client, shop: Shop) -> None:
    here = make.note_order(
        shop, FREE, contact=Contact("Cliente d'ici", "ici@example.org", "0612345678", "en")
    )
    there = make.note_order(
        make.a_shop(shop.market), FREE, contact=Contact("Cliente d'ailleurs", phone="0612345679")
    )
    assert [o.name for o in merchant.post(f"{SHEET}/clients", {"nom": "cli"}).context["known"]] == [
        "Cliente d'ici"
    ]
    assert merchant.post(f"{SHEET}/clients", {"telephone": "06 12"}).context["known"][0].id == here.order_id
    form = merchant.post(SHEET, {"nom": "cli", "client": str(here.order_id)}).context["form"]
    assert [form[name].value() for name in ("telephone", "nom", "courriel", "langue")] == [
        "06 12 34 56 78", "Cliente d'ici", "ici@example.org", "en",
    ]  # fmt: skip
    for foreign in (str(there.order_id), "x", str(uuid.uuid4())):
        assert "ailleurs" not in merchant.post(SHEET, {"client": foreign}).content.decode()
    assert merchant.get(f"{SHEET}/clients").status_code == 405  # names stay out of addresses


def test_a_past_order_once_more(merchant: Client, shop: Shop) -> None:
    jam, gone = make.a_variant(shop, name="Miel"), make.a_variant(shop, name="Confiture")
    part = make.note_order(
        shop,
        NotedLine(Decimal(2), jam, note="à offrir"),
        gone,
        FREE,
        contact=Contact("Cliente", phone="0612345678"),
    )
    catalogue.set_status(gone.product, Product.Status.DELETED, by=SYSTEM)
    gone.product.variants.update(archived=True)
    assert f"{SHEET}?comme={part.id}" in merchant.get(f"/gestion/commandes/{part.id}").content.decode()
    answer = merchant.get(SHEET, {"comme": str(part.id)})
    sheet = answer.context["sheet"]
    assert [(row.variant.id, row.shown, row.note) for row in sheet.rows] == [(jam.id, "2", "à offrir")]
    assert [(row.name, row.price) for row in sheet.free] == [("Gâteau pour huit", "")]
    assert "« Confiture » n'est plus vendu comme avant." in words(answer)
    assert answer.context["form"]["telephone"].value() == "06 12 34 56 78"
    foreign = make.note_order(make.a_shop(shop.market), FREE)
    for other in (foreign.id, "x"):
        assert merchant.get(SHEET, {"comme": other}).status_code == 404


def test_without_an_address_a_message_is_ready_in_the_customers_language(
    merchant: Client, shop: Shop
) -> None:
    contacts = {
        "mobile": Contact("Cliente", phone="0612345678", language="en"),
        "in French": Contact("Cliente", phone="0712345678"),
        "at home": Contact("Cliente", phone="0549123456"),
        "by mail": Contact("Cliente", "cliente@example.org", "0612345678"),
    }
    parts = {who: make.note_order(shop, FREE, contact=contact) for who, contact in contacts.items()}
    texts = {
        who: merchant.get(f"/gestion/commandes/{part.id}").context["texts"] for who, part in parts.items()
    }
    assert [who for who, said in texts.items() if said] == ["mobile", "in French"]
    assert "entre 0 h et 23 h 59. Le code à dire : " in texts["in French"].words  # no space that costs twice
    part, said = parts["mobile"], texts["mobile"]
    assert said.sms.startswith("sms:+33612345678?&body=")
    assert said.whatsapp.startswith("https://wa.me/33612345678?text=")
    for address in (said.sms, said.whatsapp):
        body = unquote(address).partition("=")[2]
        assert "your order is noted for" in body and part.code in body
        assert f"/commande/{part.order.secret}" in body


def test_the_price_is_said_on_the_orders_page(merchant: Client, shop: Shop) -> None:
    part = make.note_order(shop, FREE)
    line, page = part.lines.get(), f"/gestion/commandes/{part.id}"
    refused = merchant.post(f"{page}/remise", follow=True)
    assert "Dites d'abord combien coûte « Gâteau pour huit »." in words(refused)
    for wrong in ("", "trois", "-1", "9" * 30, "1e9"):
        answer = merchant.post(f"{page}/prix/{line.id}", {"price": wrong}, follow=True)
        assert answer.context["notice"]["trouble"], wrong
    merchant.post(f"{page}/prix/{line.id}", {"price": "28,50"})
    assert merchant.post(f"{page}/remise", follow=True).context["order"].state == State.HANDED_OVER
    assert ShopOrder.objects.get().total == Decimal("28.50")
    told = [entry.what for entry in merchant.get(page).context["history"]]
    assert any(what.startswith("Prix dit · 28,50") for what in told)


def test_the_sheet_in_a_constant_number_of_queries(
    merchant: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    goods = [make.a_variant(shop, name=f"Miel {number}", stock_of=9) for number in range(9)]
    parts = [make.note_order(shop, *goods[:number], FREE) for number in (2, 9)]
    rows = {f"n-{good.id}": "1" for good in goods}
    said = rows | {"chercher": "miel", "nom": "cli", "trouver": "1"}
    for number, ask in (
        (13, lambda: merchant.get(SHEET)),
        (15, lambda: merchant.post(SHEET, said)),
        (15, lambda: merchant.get(SHEET, {"comme": str(parts[0].id)})),
        (15, lambda: merchant.get(SHEET, {"comme": str(parts[1].id)})),
        (7, lambda: merchant.post(f"{SHEET}/clients", {"nom": "cli"})),
    ):
        with django_assert_max_num_queries(number):
            assert ask().status_code == 200


@pytest.mark.corpus
def test_hostile_words_are_kept_or_told(merchant: Client, shop: Shop, real_input: Path) -> None:
    jam = make.a_variant(shop, stock_of=9)
    fields = ("telephone", "nom", "courriel", "langue", "jour", "heure", "autre_jour", "cle", "chercher", "libre", "libre-prix", f"n-{jam.id}", f"mot-{jam.id}", "plus", "client")  # fmt: skip
    huge = [
        "\x00",
        "\ud800".encode(errors="replace").decode(),
        "\u202e",
        "x" * 200_000,
        "٣",
        "n-",
        "9" * 400,
        "NaN",
        "-0",
    ]
    for number, said in enumerate(typed([*huge, *naughty(real_input)[::4]], *fields)):
        answer = merchant.post(SHEET, said | ({"noter": "1"} if number % 2 else {}))
        assert answer.status_code in {200, 303}, said
        assert merchant.get(SHEET, {"comme": said[fields[0]][:2000]}).status_code in {200, 404}
