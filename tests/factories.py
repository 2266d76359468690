# SPDX-License-Identifier: AGPL-3.0-or-later
"""Things to test with, made by the house's own actions: a ladder of states from a market to a placed order.

Nobody is given a person's name: `Cliente 12`, `Boutique 3`.
"""

import datetime as dt
import itertools
import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone

from halles.domain.appointments import actions as appointments
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.actions import ProductFacts
from halles.domain.catalogue.models import Availability, Category, Product, Variant
from halles.domain.catalogue.models import Kind as Sort
from halles.domain.conversations.actions import say
from halles.domain.conversations.models import Conversation, Message
from halles.domain.fulfilment import actions as fulfilment
from halles.domain.offers.reads import Wish
from halles.domain.orders.actions import baskets, place
from halles.domain.orders.actions.note import NotedLine, note
from halles.domain.orders.errands import errands_of
from halles.domain.orders.models import Basket, Order, ShopOrder
from halles.domain.people.actions import open_account
from halles.domain.people.models import Account
from halles.domain.people.reads import actor
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Market, Place, Shop, Staff, Trade
from halles.domain.shops.rules import Period
from halles.domain.stock import actions as stock
from halles.kernel.actor import SYSTEM, Actor, Kind

CUSTOMER = Actor(Kind.CUSTOMER, "", "Cliente")
SIRET = "00012345500008"  # passes the check, and plainly nobody's
ALL_DAY = [(weekday, dt.time(0, 0), dt.time(23, 59)) for weekday in range(7)]

_numbers = itertools.count(1)


def an_account(**facts: str) -> Account:
    """Somebody who signs in."""
    return open_account(facts.pop("email", f"compte{next(_numbers)}@example.org"), **facts)


def a_market(**facts: str) -> Market:
    """A market with its operator."""
    number = next(_numbers)
    return shops.open_market(
        facts.get("slug", f"marche-{number}"),
        facts.get("name", f"Marché {number}"),
        city="Poitiers",
        postal_code="86000",
        operator=an_account(),
        by=SYSTEM,
    )


def a_shop(market: Market | None = None, *, selling: bool = True, **facts: object) -> Shop:
    """A shop; `selling` means online, lawful, always open and taking orders. Other facts are set as they are."""
    owner = an_account()
    by = actor(owner)
    shop = shops.open_shop(
        market or a_market(),
        owner,
        name=f"Boutique {next(_numbers)}",
        trade=Trade.GROCER,
        postal_code="86000",
        by=by,
    )
    if selling:
        _make_lawful(shop, by)
        shops.publish(shop, by=by)
        shops.approve(shop, by=SYSTEM)
        shops.set_orders(
            shop, takes_orders=True, preparation_minutes=0, trusted_up_to=Decimal(60), hold_hours=24, by=by
        )
    for name, value in facts.items():
        setattr(shop, name, value)
    if facts:
        shop.save()
    return shop


def _make_lawful(shop: Shop, by: Actor) -> None:
    card = shops.Card(
        name=shop.name,
        trade=Trade(shop.trade),
        phone="05 36 49 12 34",
        email=shop.email,
        address="12 rue de la Halle",
        postal_code="86000",
        city="Poitiers",
    )
    shops.change_card(shop, card, by=by)
    shops.identify(
        shop,
        legal_name=f"{shop.name} SARL",
        siret=SIRET,
        vat_regime=Shop.VatRegime.REAL,
        vat_number="",
        mediator="Médiateur de la consommation",
        by=by,
    )
    shops.set_hours(shop.places.get(), ALL_DAY, by=by)
    shop.closed_on_holidays = False
    shop.save(update_fields=["closed_on_holidays"])


def owner_of(shop: Shop) -> Account:
    """Who owns a shop."""
    return shop.staff.select_related("account").get(role=Staff.Role.OWNER).account


def a_category(market: Market, **facts: object) -> Category:
    """A « rayon »."""
    number = next(_numbers)
    return Category.objects.create(
        market=market, **({"slug": f"rayon-{number}", "name": f"Rayon {number}"} | facts)
    )


def a_product(
    shop: Shop | None = None, *, stock_of: int | None = None, online: bool = True, **facts: object
) -> Product:
    """A product with one variant; `stock_of` makes it counted, with so many on hand."""
    shop = shop or a_shop()
    if stock_of is not None:
        facts.setdefault("availability", Availability.COUNTED)
    said = {"name": f"Article {next(_numbers)}", "price": Decimal("4.20")} | facts
    product = catalogue.create(shop, ProductFacts(**said), by=SYSTEM)
    if stock_of is not None:
        for variant in product.variants.all():
            stock.count(variant, Decimal(stock_of), by=SYSTEM)
    if online:
        catalogue.set_status(product, Product.Status.ONLINE, by=SYSTEM)
    return product


def a_variant(shop: Shop | None = None, **facts: object) -> Variant:
    """The one variant of a new product, ready for `offers` and baskets."""
    return variant_of(a_product(shop, **facts))


def variant_of(product: Product) -> Variant:
    """A product's first variant, read as pages read it."""
    return Variant.objects.select_related("product__shop__market").filter(product=product, archived=False)[0]


