# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the shelf: a code is scanned or typed, and the form of a new article fills where nothing was written."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests import factories as make

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import pictures
from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Kind, Picture, Product
from halles.domain.shops.models import Market, Shop, Trade
from halles.domain.tradeitems import actions
from halles.domain.tradeitems.ports import Facts
from halles.kernel.actor import SYSTEM

NEW, KNOWN, LENDING = (
    "/gestion/articles/nouveau",
    "/gestion/articles/connu",
    "/gestion/boutique/entre-boutiques",
)
CODE = "3017620422003"
EMPTY = {
    "name": "", "price": "", "kind": "", "category": "", "unit": "piece", "vat_rate": "", "content": "",
    "availability": "available", "maker": "", "gtin": CODE,
}  # fmt: skip


@pytest.fixture
def spread() -> None:
    """What a file says of the code."""
    facts = Facts(
        gtin=f"0{CODE}", name="Pâte à tartiner", kind=Kind.FOOD, maker="Fabrique", content=Decimal(400), content_unit="g",
        ingredients="Sucre, noisettes", allergens=["milk", "nuts"], origin="Italie",
    )  # fmt: skip
    actions.learn([facts], "openfoodfacts")


@pytest.fixture
def neighbour(shop: Shop, a_photo: Any) -> Product:
    """The article of a shop that lends its photographs."""
    owner = make.a_shop(shop.market, lends=Shop.Lending.PICTURES)
    variant = VariantFacts(gtin=CODE, content=Decimal(75), content_unit="cl")
    product = make.a_product(
        owner, name="Sirop d'orgeat", kind=Kind.FOOD, description="Nos mots", price=Decimal("987.65"), variants=[variant]
    )  # fmt: skip
    pictures.add(product, a_photo(), by=SYSTEM)
    return product


def words(merchant: Client, typed: str) -> str:
    return merchant.get(KNOWN, {"gtin": typed}).content.decode()


def test_a_known_code_shows_a_card_and_says_whose_words_these_are(merchant: Client, spread: None) -> None:
    card = words(merchant, CODE)
    assert all(
        said in card
        for said in ("Pâte à tartiner", "Fabrique", "400 g", "Open Food Facts, licence ODbL", "Reprendre")
    )


def test_a_neighbours_card_has_her_name_and_nothing_that_is_hers(
    merchant: Client, neighbour: Product
) -> None:
    card = words(merchant, CODE)
    assert all(
        said in card for said in ("Sirop d&#x27;orgeat", "75 cl", f"Déjà vendu par {neighbour.shop.name}")
    )
    assert neighbour.pictures.get().address(240, "jpg")[:-7] in card
    assert "Nos mots" not in card and "987" not in card


@pytest.mark.parametrize("typed", ["", "3", "301762", "30176204220", "301762042200"])
def test_nothing_is_said_while_one_types(merchant: Client, typed: str) -> None:
    assert words(merchant, typed).strip() == ""


def test_what_is_wrong_or_unknown_is_said_in_a_sentence(merchant: Client) -> None:
    assert "un chiffre manque ou a été mal lu" in words(merchant, "3017620422004")
    assert "pas encore connu ici" in words(merchant, "4006381333931")
    for hostile in ("\x00" * 13, "9" * 5000, "<script>alert(1)</script>1234567890123"):
        assert "<script" not in words(merchant, hostile)


def test_ones_own_article_is_named_instead(merchant: Client, shop: Shop, neighbour: Product) -> None:
    own = make.a_product(shop, name="Le mien", variants=[VariantFacts(gtin=CODE)])
    for away in (None, Product.Status.DELETED):  # even a deleted one holds its code
        if away:
            catalogue.set_status(own, away, by=SYSTEM)
        card = words(merchant, CODE)
        assert f"/gestion/articles/{own.id}" in card and "Le mien" in card and "Reprendre" not in card


def test_empty_fields_fill_and_what_was_written_stays(merchant: Client, spread: None) -> None:
    page = merchant.post(NEW, EMPTY | {"look_up": "1", "name": "Mon nom", "origin": "Piémont"})
    form = page.context["form"]
    assert not form.errors and not Product.objects.exists()
    said = {
        name: form[name].value()
        for name in ("name", "maker", "content", "kind", "ingredients", "origin", "allergens")
    }
    assert said == {
        "name": "Mon nom", "maker": "Fabrique", "content": "400 g", "kind": "food", "ingredients": "Sucre, noisettes",
        "origin": "Piémont", "allergens": ["milk", "nuts"],
    }  # fmt: skip
    told = page.content.decode()
    assert "Vérifiez les ingrédients et les allergènes sur l&#x27;emballage." in told.replace("'", "&#x27;")
    assert "rouge" not in told  # nothing was wrong


