# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop's own pages: from opening it to its first lawful order, hours, team, journal, ladder."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import factories as make
from tests.naughty import naughty, typed

from halles.domain.shops.models import Invitation, Market, Shop, Staff

CARD = {
    "name": "Le Bocal", "trade": "epicerie", "tagline": "", "description": "", "colour": "#8f2f1f", "colour_light": "#f6e7dc",
    "phone": "05 49 12 34 56", "email": "bocal@example.org", "address": "3 place du Marché", "postal_code": "86000", "city": "Poitiers",
}  # fmt: skip
IDENTITY = {
    "legal_name": "Le Bocal SARL",
    "siret": make.SIRET,
    "vat_regime": "real",
    "vat_number": "",
    "mediator": "Médiateur",
}
SELLING = {"takes_orders": "on", "preparation_minutes": "60", "trusted_up_to": "60", "hold_hours": "24"}
WEEK = {"d0o1": "09:00", "d0c1": "12:30", "d0o2": "14:30", "d0c2": "19:00", "d6o1": "9:00", "d6c1": "12:30"}


def test_from_opening_to_the_first_lawful_order(db: None) -> None:
    market = make.a_market()
    Market.objects.exclude(pk=market.pk).delete()
    account, client = make.an_account(), Client()
    client.force_login(account)
    assert client.get("/gestion/")["Location"] == "/gestion/ouvrir"
    said = {"name": "Le Bocal", "trade": "epicerie", "postal_code": "86000"}
    assert (
        "postal_code" in client.post("/gestion/ouvrir", said | {"postal_code": "86"}).context["form"].errors
    )
    client.post("/gestion/ouvrir", said)
    shop = Shop.objects.get(staff__account=account)
    assert shop.standing == Shop.Standing.DRAFT
    wants = client.post("/gestion/commandes/reglages", SELLING)
    assert "il manque encore" in wants.content.decode()
    assert "/gestion/identite" in wants.content.decode()
    for address, said in [
        ("boutique", CARD),
        ("identite", IDENTITY),
        ("horaires", WEEK),
        ("commandes/reglages", SELLING),
    ]:
        assert client.post(f"/gestion/{address}", said).status_code == 303, address
    client.post("/gestion/boutique/publier")
    shop.refresh_from_db()
    assert (shop.takes_orders, shop.standing, shop.phone) == (True, Shop.Standing.WAITING, "+33549123456")
    rungs = client.get("/gestion/echelle").context["rungs"]
    assert [rung.state for rung in rungs] == ["here", "next", "done"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "12"),
        ("email", "à"),
        ("postal_code", "99999"),
        ("name", " "),
        ("colour", "red"),
        ("colour_light", "#8f2f20"),
    ],
)
def test_a_wrong_card_is_said_where_it_was_typed(merchant: Client, field: str, typed: str) -> None:
    answer = merchant.post("/gestion/boutique", CARD | {"tagline": "Je reste", field: typed})
    assert answer.context["form"].errors.keys() == {field}
    assert "Je reste" in answer.content.decode()
    assert answer.context["shop"].name.startswith("Boutique")  # the page is still headed by what is kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("siret", "123"),
        ("siret", "00012345600004"),
        ("vat_regime", ""),
        ("legal_name", " "),
        ("vat_number", "FR 12"),
    ],
)
def test_a_wrong_identity_is_said_where_it_was_typed(merchant: Client, field: str, typed: str) -> None:
    answer = merchant.post("/gestion/identite", IDENTITY | {field: typed})
    assert answer.context["form"].errors.keys() == {field}


def test_all_that_is_wrong_is_said_at_once(merchant: Client) -> None:
    wrong = {"legal_name": " ", "siret": "123", "vat_regime": "", "vat_number": "FR 12", "mediator": ""}
    answer = merchant.post("/gestion/identite", wrong)
    assert answer.context["form"].errors.keys() == {"legal_name", "siret", "vat_regime", "vat_number"}


