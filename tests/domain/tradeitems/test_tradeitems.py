# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known of goods by their number: learned in batches, proposed to whoever scans one, and to nobody else's harm."""

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests import factories as make

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import pictures
from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Kind, Product
from halles.domain.shops.models import Market, Shop
from halles.domain.tradeitems import actions, reads, rules
from halles.domain.tradeitems.actions import Learned
from halles.domain.tradeitems.models import TradeItem
from halles.domain.tradeitems.ports import Facts
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

CODE = "03017620422003"
SYRUP = Facts(
    gtin=CODE,
    name="Sirop d'un fichier",
    kind=Kind.FOOD,
    maker="Fabrique",
    content=Decimal(50),
    content_unit="cl",
    ingredients="Sucre, eau",
    allergens=["sulphites"],
    origin="Vienne",
)


def facts(number: int, **said: Any) -> Facts:
    """A good of its own."""
    return replace(SYRUP, gtin=f"{number:014}", **said)


def sold(shop: Shop, *, code: str = CODE, **said: Any) -> Product:
    """An article online with this code."""
    variant = VariantFacts(gtin=code, content=Decimal(75), content_unit="cl")
    said = {"name": "Sirop maison", "description": "Mes mots à moi", "price": Decimal(9)} | said
    return make.a_product(shop, variants=[variant], **said)


def a_picture(product: Product) -> None:
    file = io.BytesIO()
    Image.new("RGB", (300, 300), (9, 99, 9)).save(file, "JPEG")
    pictures.add(product, file, by=SYSTEM)


@pytest.fixture
def market(db: None) -> Market:
    return make.a_market()


@pytest.fixture
def shop(market: Market) -> Shop:
    """Who scans."""
    return make.a_shop(market)


@pytest.fixture
def neighbour(market: Market) -> Shop:
    """Who sells it already, and lends the photograph too."""
    return make.a_shop(market, lends=Shop.Lending.PICTURES)


@pytest.mark.django_db
def test_what_is_learned_twice_is_learned_once(django_assert_max_num_queries: Any) -> None:
    batch = [facts(number) for number in range(60)]
    with django_assert_max_num_queries(4):  # a read, a write, and the transaction around them
        assert actions.learn(batch, "books") == Learned(created=60)
    with django_assert_max_num_queries(3):  # nothing to write
        assert actions.learn(batch, "books") == Learned(unchanged=60)
    batch[7] = replace(batch[7], content=Decimal("0.5"), allergens=["milk"])
    assert actions.learn(batch, "books") == Learned(changed=1, unchanged=59)
    assert actions.learn(batch, "books") == Learned(unchanged=60)
    assert TradeItem.objects.get(gtin=f"{7:014}").allergens == ["milk"]


@pytest.mark.django_db
def test_of_a_number_that_stands_twice_the_last_word_counts() -> None:
    assert actions.learn([SYRUP, replace(SYRUP, name="Autre")], "books") == Learned(created=1, unchanged=1)
    assert TradeItem.objects.get().name == "Autre"


@pytest.mark.parametrize(
    ("gtin", "everywhere"),
    [
        (CODE, True), ("09782070541270", True), ("00000096385074", True), ("13017620422000", True), ("00460000100016", True),
        ("02000000037926", False), ("02900000000007", False), ("00200000000004", False), ("00000020021122", False),
        ("00000000123457", False), ("93017620422006", False),
    ],
)  # fmt: skip
def test_what_a_shop_weighs_itself_means_nothing_elsewhere(gtin: str, everywhere: bool) -> None:
    assert rules.is_everywhere(gtin) is everywhere


@given(st.text(), st.text(), st.text(max_size=40).map(lambda text: text * 200))
def test_whatever_a_file_says_fits_and_stands_on_one_line(name: str, maker: str, ingredients: str) -> None:
    try:
        kept = rules.kept(replace(SYRUP, name=name, maker=maker, ingredients=ingredients))
    except Refused as refused:
        assert refused.code == "tradeitems.name_missing"
        return
    assert (len(kept.name) <= 120, len(kept.maker) <= 120, len(kept.ingredients) <= 4000) == (True,) * 3
    assert not any(sign in kept.name + kept.maker + kept.ingredients for sign in "\0\r\n\t\u202e")
    assert rules.kept(kept) == kept


