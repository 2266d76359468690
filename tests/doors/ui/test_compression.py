# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is for one person's eyes travels as small as what is for everybody's."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import a_basket, a_shop, a_variant, owner_of

pytestmark = pytest.mark.django_db
SMALL = {"Accept-Encoding": "gzip"}


def test_a_signed_in_page_and_a_basket_are_compressed_for_whoever_wants_it() -> None:
    variant = a_variant(a_shop())
    client = Client(headers=SMALL)
    client.force_login(owner_of(variant.product.shop))
    client.cookies["panier"] = a_basket(variant).secret
    for address in (reverse("backoffice:today"), reverse("storefront:basket")):
        answer = client.get(address)
        assert answer.headers["Content-Encoding"] == "gzip", address
        whole = gzip.decompress(answer.content)
        assert b"</html>" in whole
        assert len(answer.content) < len(whole) / 2
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "identity"}).headers


def test_the_same_page_has_another_length_each_time() -> None:
    client = Client(headers=SMALL)
    client.force_login(owner_of(a_shop()))
    lengths = {len(client.get(reverse("backoffice:more")).content) for _ in range(20)}
    assert len(lengths) > 5


def test_pages_for_everybody_and_files_are_not_compressed_twice() -> None:
    shop = a_shop()
    client = Client(headers=SMALL)
    page = client.get(reverse("storefront:shop", args=[shop.slug]))
    assert gzip.decompress(page.content).count(b"</html>") == 1
    assert "Cookie" not in page.headers["Vary"]
    client.force_login(owner_of(shop))
    archive = client.get(reverse("backoffice:export", args=["halles"]))
    assert "Content-Encoding" not in archive.headers
