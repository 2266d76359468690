# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Changer plusieurs articles »: found, looked at, changed once, taken back; by those who may, and only their own."""

import re
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from tests.factories import a_category, a_product, a_shop, owner_of, variant_of

from halles.domain.bulkedits import reads
from halles.domain.bulkedits.actions import ask, walk
from halles.domain.bulkedits.models import BulkEdit
from halles.domain.bulkedits.rules import How, Rounding, What
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.actions import ProductFacts
from halles.domain.catalogue.models import Availability, Product, Variant
from halles.domain.shops import reads as reads_of_shops
from halles.domain.shops.models import Shop, Staff
from halles.doors.backoffice.forms import bulk_edits as forms
from halles.kernel.actor import SYSTEM

HERE = "/gestion/articles/changer"
MORE = {"what": "price", "how": "percent_more", "number": "10", "rounding": "cent"}


def words(client: Client, address: str) -> str:
    """What one reads there."""
    html = client.get(address).content.decode()
    html = re.sub(r"<script.*?</script>|<head>.*?</head>", " ", html, flags=re.DOTALL)
    plain = re.sub(r"<[^>]+>", " ", html).replace("&#x27;", "'").replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(plain.split())


def look(client: Client, query: str = "", **said: Any) -> str:
    """Ask for it; where one is led."""
    answer = client.post(f"{HERE}{query}", MORE | said)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def the_edit(address: str) -> BulkEdit:
    found = reads.by_id(address.rpartition("/")[2])
    assert found is not None
    return found


def prices(shop: Shop) -> dict[str, Decimal]:
    found = Variant.objects.filter(shop=shop, archived=False).select_related("product")
    return {variant.product.name: variant.price for variant in found}


@pytest.fixture
def articles(shop: Shop) -> None:
    a_product(shop, name="Miel", price=Decimal("4.20"))
    a_product(shop, name="Pain", price=Decimal("1.10"), online=False)
    a_product(shop, name="Conseil", price=Decimal(0), online=False)


@pytest.mark.usefixtures("articles")
def test_the_whole_way_there_and_back(merchant: Client, shop: Shop) -> None:
    assert f'href="{HERE}?etat=draft"' in merchant.get("/gestion/articles?etat=draft").content.decode()
    assert "3 articles trouvés" in words(merchant, HERE)
    address = look(merchant, rounding="ten")
    said = words(merchant, address)
    assert "Prix : + 10 %, arrondi à 10 centimes" in said
    assert "2 articles changent" in said
    assert "Miel 4,60 € au lieu de 4,20 €" in said
    assert "1 article ne peut pas pourquoi Conseil Il n'a pas de prix." in said
    assert "Changer 2 articles" in said
    assert prices(shop)["Miel"] == Decimal("4.20")
    answer = merchant.post(f"{address}/commencer", follow=True).content.decode()
    assert "2 articles changés." in answer
    assert f'action="{address}/annuler"' in answer
    assert prices(shop) == {"Miel": Decimal("4.60"), "Pain": Decimal("1.20"), "Conseil": 0}
    assert "Miel 4,60 € au lieu de 4,20 €" in words(merchant, address)
    assert "Prix : + 10 %, arrondi à 10 centimes" in words(merchant, HERE)
    merchant.post(f"{address}/annuler")
    assert prices(shop)["Miel"] == Decimal("4.20")
    assert "Ce changement est annulé" in words(merchant, address)
    told = words(merchant, "/gestion/journal")
    assert "Changement de plusieurs articles annulé" in told
    assert "Articles changés ensemble · 2" in told


@pytest.mark.usefixtures("articles")
def test_pressed_twice_it_is_done_once(merchant: Client, shop: Shop) -> None:
    address = look(merchant)
    for _ in range(2):
        assert (
            'class="banner trouble"'
            not in merchant.post(f"{address}/commencer", follow=True).content.decode()
        )
    assert prices(shop)["Miel"] == Decimal("4.62")
    for _ in range(2):
        assert (
            'class="banner trouble"' not in merchant.post(f"{address}/annuler", follow=True).content.decode()
        )
    assert prices(shop)["Miel"] == Decimal("4.20")
    early = look(merchant)
    assert 'class="banner trouble"' in merchant.post(f"{early}/annuler", follow=True).content.decode()