def test_a_neighbours_article_is_proposed_without_what_is_hers(shop: Shop, neighbour: Shop) -> None:
    product = sold(neighbour, maker="Chez nous", ingredients="Recette", allergens=["milk"], origin="Ici")
    assert reads.proposal(shop, CODE) == reads.Proposal(
        gtin=CODE, name="Sirop maison", kind=Kind.FOOD, maker="Chez nous", content=Decimal(75), content_unit="cl", neighbour=product.shop
    )  # fmt: skip


def test_a_file_completes_what_the_neighbour_left_out(shop: Shop, neighbour: Shop) -> None:
    actions.learn([SYRUP], "openfoodfacts")
    sold(neighbour, maker="")
    found = reads.proposal(shop, CODE)
    assert found is not None
    assert (found.name, found.maker, found.content, found.ingredients, found.allergens) == (
        "Sirop maison", "Fabrique", Decimal(75), "Sucre, eau", ("sulphites",),
    )  # fmt: skip
    assert (found.neighbour, found.source) == (neighbour, "openfoodfacts")


def test_without_a_neighbour_the_file_speaks(shop: Shop) -> None:
    assert reads.proposal(shop, CODE) is None
    actions.learn([SYRUP], "openfoodfacts")
    found = reads.proposal(shop, CODE)
    assert found is not None
    assert (found.name, found.neighbour, found.picture, found.source) == (
        SYRUP.name,
        None,
        None,
        "openfoodfacts",
    )


def _draft(product: Product) -> None:
    Product.objects.filter(pk=product.pk).update(status=Product.Status.DRAFT)


def _withdrawn(product: Product) -> None:
    catalogue.set_status(product, Product.Status.WITHDRAWN, by=SYSTEM)


def _deleted(product: Product) -> None:
    catalogue.set_status(product, Product.Status.DELETED, by=SYSTEM)


def _without_this_size(product: Product) -> None:
    product.variants.update(archived=True)


def _hidden(product: Product) -> None:
    Shop.objects.filter(pk=product.shop_id).update(standing=Shop.Standing.SUSPENDED)


def _unwilling(product: Product) -> None:
    Shop.objects.filter(pk=product.shop_id).update(lends=Shop.Lending.NOTHING)


def _forbidden(product: Product) -> None:
    Market.objects.filter(pk=product.market_id).update(shops_lend=False)


def _of_another_town(product: Product) -> None:
    town = make.a_market()
    Shop.objects.filter(pk=product.shop_id).update(market=town)
    Product.objects.filter(pk=product.pk).update(market=town)


@pytest.mark.parametrize(
    "away",
    [_draft, _withdrawn, _deleted, _without_this_size, _hidden, _unwilling, _forbidden, _of_another_town],
)
def test_what_is_not_shown_or_not_lent_stays_unknown(
    shop: Shop, neighbour: Shop, away: Callable[[Product], None]
) -> None:
    product = sold(neighbour)
    assert reads.proposal(shop, CODE) is not None
    away(product)
    assert reads.proposal(Shop.objects.select_related("market").get(pk=shop.pk), CODE) is None


def test_what_it_sells_itself_is_no_neighbours(shop: Shop) -> None:
    sold(shop)
    assert reads.proposal(shop, CODE) is None


def test_a_photograph_is_proposed_only_by_who_says_so(
    shop: Shop, neighbour: Shop, market: Market, settings: Any, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    silent = make.a_shop(market, lends=Shop.Lending.FACTS)
    for owner in (silent, make.a_shop(market, lends=Shop.Lending.PICTURES), neighbour):
        product = sold(owner)
        if owner.lends == Shop.Lending.PICTURES and owner != neighbour:
            continue  # she would lend it, and has none
        a_picture(product)
    with django_assert_num_queries(3):
        found = reads.proposal(shop, CODE)
    assert found is not None and found.neighbour == neighbour
    assert found.picture == product.pictures.get()
    Shop.objects.filter(pk=neighbour.pk).update(lends=Shop.Lending.FACTS)
    found = reads.proposal(shop, CODE)
    assert found is not None and (found.neighbour, found.picture) == (silent, None)


def test_who_wants_to_be_named_is_named_where_all_can_read_it(shop: Shop) -> None:
    Market.objects.exclude(pk=shop.market_id).delete()
    actions.learn([SYRUP], "books")  # asks for nothing
    assert reads.credited() == []
    actions.learn([SYRUP], "openfoodfacts")
    assert [source.name for source in reads.credited()] == ["openfoodfacts"]
    assert "Open Food Facts, licence ODbL" in Client().get("/mentions-legales").content.decode()
