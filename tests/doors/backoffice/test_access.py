# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nobody reaches what is not his: stranger, rival merchant, seller, former helper walk every address."""

import datetime as dt
import io
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone
from tests import factories as make
from tests.pushserver import Browser
from tests.ringing import a_device

from halles.domain.appointments import actions as appointments
from halles.domain.appointments.models import Appointment, Feed
from halles.domain.bells import actions as bells
from halles.domain.bells import reads
from halles.domain.bells.models import Call, Device
from halles.domain.bells.rules import Kind
from halles.domain.bulkedits import actions as bulkedits
from halles.domain.bulkedits.models import BulkEdit
from halles.domain.bulkedits.rules import Asked, What
from halles.domain.catalogue import pictures, shelf
from halles.domain.fulfilment.models import Method, Slot
from halles.domain.imports.actions import ask
from halles.domain.imports.drafts import Choices
from halles.domain.orders.actions import baskets
from halles.domain.people.reads import actor
from halles.domain.rolls.actions import take
from halles.domain.rounds.models import Round, Stop
from halles.domain.shops import actions as shops
from halles.domain.shops import invitations
from halles.domain.shops.models import Place, Shop, Staff
from halles.domain.shops.rules import Window
from halles.doors.backoffice import urls
from halles.kernel.actor import SYSTEM

# Pages for any signed-in person, whatever the shop.
FOR_ANYBODY = {"open_shop", "join"}
# What a browser asks for without a cookie: the same for everybody, nothing of a shop in it.
FOR_BROWSERS = {"worker", "manifest", "elsewhere"}
# What every open page asks for by itself: who is no longer signed in hears nothing, and stays where he writes.
ASKED_BEHIND = {"ringing"}


def addresses(shop: Shop, photo: object) -> Iterator[tuple[str, str]]:
    """Every address of « Ma boutique » with the shop's own objects in it: (name, address)."""
    product = make.a_product(shop)
    order = make.an_order(make.variant_of(product)).shop_orders.get()
    picture = pictures.add(product, photo, by=SYSTEM)  # type: ignore[arg-type]
    day = timezone.localdate()
    import_ = ask.hand_over(shop, io.BytesIO(b"name;price\nSel;2"), "secret.csv", Choices(), by=SYSTEM)
    ask.look(import_)
    roll = take.begin(shop, by=SYSTEM)
    take.take(roll, io.BytesIO(b"secret"), "secret.jpg")
    edit = bulkedits.look(shop, shelf.products(shop), Asked(What.DELETE), found_by={}, by=SYSTEM)
    bells.call(shop, Kind.ORDERS, order.id, act="orders.placed", occasion="1")
    device = a_device(make.owner_of(shop), Browser("secret", "https://push.example.org"))
    brought = a_stop(shop)
    known = {
        "stop_id": brought.id,
        "conversation_id": make.a_question(product=product, text="question secrète").id,
        "device_id": device.id,
        "call_id": reads.about([order.id])[0].id,
        "roll_id": roll.id,
        "shot_id": roll.shots.get().id,
        "import_id": import_.id,
        "edit_id": edit.id,
        "product_id": product.id,
        "order_id": order.id,
        "picture_id": picture.id,
        "line_id": order.lines.get().id,
        "place_id": shops.add_place(
            shop, Place.Kind.STALL, name="Étal", address="", postal_code="86000", city="", by=SYSTEM
        ).id,
        "kind": Place.Kind.ROUND,
        "absence_id": _absence(shop),
        "closure_id": shops.close_days(shop, day, day, reason="", by=SYSTEM).id,
        "staff_id": shop.staff.get().id,
        "code": order.code,
        "token": "inconnu",
        "to": "delete",
        "system": "halles",
        "slug": "peser",
        "file": "carre.jpg",
    }
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        names = pattern.pattern.regex.groupindex
        yield (
            pattern.name,
            reverse(f"backoffice:{pattern.name}", kwargs={name: known[name] for name in names}),
        )