def test_what_the_law_wants_is_not_called_optional_and_may_be_said_later(
    merchant: Client, shop: Shop
) -> None:
    assert merchant.get("/gestion/identite").content.decode().count("facultatif") == 1  # the VAT number
    merchant.post("/gestion/identite", IDENTITY | {"mediator": "", "siret": ""})
    shop.refresh_from_db()
    assert (shop.legal_name, shop.siret, shop.mediator) == ("Le Bocal SARL", "", "")


def test_a_week_with_a_midday_break(merchant: Client, shop: Shop) -> None:
    merchant.post("/gestion/horaires", WEEK)
    periods = [(p.weekday, p.opens, p.closes) for p in shop.places.get().periods.all()]
    assert periods == [
        (0, dt.time(9), dt.time(12, 30)), (0, dt.time(14, 30), dt.time(19)), (6, dt.time(9), dt.time(12, 30))
    ]  # fmt: skip
    week = merchant.get("/gestion/horaires").context["week"]
    assert week[0].typed == {"o1": "09:00", "c1": "12:30", "o2": "14:30", "c2": "19:00"}


def test_a_day_is_copied_on_those_that_are_empty(merchant: Client, shop: Shop) -> None:
    answer = merchant.post("/gestion/horaires", WEEK | {"copy": "0", "d2o1": "08:00", "d2c1": "12:00"})
    week = answer.context["week"]
    assert week[1].typed == week[0].typed
    assert (week[2].typed["o1"], week[6].typed["o1"]) == ("08:00", "9:00")
    assert shop.places.get().periods.count() == 7  # nothing is kept yet


def test_a_week_of_openstreetmap_fills_the_page_and_keeps_nothing_yet(merchant: Client, shop: Shop) -> None:
    pasted = {"osm": "Tu-Sa 09:00-12:30,14:30-19:00; PH off", "lire": "1"}
    answer = merchant.post("/gestion/horaires", WEEK | pasted)
    week = answer.context["week"]
    assert week[0].typed == {}
    assert week[1].typed == {"o1": "09:00", "c1": "12:30", "o2": "14:30", "c2": "19:00"}
    assert "Regardez, puis enregistrez" in answer.content.decode()
    assert shop.places.get().periods.count() == 7
    refused = merchant.post("/gestion/horaires", WEEK | {"osm": "tous les jours", "lire": "1"})
    assert "Nous ne savons pas lire ceci" in refused.content.decode()
    assert "tous les jours</textarea>" in refused.content.decode()
    assert refused.context["week"][0].typed["o2"] == WEEK["d0o2"]  # what was typed stays


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"d1o1": "12:00", "d1c1": "09:00"}, "Mardi : la fermeture"),
        ({"d1o1": "09:00", "d1c1": "12:00", "d1o2": "11:00", "d1c2": "18:00"}, "se chevauchent"),
        ({"d1o1": "9 heures", "d1c1": "?"}, "Écrivez l'ouverture"),
        ({"d1o1": "09:00"}, "Écrivez l'ouverture"),
    ],
)
def test_hours_that_cannot_be_kept(merchant: Client, shop: Shop, typed: dict[str, str], words: str) -> None:
    answer = merchant.post("/gestion/horaires", WEEK | typed)
    assert words in answer.context["week"][1].error
    assert answer.context["week"][0].typed["o1"] == "09:00"
    assert shop.places.get().periods.count() == 7


