# SPDX-License-Identifier: AGPL-3.0-or-later
"""One can be told all that the house holds on a person."""

import pytest
from django.apps import apps
from tests.factories import a_basket, a_shop, a_variant, owner_of, place_order

from halles.kernel.personal import Person, nouns, personal_data

pytestmark = pytest.mark.django_db


def test_a_customer_is_told_what_is_held_and_why() -> None:
    place_order(a_basket(a_variant()), email="cliente@example.org", phone="05 36 49 12 34")
    place_order(a_basket(a_variant()), email="autre@example.org")
    held = personal_data(Person(email="cliente@example.org"))
    assert [row["phone"] for row in held["customers"][0].rows] == ["+33536491234"]
    assert len(held["orders"][0].rows) == 1
    assert all(holding.kept for holdings in held.values() for holding in holdings)


def test_a_merchant_is_told_where_he_works_and_what_he_did() -> None:
    shop = a_shop()
    held = personal_data(Person(email=owner_of(shop).email))
    assert held["shops"][0].rows == [{"shop": shop.name, "role": "owner"}]
    assert "shops.opened" in {row["act"] for row in held["people"][1].rows}


def test_every_noun_with_contacts_of_people_answers_for_them() -> None:
    with_contacts = {
        model._meta.app_label
        for model in apps.get_models()
        if model.__module__.startswith("halles.")
        and {"email", "phone"} & {f.name for f in model._meta.get_fields()}
    }
    assert with_contacts <= nouns()
