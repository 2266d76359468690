# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop says on its pages how it hands over, looks at the week to come, and calls a slot full."""

import datetime as dt
import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.naughty import naughty, typed

from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.fulfilment import actions
from halles.domain.fulfilment.actions import Area, Setting, Wanted
from halles.domain.fulfilment.models import Method, Slot
from halles.domain.fulfilment.rules import Terms
from halles.domain.journal.models import JournalEntry
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Place, Shop
from halles.doors.backoffice import ways_page
from halles.kernel.actor import SYSTEM

WEEK = {"d1o1": "17:00", "d1c1": "19:00", "d4o1": "17:00", "d4c1": "19:00"}
ROUND = WEEK | {
    "zones": "86000\n86180 Buxerolles", "fee": "4", "free_from": "30", "least": "", "cutoff": "0", "cutoff_time": "12:00",
    "minutes": "", "capacity": "12", "prix": "1",
}  # fmt: skip
DEPOT = {
    "name": "Café du Marché", "address": "2 place des Castors", "postal_code": "86180", "city": "", "capacity": "20",
    "minutes": "", "cutoff": "", "cutoff_time": "", "d3o1": "16:00", "d3c1": "19:00",
}  # fmt: skip
EVERY_DAY = [(weekday, dt.time(9), dt.time(11)) for weekday in range(7)]


@pytest.fixture(autouse=True)
def communes(db: None) -> None:
    learn(
        [
            Facts("86194", "Poitiers", ("86000",), spelled=True),
            Facts("86041", "Buxerolles", ("86180",), spelled=True),
            Facts("86133", "Ligugé", ("86240",), spelled=True),
            Facts("86113", "Iteuil", ("86240",), spelled=True),
            Facts("86115", "Jaunay-Marigny", ("86130",), spelled=True, locality="Jaunay-Clan"),
        ],
        Learned(),
    )


def add(client: Client, kind: str, said: dict[str, str], **changed: str) -> Any:
    return client.post(f"/gestion/remises/nouvelle/{kind}", {"cle": str(uuid.uuid4())} | said | changed)


def a_counter(shop: Shop, **said: Any) -> Place:
    """Open from nine to eleven every day, with slots."""
    counter = shop.places.get(kind=Place.Kind.COUNTER)
    shops.set_hours(counter, EVERY_DAY, by=SYSTEM)
    actions.change(counter, Setting(**({"minutes": 30, "capacity": 4} | said)), by=SYSTEM)
    return counter


def shown(client: Client, place: Place) -> list[ways_page.Day]:
    return list(client.get(f"/gestion/remises/{place.id}").context["days"])


def plainly(page: Any) -> str:
    return page.content.decode().replace("\xa0", " ").replace("\u202f", " ").replace("&#x27;", "'")


def reached(shop: Shop) -> set[tuple[str, str, Decimal | None]]:
    method = Method.objects.get(place__shop=shop, place__kind=Place.Kind.ROUND)
    return set(method.zones.values_list("postal_code", "insee", "fee"))


def test_a_shop_that_has_only_its_counter_is_invited_to_more(merchant: Client) -> None:
    page = plainly(merchant.get("/gestion/remises"))
    assert "Retrait en boutique pendant mes heures, prêt tout de suite." in page
    assert "Vous pouvez aussi livrer" in page
    assert (
        "Livraison par nous le mardi et le vendredi de 17 h à 19 h à Poitiers, 4 €, offerte dès 30 €" in page
    )
    assert 'href="/gestion/remises/nouvelle/depot"' in page
    assert "retrait, livraison, dépôts, créneaux" in merchant.get("/gestion/plus").content.decode()


