# SPDX-License-Identifier: AGPL-3.0-or-later
"""A prepared read gives what the plain one gives, for any values, and has its SQL composed once."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

import pytest
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from tests.factories import a_product, a_shop

from halles.domain.catalogue.models import Product, Variant
from halles.domain.shops.models import Closure
from halles.kernel.prepared import among, bring, prepared

pytestmark = pytest.mark.django_db
composed = 0


@prepared
def with_shop(shop: uuid.UUID, since: dt.datetime) -> QuerySet[Product]:
    global composed
    composed += 1
    found = Product.objects.filter(shop=shop, created_at__gte=since).annotate(number=Count("variants"))
    return found.select_related("shop__market", "category").order_by("-created_at")[:2]


@prepared
def some(shops: Iterable[uuid.UUID], words: Iterable[str]) -> QuerySet[Product, tuple[Any, ...]]:
    wanted = Q(among("shop", shops)) | Q(among("name", words))
    return Product.objects.filter(wanted).order_by("name").values_list("id", "name", "vat_rate", "is_unique")


@prepared
def names(shop: uuid.UUID) -> QuerySet[Product, str]:
    return Product.objects.filter(shop=shop).order_by("name").values_list("name", flat=True)


@prepared
def closed_on(day: dt.date) -> QuerySet[Closure, uuid.UUID]:
    closed = Closure.objects.filter(first_day__lte=day, last_day__gte=F("first_day"))
    return closed.values_list("shop_id", flat=True)


def test_records_come_with_what_was_joined_and_counted(django_assert_num_queries: Any) -> None:
    shop, other = a_shop(), a_shop()
    made = [a_product(shop) for _ in range(3)]
    a_product(other)
    long_ago = timezone.now() - dt.timedelta(days=1)
    for asked in (shop, other):
        plain = list(
            Product.objects.filter(shop=asked).annotate(number=Count("variants")).order_by("-created_at")[:2]
        )
        with django_assert_num_queries(1):
            found = with_shop(asked.id, long_ago)
            assert [p.shop.market.name for p in found] == [asked.market.name] * len(found)
            assert all(p.category is None or p.category.name for p in found)
        assert [(p, p.name, p.vat_rate, p.created_at) for p in found] == [
            (p, p.name, p.vat_rate, p.created_at) for p in plain
        ]
        assert [p.number for p in found] == [p.number for p in plain]  # type: ignore[attr-defined]
    assert with_shop(shop.id, timezone.now() + dt.timedelta(hours=1)) == []
    found[0].name = "changed"
    found[0].save()
    assert Product.objects.get(pk=found[0].pk).name == "changed"
    assert len(made) == 3


def test_its_sql_is_composed_once_for_a_connection() -> None:
    shop = a_shop()
    with_shop(shop.id, timezone.now())
    before = composed
    for _ in range(5):
        with_shop(uuid.uuid4(), timezone.now())
    assert composed == before


@pytest.mark.parametrize("number", [0, 1, 3, 40])
def test_a_list_of_any_length_is_one_statement(number: int, django_assert_num_queries: Any) -> None:
    shop, other = a_shop(), a_shop()
    a_product(shop), a_product(other), a_product(a_shop())
    ids = [shop.id, *(uuid.uuid4() for _ in range(number))][:number]
    words = [*names(other.id), 'it\'s "quoted"', "[], é%s"]
    plain = Product.objects.filter(Q(shop__in=ids) | Q(name__in=words)).order_by("name")
    with django_assert_num_queries(1):
        found = some(ids, words)
    assert found == list(plain.values_list("id", "name", "vat_rate", "is_unique"))


def test_days_are_compared_as_days() -> None:
    shop, today = a_shop(), dt.date(2026, 8, 3)
    Closure.objects.create(shop=shop, first_day=today, last_day=today)
    assert closed_on(today) == [shop.id]
    assert closed_on(today - dt.timedelta(days=1)) == []


def test_what_is_brought_is_not_asked_again(django_assert_num_queries: Any) -> None:
    product, other = a_product(), a_product()
    bring(product, "variants", [variant := product.variants.all()[0]])
    with django_assert_num_queries(0):
        assert list(product.variants.all()) == [variant]
    assert not product.variants.filter(pk=other.variants.all()[0].pk).exists()  # still its own
    assert Variant.objects.count() == 2


def test_what_cannot_be_given_is_refused() -> None:
    with pytest.raises(TypeError):
        names(3.5)  # type: ignore[arg-type]
