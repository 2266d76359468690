# SPDX-License-Identifier: AGPL-3.0-or-later
"""A grocer's full day: orders in every state, questions, a catalogue that came in, a team, congés, a stall.

Its articles and their pictures are those of the demonstration town. All of it is done by actions, most of them by the
owner, so that the journal has something to tell. Nobody has a person's name.
"""

import datetime as dt
import io
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

import pytest
from django.utils import timezone

from halles.demo import build, drawings, facts
from halles.domain.appointments import reads as appointments
from halles.domain.appointments.actions import absent
from halles.domain.bells import actions as bells
from halles.domain.bells.models import Call
from halles.domain.bulkedits import actions as bulkedits
from halles.domain.bulkedits.rules import Asked, What
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Product, Variant
from halles.domain.conversations.actions import settle as conversations
from halles.domain.conversations.models import Side
from halles.domain.depots import actions as depots
from halles.domain.imports.actions import ask, work
from halles.domain.imports.drafts import Choices
from halles.domain.offers.reads import Wish
from halles.domain.orders.actions import baskets, pick, place, prepare, settle, weigh
from halles.domain.orders.actions.note import NotedLine
from halles.domain.orders.models import ShopOrder
from halles.domain.orders.rules import State
from halles.domain.people.models import Account
from halles.domain.people.reads import actor
from halles.domain.rolls.actions import add, take
from halles.domain.rolls.actions.look import look as look_at
from halles.domain.rounds import photos
from halles.domain.rounds.actions import doors
from halles.domain.rounds.actions.doors import Told
from halles.domain.shops import actions as shops
from halles.domain.shops import invitations
from halles.domain.shops import reads as shop_reads
from halles.domain.shops.models import Place, Shop, Staff
from halles.domain.stock import actions as stock
from halles.kernel.actor import Actor
from tests import factories as make
from tests.pushserver import Browser as FarBrowser
from tests.ringing import a_device

GROCER, BAKER = "le-bocal-leve", "au-petrin-de-blossac"
SHELF = (
    "Carottes de sable", "Pommes de terre Charlotte", "Poireaux", "Potimarron", "Salade batavia", "Botte de radis roses",
    "Pommes Clochard", "Fraises gariguettes", "Lentilles vertes", "Huile de noix", "Miel de châtaignier",
    "Miel de tournesol", "Confiture de figues", "Chocolat noir 70 %", "Tomme de vache au lait cru", "Comté 12 mois",
)  # fmt: skip
BREADS = 4
A_QUARTER = dt.timedelta(minutes=15)
PRICES = "\n".join(
    (
        "Référence;Désignation;Prix TTC;Stock;Catégorie;Description;Code-barres",
        "TIS-1;Tisane verveine et menthe;6,20;18;Épicerie;Cueillie à Vouneuil, séchée à l'ombre.;0460000100016",
        "THE-1;Thé noir fumé;7,90;12;Épicerie;Fumé au bois de hêtre.;0460000100023",
        "VIN-1;Vinaigre de cidre;4,50;15;Épicerie;Six mois en fût.;0460000100054",
        "MOU-1;Moutarde à l'ancienne;3,80;22;Épicerie;Grains entiers, vin blanc.;0460000100061",
        "SEL-1;Sel gris de l'île de Ré;à voir;;Épicerie;;",
    )
)
FOREIGN = (
    "Nom;Tarif;Marque\nGelée d'angélique;5,40;Maison\nRillettes de lapin;6,90;Maison\nSardines;4,80;Quiberon"
)


@dataclass(frozen=True)
class Filled:
    """The shop and what stands in it, by the words of the addresses."""

    shop: Shop
    owner: Account
    orders: Mapping[str, ShopOrder]
    there: Mapping[str, object]

    @property
    def by(self) -> Actor:
        """The owner, who does most of it."""
        return actor(self.owner)

    def product(self, name: str) -> Product:
        """One of its articles."""
        return shelf.products(self.shop).get(name=name)