@pytest.mark.parametrize("kind", ["livraison", "depot"])
def test_a_template_saved_as_it_stands_makes_sense(merchant: Client, shop: Shop, kind: str) -> None:
    sheet = merchant.get(f"/gestion/remises/nouvelle/{kind}").context["sheet"]
    said = {field.name: "" if field.value() is None else str(field.value()) for field in sheet.form}
    said |= {f"d{day.number}{key}": value for day in sheet.week for key, value in day.typed.items()}
    said |= {"name": "Café"} if kind == "depot" else {}
    assert add(merchant, kind, said).status_code == 303
    way = ways_page.ways_of(shop)[-1]
    assert way.is_on
    assert {"livraison": "à Poitiers, 4", "depot": "Dépôt Café, Poitiers, le jeudi"}[
        kind
    ] in way.sentence.replace("\xa0", " ")


def test_a_round_is_set_up_in_one_page(merchant: Client, shop: Shop) -> None:
    said = ROUND | {
        "prix": "2", "prix0-zones": "86240 liguge", "prix0-fee": "6,50", "prix0-least": "20 €",
        "prix1-zones": "86240, 86130", "prix1-fee": "8",
    }  # fmt: skip
    answer = add(merchant, "livraison", said)
    page = plainly(merchant.get(answer["Location"]))
    assert (
        "Livraison par nous le mardi et le vendredi de 17 h à 19 h à Poitiers et Buxerolles, 12 commandes par tournée,"
        " 4 €, offerte dès 30 €, commander avant midi." in page
    )
    assert "À Ligugé : 6,50 €, à partir de 20 € d'achats." in page
    dear, far = Decimal("6.50"), Decimal(8)
    assert reached(shop) == {
        ("86000", "", None), ("86180", "", None), ("86240", "86133", dear), ("86240", "", far), ("86130", "", far)
    }  # fmt: skip


def test_a_form_sent_twice_makes_one_way(merchant: Client, shop: Shop) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        assert add(merchant, "depot", DEPOT, cle=key).status_code == 303
    assert shop.places.filter(kind=Place.Kind.DEPOT).count() == 1
    other = add(merchant, "depot", DEPOT, cle=key, name="Ailleurs")
    assert "déjà été envoyée" in other.content.decode()


def test_what_the_form_shows_saves_again_without_a_change(merchant: Client, shop: Shop) -> None:
    far = {"prix0-zones": "86240", "prix0-fee": "6"}
    add(merchant, "livraison", ROUND | far)
    place = shop.places.get(kind=Place.Kind.ROUND)
    sheet = merchant.get(f"/gestion/remises/{place.id}").context["sheet"]
    assert sheet.form["zones"].value() == "86000 Poitiers\n86180 Buxerolles"
    assert [price["zones"].value() for price in sheet.prices] == ["86240"]
    before, acts = reached(shop), JournalEntry.objects.count()
    again = ROUND | far | {"zones": sheet.form["zones"].value()}
    assert merchant.post(f"/gestion/remises/{place.id}", again).status_code == 303
    assert reached(shop) == before
    assert [entry.act for entry in JournalEntry.objects.order_by("at", "id")[acts:]] == ["fulfilment.changed"]


WRONG = {
    "zones": {
        "99999": "Nous ne connaissons pas de code postal 99999.",
        "86180 Poitiers": "le code 86180 est celui de Buxerolles",
        "Poitiers": "écrivez le code postal devant",
        "": "Dites où vous livrez",
    },
    "fee": {"": "Il manque le prix", "quatre": "Écrivez un prix en euros", "10000": "Écrivez un montant de 0 à 9999 €."},
    "free_from": {"0": "Ce montant doit être plus grand que zéro"},
    "capacity": {"0": "Écrivez un nombre de 1 à 999", "beaucoup": "Écrivez un nombre entier", "9" * 5000: "Écrivez"},
    "cutoff_time": {"": "Dites aussi l'heure", "midi": "Écrivez une heure"},
    "d1c1": {"16:00": "la fermeture doit venir après", "": "Écrivez l'ouverture et la fermeture"},
}  # fmt: skip