def a_way(
    shop: Shop,
    kind: Place.Kind = Place.Kind.COUNTER,
    *areas: str,
    hours: Sequence[Period] = (),
    **setting: object,
) -> Place:
    """A way of a shop, with its slots and terms; `areas` are the postal codes, or code and commune, that it reaches."""
    said = fulfilment.Setting(**setting)  # type: ignore[arg-type]
    if kind in Place.STANDS:
        place = shop.places.filter(kind=kind).first() or shops.add_place(
            shop, kind, name=f"Lieu {next(_numbers)}", postal_code="86000", by=SYSTEM
        )
        method = fulfilment.change(place, said, by=SYSTEM)
        fulfilment.turn(place, on=True, by=SYSTEM)
    else:
        code = "" if kind == Place.Kind.ROUND else "86180"
        method = fulfilment.open_method(
            shop, kind, said, name=f"Lieu {next(_numbers)}", postal_code=code, by=SYSTEM
        )
    if hours or kind != Place.Kind.COUNTER:
        shops.set_hours(method.place, list(hours) or ALL_DAY, by=SYSTEM)
    if areas:
        named = (area.split() for area in areas)
        fulfilment.set_zones(method, [fulfilment.Area(*words) for words in named], by=SYSTEM)
    return method.place


def a_service(
    shop: Shop | None = None,
    *resources: str,
    minutes: int = 60,
    pause: int = 0,
    cancel_hours: int = 24,
    **facts: object,
) -> Variant:
    """A service by appointment, done by the shop itself or by these."""
    product = a_product(shop, **({"kind": Sort.SERVICE, "price": Decimal(20)} | facts))
    setting = appointments.Setting(minutes, pause, cancel_hours, resources)
    appointments.set_service(product, setting, by=SYSTEM)
    return variant_of(product)


def a_visit(service: Variant, at: dt.datetime, *others: Variant, email: str | None = None) -> Order:
    """Somebody comes for a service then, and for other goods of the town."""
    basket = baskets.new_basket(service.product.shop.market)
    baskets.put(basket, service, Decimal(1), starts_at=at)
    for variant in others:
        baskets.put(basket, variant, Decimal(1))
    return place_order(basket, email=email)


def in_days(days: int, time: str) -> dt.datetime:
    """So many days from now, at this time of the town's day."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.fromisoformat(time)))


def a_basket(*variants: Variant, quantity: Decimal | int = 1) -> Basket:
    """A basket with so many of each."""
    basket = baskets.new_basket(variants[0].product.shop.market)
    for variant in variants:
        baskets.put(basket, variant, Decimal(quantity))
    return basket


def place_order(
    basket: Basket,
    *,
    email: str | None = None,
    phone: str = "",
    key: str | None = None,
    door: place.Door | None = None,
) -> Order:
    """The basket's order, placed as the page would: with what was shown a moment ago."""
    errands = errands_of(basket)
    number = next(_numbers)
    address = f"cliente{number}@example.org" if email is None else email
    return place.place(
        basket,
        place.Contact(name=f"Cliente {number}", email=address, phone=phone),
        seen=errands.fingerprint,
        terms=lambda shop, place: f"Conditions de {shop.name}",
        key=key or uuid.uuid4().hex,
        by=CUSTOMER,
        door=door or place.Door("12 rue Neuve", "Poitiers", "2e étage"),
    )


def an_order(*variants: Variant, confirmed: bool = True, quantity: Decimal | int = 1) -> Order:
    """A placed order; `confirmed` means that the contact has proved real."""
    order = place_order(a_basket(*(variants or (a_variant(),)), quantity=quantity))
    if confirmed:
        from halles.domain.orders.actions import prepare

        prepare.confirm(order, by=CUSTOMER)
    return order


def note_order(
    shop: Shop, *lines: Variant | NotedLine, contact: place.Contact | None = None, **said: object
) -> ShopOrder:
    """What the shop noted: one of each article, or the lines as they are; for somebody with a telephone only."""
    number = next(_numbers)
    told = {
        "wish": Wish(tomorrow()),
        "terms": lambda shop, place: f"Conditions de {shop.name}",
        "by": actor(owner_of(shop)),
        "key": uuid.uuid4().hex,
    }
    return note(
        shop,
        [line if isinstance(line, NotedLine) else NotedLine(Decimal(1), line) for line in lines],
        contact or place.Contact(f"Cliente {number}", phone=f"06{number:08}"),
        **(told | said),  # type: ignore[arg-type]
    )


def tomorrow() -> dt.date:
    """The next day, in the town."""
    return timezone.localdate() + dt.timedelta(days=1)


def a_question(
    shop: Shop | None = None,
    text: str = "L'avez-vous en bleu ?",
    *,
    product: Product | None = None,
    email: str | None = None,
    phone: str = "",
    key: str | None = None,
) -> Conversation:
    """A question to a shop, about one of its products or not; with an e-mail address unless one says otherwise."""
    number = next(_numbers)
    address = f"cliente{number}@example.org" if email is None else email
    shop = shop or (product.shop if product else a_shop())
    contact = place.Contact(name=f"Cliente {number}", email=address, phone=phone)
    return say.ask(shop, contact, text, product=product, key=key or uuid.uuid4().hex)


def an_answer(conversation: Conversation, text: str = "Oui, nous l'avons.", **how: object) -> Message:
    """What the shop says to it."""
    by = actor(owner_of(conversation.shop))
    return say.answer(conversation, say.Said(text=text, **how), key=uuid.uuid4().hex, by=by)  # type: ignore[arg-type]
