# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file of articles goes in, the same file changes nothing, a mistake is taken back, a killed process goes on."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from tests.factories import a_category, a_product, a_shop, an_order, variant_of

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Availability, Price, Product
from halles.domain.catalogue.search import find
from halles.domain.imports import reads, trouble
from halles.domain.imports.actions import ask, undo, work
from halles.domain.imports.drafts import Choices
from halles.domain.imports.models import Import
from halles.domain.journal.models import JournalEntry
from halles.domain.shops.models import Shop
from halles.domain.stock import actions as stock
from halles.domain.stock.reads import available, broken_levels
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

pytestmark = pytest.mark.django_db

HEADER = "Référence;Désignation;Prix TTC;Stock;Catégorie;Description"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


def a_file(*rows: str, header: str = HEADER) -> io.BytesIO:
    return io.BytesIO("\n".join([header, *rows]).encode("utf-8-sig"))


def looked(shop: Shop, file: io.BytesIO, choices: Choices | None = None) -> Import:
    import_ = ask.hand_over(shop, file, "articles.csv", choices or Choices(online=True), by=SYSTEM)
    ask.look(import_)
    return import_


def done(shop: Shop, file: io.BytesIO, choices: Choices | None = None) -> Import:
    import_ = looked(shop, file, choices)
    ask.start(import_, by=SYSTEM)
    assert not work.go_on(import_, seconds=1000)
    return import_


def counts(import_: Import) -> tuple[int, int, int, int]:
    return import_.created, import_.changed, import_.unchanged, import_.refused


def names(shop: Shop, status: str = Product.Status.ONLINE) -> Sequence[str]:
    return list(Product.objects.filter(shop=shop, status=status).values_list("name", flat=True))


def test_what_can_be_read_goes_in_and_the_rest_is_handed_back_with_its_reason() -> None:
    shop = a_shop()
    honey = a_category(shop.market, name="Miels")
    rows = [f"R{n};Miel {n};{n},50;{n};Épicerie > miels;Du rucher" for n in range(1, 151)]
    rows[9], rows[100] = "R10;Miel 10;gratuit;1;;", "R101;;4;1;;"
    import_ = done(shop, a_file(*rows))
    assert counts(import_) == (148, 0, 0, 2)
    refused = {where.number: code for where, code, _params in trouble.told(import_, "refused")}
    assert refused == {11: "imports.price_wrong", 102: "imports.name_missing"}
    product = Product.objects.get(shop=shop, name="Miel 3")
    variant = variant_of(product)
    assert (product.category, product.availability, product.slug) == (honey, Availability.COUNTED, "miel-3")
    assert (variant.price, variant.reference) == (Decimal("3.50"), "R3")
    assert Price.objects.filter(variant=variant).count() == 1
    assert available([variant.id]) == {(variant.id, None): Decimal(3)}
    assert product.id in find(shop.market, "miel 3").ids
    assert not broken_levels()