def test_what_is_wrong_is_said_where_it_was_typed_and_the_rest_is_kept(merchant: Client, shop: Shop) -> None:
    told, expected = {}, {}
    for field, words in WRONG.items():
        for word, sentence in words.items():
            page = plainly(
                add(
                    merchant, "livraison", ROUND | {"prix0-zones": "86240", "prix0-fee": "6"}, **{field: word}
                )
            )
            kept = {"86180 Buxerolles", 'value="19:00"', "86240", 'value="6"'} - {word}
            told[field, word[:9]] = (
                sentence in page,
                {text for text in kept if text not in page}
                - ({"86180 Buxerolles"} if field == "zones" else set()),
            )
            expected[field, word[:9]] = (True, set())
    assert told == expected
    assert not shop.places.filter(kind=Place.Kind.ROUND).exists()


def test_a_way_needs_a_day(merchant: Client) -> None:
    page = add(merchant, "livraison", ROUND | dict.fromkeys(WEEK, ""))
    assert "Dites au moins un jour et ses heures." in page.content.decode()


def test_the_same_commune_at_two_prices_is_named(merchant: Client, shop: Shop) -> None:
    said = ROUND | {
        "prix": "2",
        "prix0-zones": "86240",
        "prix0-fee": "6",
        "prix1-zones": "86180",
        "prix1-fee": "7",
    }
    sheet = add(merchant, "livraison", said).context["sheet"]
    assert sheet.prices[1].errors["zones"][0].startswith("86180 y est plusieurs fois")
    assert not sheet.form.errors and not sheet.prices[0].errors
    assert not shop.places.filter(kind=Place.Kind.ROUND).exists()


def test_buttons_that_only_add_keep_what_is_typed_and_judge_nothing(merchant: Client, shop: Shop) -> None:
    said = ROUND | {"fee": "quatre", "prix0-zones": "n'importe"}
    more = add(merchant, "livraison", said, encore="1")
    assert [price["zones"].value() for price in more.context["sheet"].prices] == ["n'importe", None]
    assert "quatre" in more.content.decode() and "Écrivez un prix" not in more.content.decode()
    week = add(merchant, "livraison", said, copy="1").context["sheet"].week
    assert [day.typed["o1"] for day in week] == ["17:00"] * 6 + [""]
    assert not shop.places.filter(kind=Place.Kind.ROUND).exists()


def test_a_house_that_knows_no_communes_takes_any_code(merchant: Client, shop: Shop) -> None:
    from halles.domain.communes.models import Commune

    Commune.objects.all().delete()
    assert add(merchant, "livraison", ROUND, zones="86000\n86 180 Buxerolles").status_code == 303
    assert {code for code, _insee, _fee in reached(shop)} == {"86000", "86180"}
    assert "dans tout le 86000" in plainly(merchant.get("/gestion/remises"))
    assert "écrivez le code postal" in plainly(add(merchant, "livraison", ROUND, zones="86000\nBuxerolles"))


def test_who_types_a_commune_is_offered_what_may_be_meant(
    merchant: Client, django_assert_max_num_queries: Any
) -> None:
    def lines(typed: str) -> list[str]:
        return [offer["line"] for offer in merchant.get("/gestion/remises/communes", {"q": typed}).json()]

    with django_assert_max_num_queries(6):
        assert lines("buxe") == ["86180 Buxerolles"]
    assert lines("86240") == ["86240", "86240 Iteuil", "86240 Ligugé"]
    assert lines("jaunay-clan") == ["86130 Jaunay-Marigny"]
    assert lines("") == lines("\x00") == []


def test_a_stall_is_off_until_it_is_switched_on(merchant: Client, shop: Shop) -> None:
    stall = shops.add_place(shop, Place.Kind.STALL, name="Marché", postal_code="86000", by=SYSTEM)
    shops.set_hours(stall, [(5, dt.time(8), dt.time(12, 30))], by=SYSTEM)
    page = plainly(merchant.get("/gestion/remises"))
    assert "Stand du samedi, Marché, de 8 h à 12 h 30." in page and "arrêtée" in page
    for on in (True, False):
        merchant.post(f"/gestion/remises/{stall.id}/proposer", {"on": str(int(on))})
        assert Method.objects.get(place=stall).is_on is on
    acts = JournalEntry.objects.filter(shop_id=shop.id).order_by("at", "id").values_list("act", flat=True)
    assert list(acts)[-2:] == ["fulfilment.on", "fulfilment.off"]
    assert "Remise arrêtée" in merchant.get("/gestion/journal").content.decode()