def test_conges_a_stall_and_holidays(merchant: Client, shop: Shop) -> None:
    first = timezone.localdate() + dt.timedelta(days=10)
    wrong = merchant.post(
        "/gestion/horaires/conges", {"first_day": first, "last_day": first - dt.timedelta(days=1)}
    )
    assert "Le dernier jour" in wrong.content.decode()
    merchant.post("/gestion/horaires/conges", {"first_day": first, "last_day": first, "reason": "Inventaire"})
    closure = shop.closures.get()
    assert "Inventaire" in merchant.get("/gestion/horaires").content.decode()
    merchant.post(f"/gestion/horaires/conges/{closure.id}/annuler")
    assert not shop.closures.exists()
    merchant.post("/gestion/horaires/lieux", {"name": "Marché", "postal_code": "86000"})
    stall = shop.places.get(kind="stall")
    merchant.post(f"/gestion/horaires/lieux/{stall.id}", {"d5o1": "08:00", "d5c1": "12:30"})
    assert stall.periods.count() == 1
    merchant.post(f"/gestion/horaires/lieux/{stall.id}/retirer")
    assert shop.places.count() == 1
    counter = shop.places.get()
    assert (
        "reste à la boutique"
        in merchant.post(f"/gestion/horaires/lieux/{counter.id}/retirer", follow=True).content.decode()
    )
    merchant.post("/gestion/horaires/feries", {"closed": "on"})
    shop.refresh_from_db()
    assert shop.closed_on_holidays


def test_the_doors_in_one_tap(merchant: Client, shop: Shop) -> None:
    merchant.post("/gestion/boutique/portes", {"doors": "collection_only"})
    shop.refresh_from_db()
    assert shop.doors == Shop.Doors.COLLECTION_ONLY
    assert (
        "Choisissez"
        in merchant.post("/gestion/boutique/portes", {"doors": "x"}, follow=True).content.decode()
    )


def test_an_invitation(merchant: Client, shop: Shop) -> None:
    assert (
        "email" in merchant.post("/gestion/equipe", {"email": "non", "role": "seller"}).context["form"].errors
    )
    wrong = {"email": "a@example.org", "role": "emperor"}
    assert "role" in merchant.post("/gestion/equipe", wrong).context["form"].errors
    merchant.post("/gestion/equipe", {"email": "Renfort@Example.org", "role": "helper"})
    invited = Invitation.objects.get(shop=shop)
    assert (invited.email, invited.role) == ("renfort@example.org", Staff.Role.HELPER)
    assert "renfort@example.org" in merchant.get("/gestion/equipe").content.decode()
    merchant.post("/gestion/equipe", {"email": "associee@example.org", "role": "owner"})
    assert Invitation.objects.get(email="associee@example.org").role == Staff.Role.OWNER


def test_the_journal_tells_who_did_what(merchant: Client, shop: Shop) -> None:
    product = make.a_product(shop, name="Miel")
    merchant.post("/gestion/articles", {f"shown-{product.id}": "4,20", f"price-{product.id}": "5"})
    told = merchant.get("/gestion/journal").context["entries"]
    assert told[0].what == "Prix changé · Miel · de 4,20\u202f€ à 5,00\u202f€"
    assert all("." not in entry.what.split(" ")[0] for entry in told)  # every act has its words


@pytest.mark.corpus
def test_hostile_words_in_every_form(merchant: Client, real_input: Path) -> None:
    """In all their fields, and only in those where any words may stand: then they are kept, and shown."""
    day = str(make.tomorrow())
    forms: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
        ("boutique", CARD, ("name", "tagline", "description", "address", "city")),
        ("identite", IDENTITY, ("legal_name", "mediator")),
        ("commandes/reglages", SELLING, ()),
        ("horaires", WEEK, ()),
        ("horaires/conges", {"first_day": day, "last_day": day, "reason": ""}, ("reason",)),
        ("horaires/lieux", {"name": "", "address": "", "postal_code": "86000", "city": ""}, ("name", "address", "city")),
        ("equipe", {"email": "", "role": "seller"}, ()),
    ]  # fmt: skip
    for number, (address, said, free) in enumerate(forms):
        words = naughty(real_input)[number :: 6 * len(forms)]
        for hostile in [*typed(words, *said), *(typed(words, *free) if free else ())]:
            assert merchant.post(f"/gestion/{address}", said | hostile).status_code in {200, 303}, hostile
    for page in ("", "boutique", "identite", "horaires", "equipe", "journal", "plus", "echelle"):
        assert merchant.get(f"/gestion/{page}").status_code == 200
