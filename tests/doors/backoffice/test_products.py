# SPDX-License-Identifier: AGPL-3.0-or-later
"""Articles: one in a minute, many in one list."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories as make
from tests.naughty import naughty, typed

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Availability, Kind, Product
from halles.domain.shops.models import Shop, Trade
from halles.domain.stock import reads as stock
from halles.doors.backoffice.views import stock as stock_view
from halles.doors.backoffice.words import KINDS
from halles.kernel.actor import SYSTEM

NEW = "/gestion/articles/nouveau"
LIST = "/gestion/articles"


def quick(**said: Any) -> dict[str, Any]:
    """What the form sends when only name and price were typed."""
    proposed = {"kind": "food", "unit": "piece", "availability": "available", "vat_rate": "", "category": ""}
    return proposed | {"name": "Comté 18 mois", "price": "12,50"} | said


def edited(product: Product, **said: Any) -> dict[str, Any]:
    return quick(name=product.name, kind=product.kind, availability=product.availability) | said


def test_a_product_with_its_photograph_goes_online_in_one_request(
    merchant: Client, shop: Shop, a_photo: Any
) -> None:
    answer = merchant.post(NEW, quick(photos=a_photo(), publish=""))
    assert (answer.status_code, answer["Location"]) == (303, LIST)
    product = Product.objects.get(shop=shop)
    assert product.status == Product.Status.ONLINE
    assert (product.vat_rate, product.kind) == (Decimal("5.5"), Kind.FOOD)
    assert product.variants.get().price == Decimal("12.50")
    picture = product.pictures.get()
    assert (picture.width, picture.height) == (600, 900)  # turned upright
    page = merchant.get(LIST).content.decode()
    assert "« Comté 18 mois » est en ligne." in page
    assert f"/gestion/articles/{product.id}/retirer" in page  # undone by one press
    assert f"/media/pictures/{picture.id}/480.avif" in page


def test_the_same_form_keeps_a_draft(merchant: Client, shop: Shop) -> None:
    merchant.post(NEW, quick(keep=""))
    assert Product.objects.get(shop=shop).status == Product.Status.DRAFT


@pytest.mark.parametrize("typed", ["12,50", "12.50", "12,50 €", " 12,5€", "12,50 euros", "12\u202f,50"])
def test_a_price_is_understood_as_people_write_it(merchant: Client, shop: Shop, typed: str) -> None:
    merchant.post(NEW, quick(price=typed))
    assert Product.objects.get(shop=shop).variants.get().price == Decimal("12.50")


NO_PRICES = [
    "", "-3", "abc", "1e9", "12,505", "999999999999", "NaN", "Infinity", "1,2,3", "١٢", "0x10", "12 50 €€",
]  # fmt: skip


def test_what_is_no_price_is_said_where_it_was_typed(merchant: Client, shop: Shop) -> None:
    for price in NO_PRICES:
        answer = merchant.post(NEW, quick(price=price, description="Vingt mots que je ne veux pas perdre"))
        assert answer.status_code == 200, price
        assert answer.context["form"].errors.keys() == {"price"}, price
        assert "Vingt mots que je ne veux pas perdre" in answer.content.decode(), price
    assert not Product.objects.filter(shop=shop).exists()


def test_proposals_follow_the_trade(merchant: Client, shop: Shop) -> None:
    bread = make.a_category(shop.market, name="Pains")
    Shop.objects.filter(pk=shop.pk).update(trade=Trade.BAKER)
    form = merchant.get(NEW).context["form"]
    assert (form.sort(), form["category"].value()) == (Kind.BREAD, str(bread.id))
    said = merchant.get(
        "/gestion/articles/propositions", {"kind": "wine", "price": "6", "content": "75 cl", "unit": "piece"}
    )
    assert "8,00\u202f€ le litre" in said.content.decode()
    assert "20 %" in said.content.decode()


@pytest.mark.parametrize(
    ("said", "kind", "rate"),
    [
        ({"name": "Sandwich jambon"}, Kind.SANDWICH, "10"),
        ({"name": "Bière de Noël"}, Kind.WINE, "20"),
        ({"name": "Livre de recettes"}, Kind.BOOK, "5.5"),
        ({"name": "Croûton"}, Kind.BREAD, "5.5"),  # what this trade mostly sells
        ({"name": "Sandwich jambon", "kind": "bread"}, Kind.BREAD, "5.5"),
        ({"name": "Sandwich jambon", "vat_rate": "20"}, Kind.SANDWICH, "20"),
    ],
)
def test_the_name_decides_what_the_merchant_did_not_choose(
    merchant: Client, shop: Shop, said: dict[str, str], kind: Kind, rate: str
) -> None:
    Shop.objects.filter(pk=shop.pk).update(trade=Trade.BAKER)
    typed = quick() | {"kind": ""} | said
    shown = merchant.get("/gestion/articles/propositions", typed).content.decode()
    assert str(KINDS[kind]) in shown and f"TVA {rate.replace('.', ',')} %" in shown
    merchant.post(NEW, typed)
    product = Product.objects.get(shop=shop)
    assert (product.kind, product.vat_rate) == (kind, Decimal(rate))
    assert product.is_alcohol is (kind == Kind.WINE)
    # What it is stays, under another name.
    merchant.post(f"{LIST}/{product.id}", edited(product, name="Pain d'épices", vat_rate=typed["vat_rate"]))
    product.refresh_from_db()
    assert (product.name, product.kind, product.vat_rate) == ("Pain d'épices", kind, Decimal(rate))


def test_a_shop_without_vat_is_asked_no_rate(merchant: Client, shop: Shop) -> None:
    Shop.objects.filter(pk=shop.pk).update(vat_regime=Shop.VatRegime.FRANCHISE)
    merchant.post(NEW, quick(publish="", vat_rate="20"))
    product = Product.objects.get(shop=shop)
    assert product.vat_rate == 0
    for address in (NEW, f"{LIST}/{product.id}"):
        page = merchant.get(address)
        assert "vat_rate" not in page.context["form"].fields
        assert "TVA non applicable, art. 293 B du CGI" in page.content.decode()
        assert " %" not in page.content.decode() and "TVA comprise" not in page.content.decode()
    assert "TVA" not in merchant.get("/gestion/articles/propositions", quick()).content.decode()
    merchant.post(f"{LIST}/{product.id}", edited(product))
    order = make.an_order(make.variant_of(product))
    assert order.shop_orders.get().lines.get().vat_rate == 0


def test_everything_that_is_folded(merchant: Client, shop: Shop) -> None:
    merchant.post(
        NEW,
        quick(
            kind="wine", vat_rate="20", content="75 cl", availability="to_order", delay_days="3", maker="Cave", origin="Haut-Poitou",
            allergens=["sulphites"], ingredients="Raisin", gtin="3 017 620 422 003", reference="V-12",
        ),
    )  # fmt: skip
    product = Product.objects.get(shop=shop)
    variant = product.variants.get()
    assert (product.availability, product.delay_days, product.is_alcohol) == (Availability.TO_ORDER, 3, True)
    assert (variant.content, variant.content_unit, variant.gtin) == (Decimal(75), "cl", "03017620422003")
    assert product.allergens == ["sulphites"]
    # And the form shows it again as it was typed.
    form = merchant.get(f"{LIST}/{product.id}").context["form"]
    assert (form["content"].value(), form["gtin"].value(), form["delay_days"].value()) == (
        "75 cl",
        "3017620422003",
        3,
    )


def test_a_choice_asks_what_it_needs(merchant: Client) -> None:
    assert "daily_quantity" in merchant.post(NEW, quick(availability="daily")).context["form"].errors
    assert "delay_days" in merchant.post(NEW, quick(availability="to_order")).context["form"].errors
    assert "content" in merchant.post(NEW, quick(content="beaucoup")).context["form"].errors
    assert "gtin" in merchant.post(NEW, quick(gtin="123")).context["form"].errors


def test_sizes_and_colours_make_a_grid(merchant: Client, shop: Shop) -> None:
    cells = {
        "cell_size": ["S", "S", "M", "M"],
        "cell_colour": ["écru", "marine", "écru", "marine"],
        "cell_price": ["", "", "15", ""],
        "cell_gtin": ["", "", "", ""],
        "cell_reference": ["", "", "", "M-M"],
        "cell_out": ["S|marine"],
    }
    merchant.post(NEW, quick(sizes="S, M", colours="écru, marine, écru", **cells))
    product = Product.objects.get(shop=shop)
    sold = {(v.size, v.colour): v.price for v in product.variants.all()}
    assert sold == {
        ("S", "écru"): Decimal("12.50"),
        ("M", "écru"): Decimal(15),
        ("M", "marine"): Decimal("12.50"),
    }
    grid = merchant.get(f"{LIST}/{product.id}").context["form"].grid()
    assert [(cell.name, cell.out) for cell in grid] == [
        ("S · écru", False), ("S · marine", True), ("M · écru", False), ("M · marine", False)
    ]  # fmt: skip
    wrong = merchant.post(
        NEW, quick(sizes="S", colours="écru", **(cells | {"cell_price": ["douze"] * 4, "cell_out": []}))
    )
    assert "sizes" in wrong.context["form"].errors
    assert "S" in merchant.get("/gestion/articles/grille", {"sizes": "S,M"}).content.decode()


def test_what_is_counted_says_how_many(merchant: Client, shop: Shop) -> None:
    assert "stock" in merchant.post(NEW, quick(availability="counted")).context["form"].errors
    assert merchant.post(NEW, quick(name="Fini", availability="counted", stock="0")).status_code == 303
    assert merchant.post(NEW, quick(name="Seul", availability="counted", is_unique="on")).status_code == 303
    # What is counted already may be saved without counting again.
    product = make.a_product(shop, stock_of=3)
    assert merchant.post(f"{LIST}/{product.id}", edited(product)).status_code == 303
    assert stock.available([make.variant_of(product).id]) == {(make.variant_of(product).id, None): 3}


def test_sizes_are_counted_right_after(merchant: Client, shop: Shop) -> None:
    cells = {name: ["", ""] for name in ("cell_price", "cell_gtin", "cell_reference", "cell_colour")}
    said = quick(name="Pull marin", availability="counted", sizes="S, M", cell_size=["S", "M"], **cells)
    answer = merchant.post(NEW, said | {"publish": ""})
    assert answer["Location"] == "/gestion/stock?q=Pull+marin"
    (counted,) = merchant.get(answer["Location"]).context["standing"]
    assert [cell.words for cell in counted.cells] == ["Pull marin · S", "Pull marin · M"]
    one, two = counted.cells
    numbers = {f"was-{one.name}": "0", f"n-{one.name}": "4", f"was-{two.name}": "0", f"n-{two.name}": "2,5x"}
    wrong = merchant.post(answer["Location"], numbers)
    assert '<details class="fold" open>' in wrong.content.decode()
    assert merchant.post(answer["Location"], numbers | {f"n-{two.name}": "2"}).status_code == 303
    assert '<span class="holds">6</span>' in merchant.get("/gestion/stock").content.decode()
    nothing = merchant.get("/gestion/stock", {"q": "chaussure"}).content.decode()
    assert "Aucun article ne correspond" in nothing


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Shop.Standing.ONLINE, "est en ligne."),
        (Shop.Standing.WAITING, "visible quand l'équipe du marché aura dit oui."),
        (Shop.Standing.DRAFT, "visible quand la boutique sera en ligne."),
    ],
)
def test_what_nobody_sees_yet_is_not_called_online(
    merchant: Client, shop: Shop, standing: str, said: str
) -> None:
    Shop.objects.filter(pk=shop.pk).update(standing=standing)
    created = merchant.post(NEW, quick(publish=""), follow=True)
    assert created.context["notice"]["words"] == f"« Comté 18 mois » {_ready(standing)}{said}"
    page = f"{LIST}/{Product.objects.get(shop=shop).id}"
    merchant.post(f"{page}/retirer")
    again = merchant.post(f"{page}/en-ligne", follow=True)
    assert again.context["notice"]["words"] == created.context["notice"]["words"]


def _ready(standing: str) -> str:
    return "" if standing == Shop.Standing.ONLINE else "est prêt : "


def test_on_sale_and_sold_out_are_both_said(merchant: Client, shop: Shop) -> None:
    product = make.a_product(shop, price=Decimal(4))
    page = merchant.get(LIST).content.decode()
    assert page.count(f'name="soldout-{product.id}"') == 2
    said = {f"shown-{product.id}": "4,00", f"price-{product.id}": "4,00"}
    merchant.post(LIST, said | {f"soldout-{product.id}": "on"})
    assert make.variant_of(product).sold_out
    merchant.post(LIST, said | {f"wassoldout-{product.id}": "1", f"soldout-{product.id}": ""})
    assert not make.variant_of(product).sold_out
    # What is counted says it with its number.
    counted = make.a_product(shop, stock_of=2)
    assert f'name="soldout-{counted.id}"' not in merchant.get(LIST).content.decode()


def test_counting_at_the_first_entry(merchant: Client, shop: Shop) -> None:
    merchant.post(NEW, quick(availability="counted", stock="7"))
    variant = Product.objects.get(shop=shop).variants.get()
    assert stock.available([variant.id]) == {(variant.id, None): Decimal(7)}


def test_published_withdrawn_deleted_and_back(merchant: Client, shop: Shop) -> None:
    product = make.a_product(shop)
    page = f"{LIST}/{product.id}"
    for act, status in [
        ("retirer", "withdrawn"),
        ("en-ligne", "online"),
        ("supprimer", "deleted"),
        ("remettre", "withdrawn"),
    ]:
        assert merchant.post(f"{page}/{act}").status_code == 303
        product.refresh_from_db()
        assert product.status == status
    merchant.post(f"{page}/copier")
    assert Product.objects.filter(shop=shop, status="draft", name=product.name).count() == 1


def test_prices_and_sold_out_of_many_in_one_go(merchant: Client, shop: Shop) -> None:
    one, two, three = (make.a_product(shop, name=f"Article {letter}", price=Decimal(4)) for letter in "abc")
    counted = make.a_product(shop, stock_of=5)
    said = {
        f"shown-{one.id}": "4,00", f"price-{one.id}": "4,80",
        f"shown-{two.id}": "4,00", f"price-{two.id}": "4,00", f"soldout-{two.id}": "on",
        f"shown-{three.id}": "4,00", f"price-{three.id}": "quatre",
        f"shown-{counted.id}": "4,20", f"price-{counted.id}": "4,20", f"counted-{counted.id}": "5", f"count-{counted.id}": "9",
    }  # fmt: skip
    answer = merchant.post(LIST, said)
    assert answer.status_code == 200  # one could not be read: the others are written all the same
    assert make.variant_of(one).price == Decimal("4.80")
    assert make.variant_of(two).sold_out
    assert make.variant_of(three).price == Decimal(4)
    variant = make.variant_of(counted)
    assert stock.available([variant.id])[variant.id, None] == 9
    page = answer.content.decode()
    assert 'value="quatre"' in page
    assert "Écrivez un prix en euros" in page


def test_a_price_changed_meanwhile_is_told_and_not_overwritten(merchant: Client, shop: Shop) -> None:
    product = make.a_product(shop, price=Decimal(5))
    answer = merchant.post(LIST, {f"shown-{product.id}": "4,00", f"price-{product.id}": "4,50"})
    assert "entre-temps" in answer.content.decode()
    assert make.variant_of(product).price == Decimal(5)


def test_list_in_a_constant_number_of_queries(
    merchant: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make.a_product(shop, stock_of=number)
    with django_assert_max_num_queries(14):
        merchant.get(LIST)


def test_search_and_state_of_the_list(merchant: Client, shop: Shop) -> None:
    make.a_product(shop, name="Crème brûlée")
    make.a_product(shop, name="Pain", online=False)
    assert [row.product.name for row in merchant.get(LIST, {"q": "creme"}).context["rows"]] == [
        "Crème brûlée"
    ]
    assert [row.product.name for row in merchant.get(LIST, {"etat": "draft"}).context["rows"]] == ["Pain"]
    assert merchant.get(LIST, {"etat": "n'importe quoi", "page": "x"}).status_code == 200


def test_counting_the_shelf_and_planning_days(merchant: Client, shop: Shop) -> None:
    counted = make.variant_of(make.a_product(shop, stock_of=3))
    daily = make.variant_of(make.a_product(shop, availability=Availability.DAILY, daily_quantity=Decimal(20)))
    day = make.tomorrow()
    said = {
        f"was-{counted.id}": "3", f"n-{counted.id}": "8",
        f"was-{daily.id}-{day}": "20", f"n-{daily.id}-{day}": "40",
    }  # fmt: skip
    assert merchant.post("/gestion/stock", said).status_code == 303
    left = stock.available([counted.id, daily.id], [day])
    assert (left[counted.id, None], left[daily.id, day]) == (8, 40)
    wrong = merchant.post("/gestion/stock", {f"was-{counted.id}": "8", f"n-{counted.id}": "huit"})
    assert "Écrivez un nombre" in wrong.content.decode()


def test_counting_goes_page_by_page_in_a_constant_number_of_queries(
    merchant: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(stock_view, "A_PAGE", {Availability.COUNTED: 2, Availability.DAILY: 1})
    for name in "abc":
        make.a_product(shop, name=name, stock_of=3)
        make.a_product(
            shop, name=f"{name} du jour", availability=Availability.DAILY, daily_quantity=Decimal(2)
        )
    seen = []
    for number in (1, 2, 3, "x", 9):
        with django_assert_max_num_queries(15):
            shown = merchant.get("/gestion/stock", {"page": number}).context
        seen.append([counted.title for counted in [*shown["standing"], *shown["daily"]]])
    assert seen == [["a", "b", "a du jour"], ["c", "b du jour"], ["c du jour"], seen[0], ["c du jour"]]
    searched = merchant.get("/gestion/stock", {"q": "du jour", "page": 2}).context
    assert [counted.title for counted in searched["daily"]] == ["b du jour"]
    last = make.variant_of(shop.products.get(name="c"))
    said = {f"was-{last.id}": "3", f"n-{last.id}": "7"}
    assert merchant.post("/gestion/stock?page=2", said)["Location"] == "/gestion/stock?page=2"
    assert stock.available([last.id]) == {(last.id, None): 7}


def test_photographs_are_ordered_described_and_removed(
    merchant: Client, shop: Shop, a_photo: Any, tmp_path: Path
) -> None:
    product = make.a_product(shop)
    page = f"{LIST}/{product.id}"
    first, second = (pictures.add(product, photo, by=SYSTEM) for photo in (a_photo(), a_photo(300, 200)))
    merchant.post(f"{page}/photos/{second.id}/premiere")
    assert list(product.pictures.all()) == [second, first]
    merchant.post(f"{page}/photos/{second.id}/decrire", {"view": "dos\x00"})
    second.refresh_from_db()
    assert second.alt == f"{product.name}, dos"


@pytest.mark.django_db(transaction=True)
def test_a_removed_photograph_leaves_no_file(a_photo: Any, tmp_path: Path) -> None:
    shop = make.a_shop()
    product, client = make.a_product(shop), Client()
    client.force_login(make.owner_of(shop))
    picture = pictures.add(product, a_photo(), by=SYSTEM)
    assert list((tmp_path / "media" / "pictures" / str(picture.id)).iterdir())
    client.post(f"{LIST}/{product.id}/photos/{picture.id}/retirer")
    assert not (tmp_path / "media" / "pictures" / str(picture.id)).exists()
    assert not list((tmp_path / "originals").iterdir())


def test_what_is_no_photograph_is_said(merchant: Client, shop: Shop, a_photo: Any) -> None:
    wrong = SimpleUploadedFile("photo.jpg", b"<html>no</html>")
    answer = merchant.post(NEW, quick(photos=[a_photo(), wrong]))
    assert "Nous ne savons pas lire cette photo" in answer.content.decode()
    assert not Product.objects.filter(shop=shop).exists()


def test_a_photograph_need_not_be_sent_again(merchant: Client, shop: Shop, a_photo: Any) -> None:
    answer = merchant.post(NEW, quick(price="douze", photos=a_photo()))
    (kept,) = answer.context["kept"]
    assert f"/media/pictures/{kept.id}/480.jpg" in answer.content.decode()
    merchant.post(NEW, quick(kept=str(kept.id), publish=""))
    assert [picture.id for picture in Product.objects.get(shop=shop).pictures.all()] == [kept.id]
    # It belongs to that article now: the form of the next one knows nothing of it, whoever asks.
    merchant.post(NEW, quick(name="Autre", kept=str(kept.id)))
    assert not Product.objects.get(shop=shop, name="Autre").pictures.exists()


@pytest.mark.corpus
def test_hostile_words_break_no_page(merchant: Client, shop: Shop, real_input: Path) -> None:
    words = naughty(real_input)
    kept = ("name", "description", "origin", "maker", "reference")
    read = ("price", "gtin", "content", "sizes", "stock", "delay_days", "category", "kind", "allergens")
    for said in [*typed(words[::4], *kept), *typed(words[1::6], *read)]:
        assert merchant.post(NEW, quick(**said)).status_code in {200, 303}, said
    assert Product.objects.filter(shop=shop).count() > 10
    page = merchant.get(LIST).content.decode()
    assert "<script>alert" not in page
    for product in Product.objects.filter(shop=shop)[:100:10]:
        assert merchant.get(f"{LIST}/{product.id}").status_code == 200