def test_a_shop_that_offers_nothing_is_told_so(merchant: Client, shop: Shop) -> None:
    actions.turn(shop.places.get(), on=False, by=SYSTEM)
    assert "vos clients ne peuvent pas commander" in merchant.get("/gestion/remises").content.decode()


def test_the_week_to_come_is_shown_as_customers_meet_it(merchant: Client, shop: Shop) -> None:
    today = timezone.localdate()
    counter = a_counter(shop, cutoff_days=1, cutoff_time=dt.time(0))
    shops.close_days(
        shop, today + dt.timedelta(days=3), today + dt.timedelta(days=4), reason="inventaire", by=SYSTEM
    )
    shops.close_days(shop, today + dt.timedelta(days=5), today + dt.timedelta(days=5), reason="", by=SYSTEM)
    days = {(day.date - today).days: day for day in shown(merchant, counter)}
    assert {ahead: day.closed for ahead, day in days.items() if day.closed} == {
        3: "congés\xa0: inventaire", 4: "congés\xa0: inventaire", 5: "congés"
    }  # fmt: skip
    assert [slot.words.replace("\xa0", " ") for slot in days[2].slots][:2] == [
        "9 h à 9 h 30",
        "9 h 30 à 10 h",
    ]
    assert {slot.left.replace("\xa0", " ") for slot in days[2].slots} == {"il reste 4 places"}
    assert {slot.left for slot in days[1].slots} == {"trop tard"}  # one orders until the midnight before