def a_town_of_two(monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The demonstration's grocer with a good shelf and one drawing an article, the baker beside; not as a demonstration."""
    written = {shop.slug: shop for shop in facts.shops()}
    found = {product["name"]: product for product in written[GROCER].products}
    goods = [found[name] | {"drawings": found[name]["drawings"][:1]} for name in SHELF]
    breads = [bread | {"drawings": []} for bread in written[BAKER].products[:BREADS]]
    town = [replace(written[BAKER], products=breads), replace(written[GROCER], products=goods)]
    monkeypatch.setattr(facts, "shops", lambda *_numbers: town)
    market = build.town()
    assert market is not None
    shops.change_market(market, is_demonstration=False, by=make.SYSTEM)
    return Shop.objects.select_related("market").get(slug=GROCER)


def fill(shop: Shop) -> Filled:
    """A day's work in the shop."""
    owner = make.owner_of(shop)
    filled = Filled(shop, owner, {}, {})
    orders = _orders(filled)
    there = _depot(filled) | _round(filled)
    there |= (
        _articles(filled) | _catalogue(filled) | _photographs(filled) | _shop(filled) | _questions(filled)
    )
    _agenda(filled)
    return Filled(shop, owner, orders, there)


def hush(filled: Filled) -> None:
    """Nothing rings: everybody has seen what came in."""
    for call in Call.objects.filter(shop=filled.shop, seen_at=None):
        bells.hush(call.subject)


def an_order(filled: Filled, wanted: Mapping[str, str], *, confirmed: bool = True) -> ShopOrder:
    """A neighbour's order of so much of these articles."""
    basket = baskets.new_basket(filled.shop.market)
    for name, quantity in wanted.items():
        variant = variant_of(filled, name)
        baskets.put(basket, variant, Decimal(quantity), in_portions=bool(variant.product.portion))
    order = make.place_order(basket)
    if confirmed:
        prepare.confirm(order, by=make.CUSTOMER)
    return order.shop_orders.get()


def variant_of(filled: Filled, name: str) -> Variant:
    """An article as baskets take it."""
    return make.variant_of(filled.product(name))


def _orders(filled: Filled) -> dict[str, ShopOrder]:
    """One in each state, for today as far as it can be."""
    jars = {"Miel de châtaignier": "1", "Confiture de figues": "2", "Lentilles vertes": "0.5"}
    plain = {"Miel de tournesol": "1", "Huile de noix": "1", "Chocolat noir 70 %": "2"}
    found = {
        "to_accept": an_order(filled, {"Carottes de sable": "1", "Salade batavia": "1"} | jars),
        "unconfirmed": an_order(filled, plain, confirmed=False),
        "late": _accepted(filled, {"Botte de radis roses": "2", "Salade batavia": "1"}),
        "accepted": _accepted(filled, plain | {"Salade batavia": "2"}),
        "to_weigh": _accepted(filled, {"Comté 12 mois": "2", "Tomme de vache au lait cru": "1", "Poireaux": "3"}),
        "to_agree": _settled(filled),
        "noted": _noted(filled),
        "ready": _ready(filled, {"Huile de noix": "1", "Confiture de figues": "1"}),
        "weighed": _weighed(filled, {"Comté 12 mois": "1", "Pommes Clochard": "1.5"}),
        "handed_over": _ready(filled, {"Miel de tournesol": "2"}),
        "cancelled": an_order(filled, {"Potimarron": "1"}),
        "tomorrow": _accepted(filled, {"Pommes de terre Charlotte": "2", "Potimarron": "1"}),
    }  # fmt: skip
    prepare.hand_over(found["handed_over"], by=filled.by)
    prepare.cancel(found["cancelled"], reason="Plus de potimarron cette semaine.", by=filled.by)
    _come_by(found)
    line = found["accepted"].lines.order_by("position")[0]
    pick.pick(filled.shop, {line.id: line.quantity}, key=uuid.uuid4().hex, by=filled.by)
    return found


def _come_by(orders: Mapping[str, ShopOrder]) -> None:
    """The hours at which they are called for: one of them is past, one is tomorrow's, one in three days."""
    now = timezone.now().replace(second=0, microsecond=0)
    now -= dt.timedelta(minutes=now.minute % 15)
    days = {"tomorrow": dt.timedelta(1), "noted": dt.timedelta(3), "late": -3 * A_QUARTER}
    for number, (name, order) in enumerate(orders.items(), start=1):
        since = now + days.get(name, number * A_QUARTER)
        ShopOrder.objects.filter(pk=order.pk).update(collect_from=since, collect_until=since + 4 * A_QUARTER)
        order.refresh_from_db()


def _depot(filled: Filled) -> dict[str, object]:
    """Baskets of today for the café that keeps them: to prepare, packed, there; and the link that was given."""
    depot = filled.shop.places.select_related("depot").get(kind=Place.Kind.DEPOT)
    for number, goods in enumerate(
        ("Huile de noix", "Confiture de figues", "Chocolat noir 70 %", "Salade batavia")
    ):
        basket = make.a_basket(variant_of(filled, goods))
        baskets.set_way(basket, filled.shop, depot, None)
        order = make.place_order(basket).shop_orders.get()
        prepare.accept(order, by=filled.by)
        noon = timezone.now().replace(hour=12, minute=0)
        ShopOrder.objects.filter(pk=order.pk).update(collect_from=noon, collect_until=noon + 12 * A_QUARTER)
        if number:
            prepare.ready(order, by=filled.by)
        if number > 1:
            depots.arrive(order, by=filled.by)
    assert depot.depot
    depots.make_link(filled.shop, depot.depot, key=uuid.uuid4().hex, by=filled.by)
    return {"depot_id": depot.id}


def _accepted(filled: Filled, wanted: Mapping[str, str]) -> ShopOrder:
    order = an_order(filled, wanted)
    prepare.accept(order, by=filled.by)
    return order


def _ready(filled: Filled, wanted: Mapping[str, str]) -> ShopOrder:
    order = _accepted(filled, wanted)
    prepare.ready(order, by=filled.by)
    return order


def _weighed(filled: Filled, wanted: Mapping[str, str]) -> ShopOrder:
    order = _accepted(filled, wanted)
    order.refresh_from_db()
    lines = weigh.on_the_scale(order, order.lines.all())
    weights = {line.id: line.quantity + Decimal("0.012") for line in lines}
    weigh.weigh(order, weights, seen=weigh.as_seen(order, lines), by=filled.by)
    return order


def _settled(filled: Filled) -> ShopOrder:
    """One honey is missing and another proposed, and there is less chocolate: the customer is asked."""
    order = an_order(filled, {"Miel de châtaignier": "1", "Chocolat noir 70 %": "3", "Salade batavia": "1"})
    lines = {line.name: line for line in order.lines.all()}
    other = variant_of(filled, "Miel de tournesol")
    changes = [
        settle.LineChange(lines["Miel de châtaignier"].id, Decimal(1), other),
        settle.LineChange(lines["Chocolat noir 70 %"].id, Decimal(1)),
    ]
    settle.settle(order, changes, by=filled.by)
    return order


def _noted(filled: Filled) -> ShopOrder:
    """By telephone, with something of no price yet."""
    lines = [
        NotedLine(Decimal(2), variant_of(filled, "Confiture de figues")),
        NotedLine(Decimal(1), name="Panier garni pour six, sans noix"),
    ]
    contact = place.Contact("Cliente 8", phone="0549000012")
    wish = Wish(timezone.localdate() + dt.timedelta(3), dt.time(10))
    return make.note_order(filled.shop, *lines, contact=contact, wish=wish)


def _articles(filled: Filled) -> dict[str, object]:
    """Prices move, something is sold out, something is a draft; two changes of many articles."""
    by, honey = filled.by, filled.product("Miel de châtaignier")
    catalogue.set_price(make.variant_of(honey), Decimal("9.80"), by=by)
    stock.count(variant_of(filled, "Huile de noix"), Decimal(11), by=by)
    catalogue.set_sold_out(filled.product("Fraises gariguettes").choices, True, by=by)
    catalogue.create(filled.shop, catalogue.ProductFacts(name="Panier de saison", price=Decimal(18)), by=by)
    catalogue.set_status(filled.product("Lentilles vertes"), Product.Status.WITHDRAWN, by=by)
    more = Asked(What.PRICE, number=Decimal(3))
    done, looked = (
        bulkedits.look(filled.shop, shelf.products(filled.shop, words=words), more, found_by={"q": words}, by=by)
        for words in ("chocolat", "miel")
    )  # fmt: skip
    bulkedits.start(done, by=by)
    return {"product_id": honey.id, "picture_id": honey.photos[0].id, "edit_id": looked.id, "done_edit_id": done.id}  # fmt: skip


def _catalogue(filled: Filled) -> dict[str, object]:
    """A table that came in but for a row, and one of whose columns nobody knows what they hold."""
    found = []
    for name, words in (("tarif-hiver.csv", PRICES), ("maison.csv", FOREIGN)):
        import_ = ask.hand_over(
            filled.shop, io.BytesIO(words.encode()), name, Choices(online=True), alone=True, by=filled.by
        )
        ask.look(import_)
        found.append(import_)
    done, foreign = found
    ask.start(done, alone=True, by=filled.by)
    work.go_on(done)
    return {"import_id": done.id, "foreign_import_id": foreign.id}


def _photographs(filled: Filled) -> dict[str, object]:
    """Two photographs of which one finds its article, and one waits for a word."""
    roll = take.begin(filled.shop, by=filled.by)
    written = {shop.slug: shop for shop in facts.shops()}[GROCER].products
    drawn = {product["name"]: product["drawings"][0] for product in written}
    for name, of in (("miel de tournesol.jpg", "Miel de tournesol"), ("IMG_2041.jpg", "Confiture de figues")):
        take.take(roll, io.BytesIO(drawings.render({"seed": name} | drawn[of])), name)
    take.close(roll, alone=True)
    look_at(roll)
    add.start(roll, alone=True, by=filled.by)
    add.go_on(roll)
    return {"roll_id": roll.id, "shot_id": roll.shots.get(name="IMG_2041.jpg").id}


def _shop(filled: Filled) -> dict[str, object]:
    """A stall on Saturdays, congés, a second person at the counter, a third one invited, a telephone that rings."""
    shop, by, today = filled.shop, filled.by, timezone.localdate()
    stall = shops.add_place(
        shop, Place.Kind.STALL, name="Marché Notre-Dame", address="Place Charles-de-Gaulle", postal_code="86000", city="Poitiers", by=by
    )  # fmt: skip
    shops.set_hours(stall, [(5, dt.time(8), dt.time(13))], by=by)
    closure = shops.close_days(
        shop, today + dt.timedelta(40), today + dt.timedelta(47), reason="Congés d'hiver", by=by
    )
    seller = make.an_account(email="vendeur@example.org", name="vendeur du samedi")
    token = invitations.token(shops.invite(shop, seller.email, Staff.Role.SELLER, by=by))
    staff = shops.accept_invitation(token, seller, by=actor(seller))
    invited = shops.invite(shop, "apprentie@example.org", Staff.Role.HELPER, by=by)
    device = a_device(filled.owner, FarBrowser("un", "https://push.example.org"))
    return {
        "place_id": stall.id, "closure_id": closure.id, "staff_id": staff.id, "device_id": device.id,
        "token": invitations.token(invited), "round_id": shop.places.get(kind=Place.Kind.ROUND).id,
    }  # fmt: skip


def _round(filled: Filled) -> dict[str, object]:
    """Of what the grocer brings today, one is delivered, with a photograph of where it lies."""
    ready = ShopOrder.objects.filter(shop=filled.shop, place__kind=Place.Kind.ROUND, state=State.READY)
    part = ready.order_by("created_at")[0]
    goods = {shop.slug: shop for shop in facts.shops()}[GROCER].products
    photo = photos.keep(io.BytesIO(drawings.render({"seed": "door"} | goods[0]["drawings"][0])))
    doors.deliver(part, Told(filled.by), photo=photo)
    return {"stop_id": part.stops.get().id}


def _agenda(filled: Filled) -> None:
    """Two come for a tasting tomorrow, and a time is blocked."""
    tasting = make.a_service(filled.shop, minutes=45, pause=15, name="Dégustation de fromages")
    service = tasting.product.service
    hours = shop_reads.counter_hours_of([filled.shop])[filled.shop.id]
    now = timezone.now()
    asked = appointments.Asked(service, hours, appointments.busy([service], since=now), now)
    tomorrow = dt.datetime.combine(timezone.localdate() + dt.timedelta(1), dt.time(0), hours.zone)
    free = list(islice(asked.coming(since=tomorrow), 9))
    for window in (free[0], free[4]):
        order = make.a_visit(tasting, window.start)
        prepare.confirm(order, by=make.CUSTOMER)
        prepare.accept(order.shop_orders.get(), by=filled.by)
    absent(service.resources.get(), free[2], by=filled.by)


def _questions(filled: Filled) -> dict[str, object]:
    """Two wait, one is answered, one is closed."""
    leeks, cheese = filled.product("Poireaux"), filled.product("Comté 12 mois")
    make.a_question(filled.shop, "Faites-vous des paniers de légumes pour deux personnes ?")
    asked = make.a_question(product=leeks, text="Bonjour, vos poireaux viennent-ils de la vallée du Clain ?")
    answered = make.a_question(product=cheese, text="Pouvez-vous le râper ?")
    make.an_answer(answered, "Oui, dites-le en commandant, nous le râpons au moment de peser.")
    closed = make.a_question(product=filled.product("Huile de noix"), text="Se garde-t-elle au frais ?")
    make.an_answer(closed, "Oui, trois mois une fois ouverte.")
    conversations.close(closed, Side.SHOP, by=filled.by)
    return {"conversation_id": asked.id, "answered_id": answered.id}
