# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Publier »: four blocks, three pictures and a link, of what is online."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests import factories as make

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import pictures
from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Product
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.doors.backoffice import post
from halles.doors.backoffice.post import Facts, Line, week
from halles.doors.ui.posters import draw
from halles.kernel.actor import SYSTEM

NINE, NOON, TWO, SEVEN = dt.time(9), dt.time(12, 30), dt.time(14), dt.time(19)
WORKDAYS = [(day, *hours) for day in range(1, 5) for hours in ((NINE, NOON), (TWO, SEVEN))]
ALL = Facts(
    shop="Le Bocal",
    lines=[Line("Comté 18 mois", "24,90 € le kilo"), Line("Miel", "8,50 € (soit 34,00 € le kg)")],
    warning="",
    takes_orders=True,
    is_closed=False,
    is_shut=False,
    places=[
        ("", [*WORKDAYS, (5, NINE, SEVEN)]),
        ("Marché Notre-Dame", [(5, NINE, NOON)]),
        ("Sans horaires", []),
    ],
    phone="05 36 49 12 34",
    address="12 rue de la Halle, Poitiers",
    link="https://halles.example/boutiques/le-bocal",
)
WHOLE = """Le Bocal vous propose\u00a0:
– Comté 18 mois, 24,90 € le kilo
– Miel, 8,50 € (soit 34,00 € le kg)

Paiement\u00a0:
Vous réservez en ligne sans rien avancer, vous payez à la boutique.

Retrait\u00a0:
À la boutique, du mardi au vendredi 9\u00a0h\u00a0– 12\u00a0h\u00a030 et 14\u00a0h\u00a0– 19\u00a0h, samedi 9\u00a0h\u00a0– 19\u00a0h
Marché Notre-Dame, samedi 9\u00a0h\u00a0– 12\u00a0h\u00a030

Contact\u00a0:
05 36 49 12 34
12 rue de la Halle, Poitiers
https://halles.example/boutiques/le-bocal"""


def changed(**facts: Any) -> Facts:
    return Facts(**({name: getattr(ALL, name) for name in Facts.__slots__} | facts))


def titles(words: str) -> list[str]:
    """What each block is about, by its first line."""
    return [block.split("\n")[0].rstrip("\u00a0:") for block in words.split("\n\n")]


def test_the_whole_of_a_post() -> None:
    assert post.text(ALL) == WHOLE


def test_four_blocks_whatever_is_missing() -> None:
    usual = ["Le Bocal vous propose", "Paiement", "Retrait", "Contact"]
    for facts, said in (
        (changed(phone=""), "Contact\u00a0:\n12 rue"),
        (changed(phone="", address=""), "Contact\u00a0:\nhttps"),
        (changed(places=[]), "À la boutique, horaires à demander"),
        (changed(takes_orders=False), "Paiement\u00a0:\nÀ la boutique."),
        (changed(is_closed=True), "La boutique est fermée pour l'instant."),
        (
            changed(is_shut=True),
            "Fermé au public, les commandes se retirent comme d'habitude\nÀ la boutique, du mardi",
        ),
        (changed(warning="L'abus d'alcool est dangereux."), "le kg)\nL'abus d'alcool"),
        (changed(lines=[Line("Surprise", "")]), "– Surprise\n"),
    ):
        words = post.text(facts)
        assert titles(words) == usual and said in words, words
    crowded = post.text(
        changed(link="https://" + "l" * 180, lines=[Line("M" * 90, "1 999,90 € le mètre")] * 4)
    )
    assert "À la boutique, aux heures d'ouverture" in crowded
    empty = post.text(changed(lines=[]))
    assert titles(empty) == ["Articles", *usual[1:]] and "chez Le Bocal" in empty


@given(
    name=st.text(min_size=1, max_size=80),
    goods=st.lists(st.text(min_size=1, max_size=120), max_size=4),
    stalls=st.integers(0, 4),
    warning=st.booleans(),
)
def test_a_post_fits_everywhere_and_keeps_its_link(
    name: str, goods: list[str], stalls: int, warning: bool
) -> None:
    facts = changed(
        shop="W" * len(name),
        lines=[Line("M" * len(good), "dès 1 999,90 € le mètre (soit 1 999,90 € le litre)") for good in goods],
        places=[("S" * 80, WORKDAYS)] * stalls,
        address="A" * 240,
        link="https://" + "l" * 180,
        warning="L'abus d'alcool est dangereux pour la santé, à consommer avec modération."
        if warning and goods
        else "",
    )
    words = post.text(facts)
    assert len(words) <= post.LONGEST and len(titles(words)) == 4
    assert words.endswith(facts.link) and facts.warning in words


def test_hours_in_short_words() -> None:
    every = [(day, NINE, SEVEN) for day in range(7)]
    assert week(every) == "tous les jours 9\u00a0h\u00a0– 19\u00a0h"
    assert week(every[:2]).startswith("lundi et mardi 9")
    assert week([every[0], every[2]]) == "lundi 9\u00a0h\u00a0– 19\u00a0h, mercredi 9\u00a0h\u00a0– 19\u00a0h"
    assert week([every[0], (1, NINE, NOON), every[2]]).count(", ") == 2
    assert week([]) == ""