def a_stop(shop: Shop) -> Stop:
    """At somebody's door."""
    way = make.a_way(shop, Place.Kind.ROUND, "86000")
    basket = make.a_basket(make.a_variant(shop))
    baskets.set_destination(basket, "86000")
    baskets.set_way(basket, shop, way, None)
    part = make.place_order(basket).shop_orders.get()
    round_ = Round.objects.create(place=way, day=timezone.localdate())
    return Stop.objects.create(round=round_, shop_order=part, position=1)


def _absence(shop: Shop) -> uuid.UUID:
    service = make.a_service(shop).product.service
    away = Window(make.in_days(9, "10:00"), make.in_days(9, "11:00"))
    return appointments.absent(service.resources.get(), away, by=SYSTEM).id


def snapshot(shop: Shop) -> list[object]:
    """What of a shop must not change."""
    shop.refresh_from_db()
    return [
        shop.name, shop.doors, shop.takes_orders, shop.staff.count(), shop.places.count(), shop.closures.count(),
        list(shop.products.values_list("name", "status")), list(shop.imports.values_list("state")), list(shop.rolls.values_list("state")),
        list(shop.shop_orders.values_list("state")), list(BulkEdit.objects.filter(shop=shop).values_list("state")),
        list(shop.conversations.values_list("state", "closed_by", "reported_by", "messages")), shop.blocks.count(), shop.takes_questions,
        list(Method.objects.filter(place__shop=shop).values_list("is_on", "capacity")), Slot.objects.filter(method__place__shop=shop).count(),
        list(Stop.objects.filter(round__place__shop=shop).values_list("outcome", "position")), Round.objects.count(),
        list(Call.objects.filter(shop=shop).values_list("seen_at")), Device.objects.count(),
        Appointment.objects.filter(resource__shop=shop).count(), Feed.objects.filter(shop=shop).count(),
        [list(product.pictures.values_list("view")) for product in shop.products.all()],
    ]  # fmt: skip


def test_a_stranger_is_asked_to_sign_in(shop: Shop, a_photo: object) -> None:
    client = Client()
    for name, address in addresses(shop, a_photo()):  # type: ignore[operator]
        if name in FOR_BROWSERS | ASKED_BEHIND:
            continue
        for send in (client.get, client.post):
            answer = send(address)
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/compte/"), name


def test_a_rival_reaches_nothing_of_another_shop(merchant: Client, shop: Shop, a_photo: object) -> None:
    theirs = make.a_shop(shop.market)
    every = list(addresses(theirs, a_photo()))  # type: ignore[operator]
    before = snapshot(theirs)
    secrets = [
        theirs.name,
        "secret.csv",
        "question secrète",
        *theirs.products.values_list("name", flat=True),
        *theirs.shop_orders.values_list("code", flat=True),
    ]
    for name, address in every:
        for send in (merchant.get, merchant.post):
            answer = send(address)
            assert answer.status_code in {200, 302, 303, 404, 405, 410}, name
            text = b"".join(answer).decode(errors="replace")  # type: ignore[call-overload]
            assert not [secret for secret in secrets if secret in text and secret not in address], name
    assert snapshot(theirs) == before


def test_unknown_objects_are_no_pages(merchant: Client) -> None:
    nothing = uuid.uuid4()
    for address in (
        f"articles/{nothing}",
        f"commandes/{nothing}",
        f"horaires/lieux/{nothing}",
        f"remises/{nothing}",
        "remises/nouvelle/colis",
        "articles/12",
        "x",
    ):
        assert merchant.get(f"/gestion/{address}").status_code == 404