def test_the_look_says_what_would_happen_and_does_nothing() -> None:
    shop = a_shop()
    import_ = looked(shop, a_file("R1;Miel;4;;;", "R2;Pain;rien;;;"))
    assert import_.state == "looked"
    assert import_.found["counts"] == {"created": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert names(shop) == []
    with pytest.raises(Refused, match=r"imports\.not_now"):
        undo.undo(import_, by=SYSTEM)


def test_the_same_file_twice_changes_nothing_even_after_a_rename_here() -> None:
    shop = a_shop()
    rows = ["R1;Miel;4;5;;", "R2;Pain;2;;;", ";Sans référence;1;;;"]
    done(shop, a_file(*rows))
    product = Product.objects.get(shop=shop, name="Miel")
    facts = catalogue.facts_of(product)
    catalogue.change(
        product, catalogue.ProductFacts(**{**as_dict(facts), "name": "Miel du rucher"}), by=SYSTEM
    )
    stock.count(variant_of(product), Decimal(2), by=SYSTEM)
    before = Price.objects.count()
    again = done(shop, a_file(*rows))
    assert counts(again) == (0, 0, 3, 0)
    assert set(names(shop)) == {"Miel du rucher", "Pain", "Sans référence"}
    assert available([variant_of(product).id]) == {(variant_of(product).id, None): Decimal(2)}
    assert Price.objects.count() == before


def as_dict(facts: catalogue.ProductFacts) -> dict[str, Any]:
    return {name: getattr(facts, name) for name in facts.__slots__}


def test_only_what_is_new_in_the_file_changes_what_stands_here() -> None:
    shop = a_shop()
    done(shop, a_file("R1;Miel;4;5;;Doux"))
    product = Product.objects.get(shop=shop)
    variant = variant_of(product)
    catalogue.set_price(variant, Decimal("4.80"), by=SYSTEM)  # here, since then
    import_ = done(shop, a_file("R1;Miel;4;5;;Très doux"))
    assert counts(import_) == (0, 1, 0, 0)
    product.refresh_from_db()
    variant.refresh_from_db()
    assert (product.description, variant.price) == ("Très doux", Decimal("4.80"))
    import_ = done(shop, a_file("R1;Miel de forêt;5,20;8;;Très doux"))
    variant.refresh_from_db()
    assert (names(shop), variant.price) == (["Miel de forêt"], Decimal("5.20"))
    assert available([variant.id]) == {(variant.id, None): Decimal(8)}


def test_an_article_that_stands_here_is_found_by_its_reference_and_never_in_another_shop() -> None:
    shop, other = a_shop(), a_shop()
    for one in (shop, other):
        a_product(one, name="Miel", variants=[catalogue.VariantFacts(reference="R1")], price=Decimal(3))
    import_ = done(shop, a_file("R1;Miel;4;;;"))
    assert counts(import_) == (0, 1, 0, 0)
    assert variant_of(Product.objects.get(shop=other)).price == Decimal(3)
    assert variant_of(Product.objects.get(shop=shop)).price == Decimal(4)


def test_a_killed_import_goes_on_where_its_last_batch_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 10)
    shop = a_shop()
    rows = [f"R{n};Miel {n};{n};1;;" for n in range(1, 36)]
    import_ = looked(shop, a_file(*rows))
    ask.start(import_, by=SYSTEM)
    batches = []

    def killed_in_the_third(*given: Any) -> None:
        batches.append(given)
        if len(batches) == 3:
            raise MemoryError
        remember(*given)

    remember = work._remember
    with monkeypatch.context() as patched, pytest.raises(MemoryError):
        patched.setattr(work, "_remember", killed_in_the_third)
        work.go_on(import_, seconds=1000)
    fresh = Import.objects.select_related("shop__market").get(pk=import_.pk)
    assert (fresh.position, len(names(shop))) == (20, 20)
    assert not work.go_on(fresh, seconds=1000)
    assert counts(fresh) == (35, 0, 0, 0)
    assert len(names(shop)) == 35
    assert not broken_levels()


def test_two_workers_never_write_the_same_batch() -> None:
    shop = a_shop()
    import_ = looked(shop, a_file(*(f"R{n};Miel {n};{n};;;" for n in range(1, 21))))
    ask.start(import_, by=SYSTEM)
    late = Import.objects.select_related("shop__market").get(pk=import_.pk)
    assert not work.go_on(import_, seconds=1000)
    work.go_on(late, seconds=1000)
    assert Import.objects.get(pk=import_.pk).created == 20
    assert len(names(shop)) == 20


@pytest.mark.parametrize("apart", [0, 10])
def test_two_rows_that_lead_to_one_article_stop_nothing(apart: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 10)
    monkeypatch.setattr(ask, "BATCH", 10)
    shop = a_shop()
    code, spread = "3017620422003", [f"R{n};Miel {n};{n};;;;" for n in range(1, apart + 1)]
    said = catalogue.VariantFacts(reference="R0", gtin=code)
    bread = a_product(shop, name="Pain", variants=[said], price=Decimal(2))
    rows = ["R0;Pain;3;;;;", *spread, f";Pain au levain;4;;;;{code}"]
    import_ = done(shop, a_file(*rows, header=f"{HEADER};Code-barres"))
    assert (import_.state, import_.created) == ("done", apart)
    assert (import_.changed, import_.refused) == ((2, 0) if apart else (1, 1))
    undo.undo(import_, by=SYSTEM)
    assert (names(shop), variant_of(bread).price) == (["Pain"], Decimal(2))