@pytest.mark.usefixtures("articles")
def test_only_those_that_were_found_or_ticked(merchant: Client, shop: Shop) -> None:
    honey = a_category(shop.market, name="Épicerie")
    below = a_category(shop.market, name="Sucré", parent=honey)
    a_product(shop, name="Acacia", category=below)
    for query, number in {
        "?q=miel": 1, "?etat=draft": 2, "?sans=price": 1, "?sans=category": 3, "?sans=photo": 4, f"?rayon={honey.id}": 1,
        "?q=miel&etat=draft": 0, "?etat=deleted": 4, "?sans=rien&rayon=12": 4,
    }.items():  # fmt: skip
        assert merchant.get(f"{HERE}{query}").context["total"] == number, query
    assert "« acacia » · sans photo" in words(merchant, f"{HERE}?q=acacia&sans=photo")
    bread = Product.objects.get(name="Pain")
    edit = the_edit(look(merchant, "?q=miel", article=[str(bread.id)]))
    assert [row.product.name for row in edit.products.select_related("product")] == ["Pain"]
    assert "1 article coché · « miel »" in words(merchant, f"{HERE}/{edit.id}")
    assert the_edit(look(merchant, "?q=acacia")).total == 1


def test_anothers_articles_and_changes_are_not_there(merchant: Client, shop: Shop) -> None:
    rival = a_shop(shop.market)
    theirs = a_product(rival, name="Vin", price=Decimal(8))
    a_product(shop, name="Miel")
    answer = merchant.post(HERE, MORE | {"article": [str(theirs.id), "x", str(uuid.uuid4())]})
    assert "Aucun article ne correspond" in answer.content.decode()
    address = look(merchant, article=[str(theirs.id), str(Product.objects.get(shop=shop).id)])
    assert the_edit(address).total == 1
    other = Client()
    other.force_login(owner_of(rival))
    assert [other.get(address).status_code, other.post(f"{address}/commencer").status_code] == [404, 404]
    assert other.post(f"{address}/annuler").status_code == 404
    assert Client().get(HERE).status_code == 302


@pytest.mark.usefixtures("articles")
def test_without_the_right_there_is_no_such_page(merchant: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    address = look(merchant)
    monkeypatch.setitem(reads_of_shops.RIGHTS, Staff.Role.OWNER, frozenset({reads_of_shops.Right.ORDERS}))
    assert merchant.get(HERE).status_code == merchant.post(HERE, MORE).status_code == 404
    assert merchant.get(address).status_code == merchant.post(f"{address}/commencer").status_code == 404


HOSTILE = [
    "abc",
    "-5",
    "−5",
    "NaN",
    "Infinity",
    "1e9",
    "999999999",
    "",
    "5,555",
    "٣",
    "5\x00",
    "<b>5</b>",
    "1" * 30,
]


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("how", list(How))
def test_a_hostile_number_is_refused_in_words(merchant: Client, shop: Shop, how: str) -> None:
    before = prices(shop)
    for number in HOSTILE if how != How.PERCENT_LESS else [*HOSTILE, "100", "150"]:
        answer = merchant.post(HERE, MORE | {"how": how, "number": number})
        assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"number"}), number
    assert (prices(shop), BulkEdit.objects.count()) == (before, 0)


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"what": "nothing"}, "what"),
        ({"what": ""}, "what"),
        ({"how": "twice"}, "how"),
        ({"rounding": "up"}, "rounding"),
        ({"what": "vat", "vat_rate": "19.6"}, "vat_rate"),
        ({"what": "category", "category": str(uuid.uuid4())}, "category"),
        ({"what": "availability", "availability": "always"}, "availability"),
        ({"what": "availability", "availability": "to_order"}, "delay_days"),
        ({"what": "availability", "availability": "to_order", "delay_days": "9999"}, "delay_days"),
        ({"what": "availability", "availability": "daily", "daily_quantity": "-1"}, "daily_quantity"),
    ],
)
def test_a_hostile_choice_is_refused_in_words(merchant: Client, said: dict[str, str], field: str) -> None:
    answer = merchant.post(HERE, MORE | said)
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {field})
    assert not BulkEdit.objects.exists()


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"what": "vat", "vat_rate": "20", "number": "abc"}, "TVA 20 % au lieu de TVA 5,5 %"),
        ({"what": "availability", "availability": "sold_out"}, "Épuisé au lieu de Disponible"),
        ({"what": "availability", "availability": "to_order", "delay_days": "3"}, "Sur commande · 3 jours"),
        (
            {"what": "availability", "availability": "daily", "daily_quantity": "12"},
            "Un nombre chaque jour · 12",
        ),
        ({"what": "availability", "availability": "counted"}, "Comptez-les ensuite"),
        ({"what": "publish"}, "Mettre en ligne 1 article"),
        ({"what": "withdraw"}, "Retirer 1 article"),
        ({"what": "delete"}, "Supprimer 3 articles"),
        ({"what": "price", "how": "set", "number": "9,90"}, "Prix : 9,90 €"),
        ({"what": "price", "how": "amount_less", "number": "2"}, "Pain Son prix passerait sous zéro."),
    ],
)
def test_each_change_says_what_it_would_do_and_goes_back(
    merchant: Client, shop: Shop, said: dict[str, str], shown: str
) -> None:
    address = look(merchant, **said)
    assert shown in words(merchant, address)
    merchant.post(f"{address}/commencer")
    assert the_edit(address).state == "done"
    assert merchant.get(address).status_code == 200
    merchant.post(f"{address}/annuler")
    assert Product.objects.filter(shop=shop, status="online").count() == 1