def staff_of(shop: Shop, role: Staff.Role) -> tuple[Client, Staff]:
    """Somebody who joined by a letter's link."""
    account = make.an_account()
    token = invitations.token(shops.invite(shop, account.email, role, by=SYSTEM))
    client = Client()
    client.force_login(account)
    assert "Rejoindre" in client.get(f"/gestion/rejoindre/{token}").content.decode()
    assert client.post(f"/gestion/rejoindre/{token}").status_code == 302
    assert client.post(f"/gestion/rejoindre/{token}").status_code == 410  # once
    return client, Staff.objects.get(shop=shop, account=account)


RIGHTS = {
    "commandes": "ORDERS",
    "articles": "CATALOGUE",
    "boutique": "SHOP",
    "identite": "SHOP",
    "remises": "SHOP",
    "equipe": "STAFF",
}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Staff.Role.SELLER, {"commandes", "articles"}),
        (Staff.Role.MANAGER, {"commandes", "articles", "boutique", "identite", "remises"}),
        (Staff.Role.HELPER, {"commandes", "articles", "boutique", "identite", "remises"}),
    ],
)
def test_each_role_has_its_rights(shop: Shop, role: Staff.Role, allowed: set[str]) -> None:
    client, _staff = staff_of(shop, role)
    for page in RIGHTS:
        expected = 200 if page in allowed else 404
        assert client.get(f"/gestion/{page}").status_code == expected, page
    if role != Staff.Role.OWNER:
        assert client.post(f"/gestion/equipe/{shop.staff.first().id}/retirer").status_code == 404  # type: ignore[union-attr]
        assert (
            client.post("/gestion/equipe", {"email": "x@example.org", "role": "manager"}).status_code == 404
        )
    menu = client.get("/gestion/plus").content.decode()
    assert ("/gestion/equipe" in menu) is ("equipe" in allowed)


def test_a_helper_is_out_after_48_hours(shop: Shop) -> None:
    client, staff = staff_of(shop, Staff.Role.HELPER)
    assert client.get("/gestion/articles").status_code == 200
    assert staff.until is not None
    assert dt.timedelta(hours=47) < staff.until - timezone.now() <= dt.timedelta(hours=48)
    Staff.objects.filter(pk=staff.pk).update(until=timezone.now())
    answer = client.get("/gestion/articles")
    assert (answer.status_code, answer["Location"]) == (302, "/gestion/ouvrir")
    assert client.post("/gestion/boutique/portes", {"doors": "closed"})["Location"] == "/gestion/ouvrir"
    shop.refresh_from_db()
    assert shop.doors == "open"


def test_who_was_dismissed_is_out_at_once(merchant: Client, shop: Shop) -> None:
    client, staff = staff_of(shop, Staff.Role.MANAGER)
    merchant.post(f"/gestion/equipe/{staff.id}/retirer")
    assert client.get("/gestion/commandes")["Location"] == "/gestion/ouvrir"


def test_the_last_owner_stays(merchant: Client, shop: Shop) -> None:
    answer = merchant.post(f"/gestion/equipe/{shop.staff.get().id}/retirer", follow=True)
    assert "garde toujours un propriétaire" in answer.content.decode()


def test_somebody_with_two_shops_changes_between_them(merchant: Client, shop: Shop) -> None:
    owner = make.owner_of(shop)
    other = shops.open_shop(
        shop.market, owner, name="L'autre", trade="autre", postal_code="86000", by=actor(owner)
    )  # type: ignore[arg-type]
    assert merchant.get("/gestion/").context["shop"] == shop
    merchant.post("/gestion/boutique/changer", {"shop": str(other.id)})
    assert merchant.get("/gestion/").context["shop"] == other
    foreign = make.a_shop(shop.market)
    merchant.post("/gestion/boutique/changer", {"shop": str(foreign.id)})
    assert merchant.get("/gestion/").context["shop"] == other


def test_pages_are_kept_by_no_cache(merchant: Client) -> None:
    assert "no-store" in merchant.get("/gestion/")["Cache-Control"]


def test_a_step_needs_its_token(shop: Shop) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.owner_of(shop))
    assert client.post("/gestion/boutique/portes", {"doors": "closed"}).status_code == 403