def test_a_public_holiday_is_named(merchant: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from halles.domain.shops import rules

    date = timezone.localdate() + dt.timedelta(days=2)
    shops.set_holidays(shop, True, by=SYSTEM)
    for module in (rules, ways_page):
        monkeypatch.setattr(module, "public_holidays", lambda year: {date})
    assert [day.closed for day in shown(merchant, a_counter(shop)) if day.closed] == ["jour férié"]


def test_a_slot_is_full_in_one_tap_and_opens_again_with_the_same(merchant: Client, shop: Shop) -> None:
    counter = a_counter(shop)
    full = f"/gestion/remises/{counter.id}/complet"

    def words(number: int) -> str:
        return shown(merchant, counter)[-1].slots[number].left.replace("\xa0", " ")

    slot = shown(merchant, counter)[-1].slots[1]
    answer = merchant.post(full, {"complet": slot.value})
    date = slot.window.start.date()
    assert answer["Location"] == f"/gestion/remises/{counter.id}?jour={date}#semaine"
    unfolded = [day.date for day in merchant.get(answer["Location"]).context["days"] if day.is_unfolded]
    assert unfolded == [date]
    assert (words(0), words(1)) == ("il reste 4 places", "complet")
    merchant.post(full, {"rouvrir": slot.value})
    assert words(1) == "il reste 4 places"
    merchant.post(full, {"complet": str(shown(merchant, counter)[-1].date)})
    day = shown(merchant, counter)[-1]
    assert day.is_full and {slot.left for slot in day.slots} == {"complet"}
    assert not any(other.is_full for other in shown(merchant, counter)[:-1])
    merchant.post(full, {"rouvrir": str(day.date)})
    assert words(0) == words(1) == "il reste 4 places"
    before = Slot.objects.count()
    for nonsense in ({}, {"complet": "hier"}, {"rouvrir": "\x00"}, {"complet": "2001-01-01"}):
        assert merchant.post(full, nonsense).status_code == 303
    assert Slot.objects.count() == before


def test_less_room_than_is_taken_turns_nobody_out(merchant: Client, shop: Shop) -> None:
    counter = a_counter(shop)
    method = Method.objects.get(place=counter)
    window = shown(merchant, counter)[-1].slots[0].window
    from django.db import transaction

    with transaction.atomic():
        actions.book([Wanted(method, window, uuid.uuid4()) for _ in range(3)])
    answer = merchant.post(
        f"/gestion/remises/{counter.id}", {"minutes": "30", "capacity": "2", "cutoff": ""}, follow=True
    )
    assert "1 créneau a déjà plus de commandes. Elles restent promises." in plainly(answer)
    assert Slot.objects.get(method=method).taken == 3
    day = shown(merchant, counter)[-1]
    assert day.slots[0].left == "complet" and not day.slots[0].may_turn


def test_a_counter_where_one_comes_at_any_time_counts_nobody(merchant: Client, shop: Shop) -> None:
    page = plainly(merchant.get(f"/gestion/remises/{shop.places.get().id}"))
    assert "Vos clients passent quand ils veulent" in page
    assert "marquer complet" not in page


def test_a_shop_without_hours_is_sent_to_them(merchant: Client, shop: Shop) -> None:
    shops.set_hours(shop.places.get(), [], by=SYSTEM)
    assert "Dites d'abord vos horaires" in plainly(merchant.get(f"/gestion/remises/{shop.places.get().id}"))


def test_a_way_is_taken_away_unless_somebody_holds_a_place_in_it(merchant: Client, shop: Shop) -> None:
    for kind, said in (("depot", DEPOT), ("livraison", ROUND)):
        add(merchant, kind, said)
    depot, round_ = shop.places.get(kind=Place.Kind.DEPOT), shop.places.get(kind=Place.Kind.ROUND)
    merchant.post(f"/gestion/remises/{depot.id}/retirer")
    assert not Place.objects.filter(pk=depot.pk).exists()
    from django.db import transaction

    window = next(slot.window for day in shown(merchant, round_) for slot in day.slots)
    with transaction.atomic():
        actions.book([Wanted(Method.objects.get(place=round_), window, uuid.uuid4())])
    assert (
        "il reste à la boutique"
        in merchant.post(f"/gestion/remises/{round_.id}/retirer", follow=True).content.decode()
    )


def test_pages_take_few_queries_however_much_they_show(
    merchant: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    counter = a_counter(shop, minutes=15)
    for number in range(4):
        method = actions.open_method(shop, Place.Kind.ROUND, Setting(), by=SYSTEM)
        shops.set_hours(method.place, EVERY_DAY, by=SYSTEM)
        areas = [Area("86000"), Area("86240", terms=Terms(Decimal(number)))]
        actions.set_zones(method, areas, by=SYSTEM)
    merchant.post(
        f"/gestion/remises/{counter.id}/complet", {"complet": shown(merchant, counter)[2].slots[0].value}
    )
    for address in (
        "remises",
        f"remises/{counter.id}",
        f"remises/{method.place.id}",
        "remises/nouvelle/livraison",
    ):
        with django_assert_max_num_queries(15):
            merchant.get(f"/gestion/{address}")


def test_naughty_words_do_no_harm(merchant: Client, shop: Shop, real_input: Path) -> None:
    for said in typed(
        naughty(real_input),
        "zones",
        "fee",
        "prix0-zones",
        "prix0-least",
        "d1o1",
        "cutoff_time",
        "capacity",
        "prix",
    ):
        assert add(merchant, "livraison", ROUND | said).status_code in {200, 303}
    for said in typed(
        naughty(real_input), "name", "address", "city", "postal_code", "cle", "minutes", "cutoff", "copy"
    ):
        assert add(merchant, "depot", DEPOT | said).status_code in {200, 303}
    for way in shop.places.all()[:20]:
        assert merchant.get(f"/gestion/remises/{way.id}").status_code == 200
    assert merchant.get("/gestion/remises").status_code == 200