def test_what_was_taken_goes_online_with_its_own_photograph(
    merchant: Client, shop: Shop, neighbour: Product
) -> None:
    page = merchant.post(NEW, EMPTY | {"look_up": "1"})
    form, kept = page.context["form"], [str(photo.id) for photo in page.context["kept"]]
    said = {name: form[name].value() or "" for name in EMPTY}
    merchant.post(NEW, said | {"price": "5", "kept": kept, "publish": ""})
    product = Product.objects.get(shop=shop)
    assert (product.name, product.status, product.description) == ("Sirop d'orgeat", "online", "")
    assert (product.vat_rate, product.variants.get().gtin) == (Decimal("5.5"), f"0{CODE}")
    theirs, ours = neighbour.pictures.get(), product.pictures.get()
    assert theirs.id != ours.id
    pictures.remove(theirs, by=SYSTEM)
    assert Picture.objects.get() == ours and pictures.original_of(ours).exists()


def test_ones_own_photograph_is_not_replaced(merchant: Client, neighbour: Product, a_photo: Any) -> None:
    page = merchant.post(NEW, EMPTY | {"look_up": "1", "photos": a_photo(300, 300)})
    assert [(photo.width, photo.height) for photo in page.context["kept"]] == [(300, 300)]
    again = merchant.post(
        NEW, EMPTY | {"look_up": "1", "kept": [str(photo.id) for photo in page.context["kept"]]}
    )
    assert [photo.id for photo in again.context["kept"]] == [photo.id for photo in page.context["kept"]]


def test_a_photograph_that_is_gone_holds_nothing_up(merchant: Client, neighbour: Product) -> None:
    pictures.original_of(neighbour.pictures.get()).unlink()
    page = merchant.post(NEW, EMPTY | {"look_up": "1"})
    assert (page.status_code, page.context["kept"]) == (200, [])
    assert page.context["form"]["name"].value() == "Sirop d'orgeat"


def test_the_kind_brings_its_department_and_rate(merchant: Client, shop: Shop, neighbour: Product) -> None:
    grocery = make.a_category(shop.market, name="Épicerie")
    wines = make.a_category(shop.market, name="Vins")
    Shop.objects.filter(pk=shop.pk).update(trade=Trade.WINE)
    form = merchant.post(NEW, EMPTY | {"look_up": "1", "category": str(wines.id)}).context["form"]
    assert (form["kind"].value(), form["category"].value()) == ("food", str(grocery.id))
    assert "5,5" in form.holds()["kind"]
    chosen = merchant.post(NEW, EMPTY | {"look_up": "1", "kind": "wine", "category": str(wines.id)}).context[
        "form"
    ]
    assert (chosen["kind"].value(), chosen["category"].value()) == ("wine", str(wines.id))


def test_looking_up_takes_few_questions(
    merchant: Client, neighbour: Product, django_assert_max_num_queries: Any
) -> None:
    words(merchant, CODE)
    with django_assert_max_num_queries(
        8
    ):  # who asks (4), what it sells itself, the neighbour, her photographs, the files
        words(merchant, CODE)


@pytest.mark.parametrize(
    ("trade", "is_open"), [(Trade.GROCER, True), (Trade.BOOKSHOP, True), (Trade.BAKER, False)]
)
def test_the_code_comes_first_where_goods_bear_one(
    merchant: Client, shop: Shop, trade: Trade, is_open: bool
) -> None:
    Shop.objects.filter(pk=shop.pk).update(trade=trade)
    page = merchant.get(NEW).content.decode()
    assert page.index('id="id_gtin"') < page.index('id="id_photos"')
    fold = page[: page.index('id="id_gtin"')].rpartition("<details")[2].partition(">")[0]
    assert ("open" in fold) is is_open
    own = make.a_product(shop)
    assert merchant.get(f"/gestion/articles/{own.id}").content.decode().count('id="id_gtin"') == 1


def test_a_shop_says_what_others_may_take(merchant: Client, shop: Shop) -> None:
    assert "Entre boutiques" in merchant.get("/gestion/plus").content.decode()
    assert merchant.post(LENDING, {"lends": "pictures"}).status_code == 303
    shop.refresh_from_db()
    assert shop.lends == Shop.Lending.PICTURES
    assert merchant.get("/gestion/journal").context["entries"][0].what.startswith("Entre boutiques")
    for wrong in ("", "tout", "\x00"):
        assert merchant.post(LENDING, {"lends": wrong}).context["form"].errors
    Market.objects.filter(pk=shop.market_id).update(shops_lend=False)
    assert merchant.get(LENDING).status_code == 404
    assert "Entre boutiques" not in merchant.get("/gestion/plus").content.decode()


@pytest.mark.corpus
def test_hostile_words_in_the_code(merchant: Client, real_input: Path, spread: None) -> None:
    for text in json.loads((real_input / "bad-input" / "blns.json").read_text())[::8]:
        assert merchant.get(KNOWN, {"gtin": text}).status_code == 200
    assert merchant.post(NEW, dict.fromkeys(EMPTY, "<b>\x00'") | {"look_up": "1"}).status_code == 200