@pytest.fixture
def goods(shop: Shop) -> list[Product]:
    kilo = make.a_product(shop, name="Comté 18 mois", price=Decimal("24.90"), unit="kg")
    honey = make.a_product(
        shop,
        name="Miel",
        price=Decimal("8.50"),
        variants=[VariantFacts(content=Decimal(250), content_unit="g")],
    )
    return [kilo, honey]


def text_of(merchant: Client, query: str = "") -> str:
    page = merchant.get(f"/gestion/publier{query}").content.decode()
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found, page
    return unescape(found[1])


def test_the_newest_are_proposed_and_others_can_be_chosen(
    merchant: Client, shop: Shop, goods: list[Product]
) -> None:
    kilo, honey = goods
    draft = make.a_product(shop, name="Brouillon", online=False)
    theirs = make.a_product(make.a_shop(shop.market), name="Celui du voisin")
    words = text_of(merchant)
    assert "Miel, 8,50\u202f€ (soit 34,00\u202f€ le kg)\n– Comté 18 mois, 24,90\u202f€ le kilo" in words
    assert words.endswith(f"/boutiques/{shop.slug}")
    one = text_of(merchant, f"?article={kilo.id}")
    assert "Comté" in one and "Miel" not in one and one.endswith(f"/boutiques/{shop.slug}/{kilo.slug}")
    for query in ("?choix=1", f"?article={draft.id}", f"?article={theirs.id}", "?article=%00&article=x"):
        none = text_of(merchant, query)
        assert "Venez voir" in none and "Brouillon" not in none and "voisin" not in none, query
    for number in range(5):
        make.a_product(shop, name=f"Pain {number}")
    every = "&".join(f"article={product.id}" for product in Product.objects.filter(shop=shop))
    page = merchant.get(f"/gestion/publier?{every}").content.decode()
    assert page.count(" checked>") == 4 and "Quatre articles au plus" in page
    found = merchant.get("/gestion/publier?q=miel").content.decode()
    assert "Miel" in found and str(honey.id) in found


def test_as_many_queries_for_many_articles(merchant: Client, shop: Shop, goods: list[Product]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert merchant.get("/gestion/publier").status_code == 200
        return len(asked)

    queries()  # the session is kept
    few = queries()
    for _ in range(8):
        make.a_product(shop)
    assert queries() == few <= 15


def test_the_pictures_of_a_post(
    merchant: Client, shop: Shop, goods: list[Product], a_photo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures.add(goods[0], a_photo(), by=SYSTEM)
    page = merchant.get(f"/gestion/publier?article={goods[0].id}").content.decode()
    images = [unescape(address) for address in re.findall(r'<img src="(/gestion/publier/[^"]+)"', page)]
    assert len(images) == 3 and page.count(" download>") == 3
    answer = merchant.get(images[0])
    assert Image.open(BytesIO(answer.content)).size == (1080, 1080)
    assert f'filename="{shop.slug}-carre.jpg"' in answer["Content-Disposition"]
    drawn: list[Any] = []
    monkeypatch.setattr(draw, "pdf", lambda poster, shape: drawn.append((poster, shape)) or b"%PDF")
    to_print = re.search(r'href="(/gestion/publier/affiche.pdf[^"]+)"', page)
    assert to_print
    answer = merchant.get(unescape(to_print[1]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    poster, _shape = drawn[0]
    assert poster.url.endswith(goods[0].slug) and poster.goods[0].price == "24,90\u202f€"
    assert poster.goods[0].photo == pictures.original_of(goods[0].pictures.get())
    assert merchant.get("/gestion/publier/partage.jpg").status_code == 404
    assert merchant.get("/gestion/publier/x%00.jpg").status_code == 404


def test_hostile_choices_are_no_trouble(merchant: Client, shop: Shop) -> None:
    for query in (
        "?q=%00%ED%A0%80" + "x" * 3000,
        "?article=" + "a" * 5000,
        "?" + "article=x&" * 500,
        "?choix=%E2%80%AE",
    ):
        assert merchant.get(f"/gestion/publier{query}").status_code == 200


def test_a_shop_that_is_not_online_has_nothing_to_publish_yet(merchant: Client, shop: Shop) -> None:
    shops.suspend(shop, by=SYSTEM)
    page = merchant.get("/gestion/publier").content.decode()
    assert "pas encore en ligne" in page and "<textarea" not in page
    assert merchant.get("/gestion/publier/carre.jpg").status_code == 404


def test_the_way_to_it(merchant: Client, shop: Shop, goods: list[Product]) -> None:
    link = f"/gestion/publier?article={goods[0].id}"
    assert "/gestion/publier" in merchant.get("/gestion/plus").content.decode()
    assert link in merchant.get(f"/gestion/articles/{goods[0].id}").content.decode()
    catalogue.set_status(goods[0], Product.Status.WITHDRAWN, by=SYSTEM)
    assert link not in merchant.get(f"/gestion/articles/{goods[0].id}").content.decode()
    told = merchant.post(f"/gestion/articles/{goods[0].id}/en-ligne", follow=True).content.decode()
    assert link in told
    assert link not in merchant.post(f"/gestion/articles/{goods[0].id}/retirer", follow=True).content.decode()