@pytest.mark.usefixtures("articles")
def test_a_category_is_chosen_from_the_markets(merchant: Client, shop: Shop) -> None:
    honey = a_category(shop.market, name="Miels")
    address = look(merchant, what="category", category=str(honey.id))
    assert "Miels au lieu de sans rayon" in words(merchant, address)
    merchant.post(f"{address}/commencer")
    assert set(Product.objects.filter(shop=shop).values_list("category", flat=True)) == {honey.id}
    assert "sans rayon au lieu de Miels" in words(merchant, look(merchant, what="category", category=""))


@pytest.mark.usefixtures("articles")
def test_a_shop_without_vat_is_not_asked_for_it(merchant: Client, shop: Shop) -> None:
    assert 'value="vat"' in merchant.get(HERE).content.decode()
    Shop.objects.filter(pk=shop.pk).update(vat_regime=Shop.VatRegime.FRANCHISE)
    assert 'value="vat"' not in merchant.get(HERE).content.decode()
    assert merchant.post(HERE, MORE | {"what": "vat", "vat_rate": "20"}).status_code == 200


@pytest.mark.usefixtures("articles")
def test_what_was_changed_between_is_said(merchant: Client, shop: Shop) -> None:
    address = look(merchant)
    honey = variant_of(Product.objects.get(shop=shop, name="Miel"))
    catalogue.set_price(honey, Decimal(6), by=SYSTEM)
    assert "Miel 4" not in words(merchant, address)  # an old promise is not shown
    merchant.post(f"{address}/commencer")
    assert "1 article changé entre-temps laissés comme ils sont Miel" in words(merchant, address)
    assert prices(shop)["Miel"] == Decimal(6)
    catalogue.set_price(variant_of(Product.objects.get(shop=shop, name="Pain")), Decimal(2), by=SYSTEM)
    merchant.post(f"{address}/annuler")
    assert "1 article reste comme il est" in words(merchant, address)


def test_many_go_behind_the_page_with_their_progress(
    merchant: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "FEW", 5)
    said = [ProductFacts(f"Pot {n}", Decimal(10)) for n in range(6)]
    catalogue.create_many(shop, said, statuses=[Product.Status.ONLINE] * 6)
    address = look(merchant)
    page = merchant.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "<noscript>" in page
    assert 'class="banner trouble"' in merchant.post(f"{address}/commencer", follow=True).content.decode()
    walk.go_on(the_edit(address))
    merchant.post(f"{address}/commencer")
    assert "0 sur 6" in words(merchant, address)
    walk.go_on(the_edit(address))
    assert "6 articles changés" in words(merchant, address)
    merchant.post(f"{address}/annuler")
    assert "Les articles redeviennent comme avant" in words(merchant, address)
    walk.go_on(the_edit(address))
    assert set(prices(shop).values()) == {Decimal(10)}
    asked = [row.args_kwargs["kwargs"]["event"] for row in DBTaskResult.objects.all()]
    assert asked.count("bulkedits.not_finished") == 3


def test_pages_cost_as_many_queries_whatever_the_number(merchant: Client, shop: Shop) -> None:
    spent: list[list[int]] = []
    addresses: list[Callable[[str], str]] = [lambda _a: HERE, lambda a: a]
    merchant.get(HERE)
    for number in (3, 40):
        said = [ProductFacts(f"Pot {number} {n}", Decimal(n)) for n in range(number)]
        catalogue.create_many(shop, said)
        address = look(merchant)
        seen = []
        for of in addresses:
            with CaptureQueriesContext(connection) as queries:
                merchant.get(of(address))
            seen.append(len(queries))
        spent.append(seen)
    assert spent[0] == spent[1]
    assert max(spent[0]) < 25


def test_every_choice_has_its_words() -> None:
    assert set(What) - {What.SOLD_OUT} == set(forms.WHATS)
    assert (set(How), set(Rounding)) == (set(forms.HOWS), set(forms.ROUNDINGS))
    assert set(Availability) | {"sold_out"} == set(forms.AVAILABILITIES)