def test_an_import_is_undone_as_a_whole() -> None:
    shop = a_shop()
    a_product(shop, name="Pain", variants=[catalogue.VariantFacts(reference="R2")], price=Decimal(2))
    import_ = done(shop, a_file("R1;Miel;4;5;;", "R2;Pain;3;;;Frais"))
    assert counts(import_) == (1, 1, 0, 0)
    undo.undo(import_, by=SYSTEM)
    bread = Product.objects.get(shop=shop, name="Pain")
    assert names(shop) == ["Pain"]
    assert (variant_of(bread).price, bread.description) == (Decimal(2), "")
    assert JournalEntry.objects.filter(act="imports.undone", shop_id=shop.id).exists()
    assert counts(done(shop, a_file("R1;Miel;4;5;;", "R2;Pain;3;;;Frais")))[:2] == (1, 1)


@pytest.mark.parametrize("touch", ["price", "order"])
def test_what_somebody_touched_stays_and_the_others_go_back(touch: str) -> None:
    shop = a_shop()
    import_ = done(shop, a_file("R1;Miel;4;;;", "R2;Pain;3;;;"))
    variant = variant_of(Product.objects.get(shop=shop, name="Miel"))
    if touch == "price":
        catalogue.set_price(variant, Decimal("4.10"), by=SYSTEM)
    else:
        an_order(variant)
    undo.undo(import_, by=SYSTEM)
    assert (names(shop), names(shop, Product.Status.DELETED)) == (["Miel"], ["Pain"])
    assert [row.product.name for row in reads.kept_of(import_)] == ["Miel"]
    with pytest.raises(Refused, match=r"imports\.not_now"):
        undo.undo(import_, by=SYSTEM)
    again = done(shop, a_file("R1;Miel;4;;;", "R2;Pain;3;;;"))
    assert counts(again) == (1, 0, 1, 0)


def test_a_large_import_is_undone_behind_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undo, "FEW", 10)
    shop = a_shop()
    import_ = done(shop, a_file(*(f"R{n};Miel {n};{n};;;" for n in range(1, 121))))
    undo.undo(import_, by=SYSTEM)
    assert (import_.state, len(names(shop))) == ("undoing", 120)
    assert undo.go_on(import_, seconds=0)  # killed after the first batch
    assert (len(names(shop)), reads.undone_so_far(import_)) == (20, (100, 120))
    assert not undo.go_on(import_, seconds=1000)
    assert not undo.go_on(import_, seconds=1000)  # repeated
    assert (names(shop), Import.objects.get(pk=import_.pk).state) == ([], "undone")
    asked = [row.args_kwargs["kwargs"]["event"] for row in DBTaskResult.objects.all()]
    assert asked.count("imports.undoing") == 1


def test_what_cannot_be_read_at_all_says_why() -> None:
    import_ = looked(a_shop(), io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(200)))
    assert (import_.state, import_.problem) == ("failed", "imports.not_a_table")
    import_ = looked(a_shop(), a_file("1;2", "3;4", header="a;b"))
    assert (import_.state, import_.problem) == ("failed", "imports.not_recognised")


def test_a_batch_is_written_in_as_many_queries_whatever_its_size(django_assert_max_num_queries: Any) -> None:
    shop = a_shop()
    small = looked(shop, a_file(*(f"A{n};Pot {n};{n};1;;" for n in range(1, 6))))
    large = looked(shop, a_file(*(f"B{n};Bol {n};{n};1;;" for n in range(1, 101))))
    for import_ in (small, large):
        ask.start(import_, by=SYSTEM)
        with django_assert_max_num_queries(55):
            work.go_on(import_, seconds=1000)


def test_an_import_that_puts_an_article_online_is_undone_to_a_draft() -> None:
    shop = a_shop()
    product = a_product(
        shop, name="Pain", variants=[catalogue.VariantFacts(reference="R2")], price=Decimal(2), online=False
    )
    header = "Référence;Désignation;Prix TTC;En ligne"
    import_ = done(shop, a_file("R2;Pain;2;oui", header=header))
    product.refresh_from_db()
    assert product.status == Product.Status.ONLINE
    undo.undo(import_, by=SYSTEM)
    product.refresh_from_db()
    assert product.status == Product.Status.DRAFT
