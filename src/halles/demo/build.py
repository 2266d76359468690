# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling a market with the demonstration town. It only calls actions: what it does, a merchant could do."""

import io
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.db import transaction

from halles.demo import deliveries, drawings, facts, trade, ways
from halles.demo.facts import ShopFacts
from halles.domain.appointments import actions as appointments
from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import pictures
from halles.domain.catalogue import reads as catalogue_reads
from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.catalogue.models import Availability, Category, Kind, Product
from halles.domain.communes.actions import Learned, learn
from halles.domain.communes.rules import Facts
from halles.domain.people.actions import open_account
from halles.domain.people.models import Account
from halles.domain.shops import actions as shops
from halles.domain.shops import reads as shop_reads
from halles.domain.shops.models import Market, Place, Shop, Trade
from halles.domain.stock import actions as stock
from halles.kernel import outbox
from halles.kernel.actor import SYSTEM
from halles.kernel.points import DEGREE
from halles.kernel.units import Unit

DOMAIN = "demo.halles.test"  # reserved for tests (RFC 6761): no letter can leave for it
OPERATOR = f"operatrice@{DOMAIN}"

Drawn = tuple[Product, list[dict[str, Any]]]  # a product and the pictures it is to have


@transaction.atomic
def town(*, shop_number: int | None = None, product_number: int | None = None) -> Market | None:
    """A whole market; None when there is one already. Pictures follow, drawn by the worker."""
    if shop_reads.market() is not None:
        return None
    said = facts.market()
    learn((_commune(commune) for commune in said["communes"]), Learned())
    operator = open_account(OPERATOR, name="opératrice du marché")
    market = shops.open_market(
        said["slug"],
        said["name"],
        city=said["city"],
        postal_code=said["postal_code"],
        operator=operator,
        by=SYSTEM,
    )
    shops.change_market(
        market,
        tagline=said["tagline"],
        latitude=_degrees(said["lat"]),
        longitude=_degrees(said["lon"]),
        is_demonstration=True,
        publisher="Démonstration : aucune vente n’est réelle",
        host="Cette machine",
        by=SYSTEM,
    )
    categories = _categories(market, said["category"])
    opened, shelves = [], []
    for shop_facts in facts.shops(shop_number, product_number):
        shop = _shop(market, shop_facts)
        opened.append(shop)
        shelves.append([_product(shop, product, categories) for product in shop_facts.products])
    _draw_later(shelves)
    trade.orders_of_the_day(market, opened, DOMAIN)
    deliveries.deliveries_of_today(opened, DOMAIN)
    trade.visits_of_the_week(market, opened, DOMAIN)
    return market


def draw(product_id: str, wanted: list[dict[str, Any]]) -> None:
    """The pictures of one product, through the same door as a merchant's photographs. Those already there stay."""
    product = catalogue_reads.by_id(product_id)
    assert product is not None  # products are never deleted from the database
    for drawing in wanted[product.pictures.count() :]:
        image = drawings.render({"seed": product.slug} | drawing)
        pictures.add(product, io.BytesIO(image), view="", by=SYSTEM)


def _commune(said: dict[str, Any]) -> Facts:
    return Facts(
        insee=said["insee"],
        name=said["name"],
        spelled=True,
        codes=(said["postal_code"],),
        point=(_degrees(said["lat"]), _degrees(said["lon"])),
    )


def _categories(market: Market, said: list[dict[str, str]]) -> dict[str, Category]:
    made: dict[str, Category] = {}
    for category in said:
        made[category["slug"]] = catalogue.add_category(
            market,
            slug_=category["slug"],
            name=category["name"],
            name_en=category["name_en"],
            parent=made.get(category.get("parent", "")),
            by=SYSTEM,
        )
    return made


def _shop(market: Market, said: ShopFacts) -> Shop:
    owner = _owner(said)
    shop = shops.open_shop(
        market,
        owner,
        name=said.name,
        trade=Trade(said.said["trade"]),
        postal_code=said.said["postal_code"],
        by=SYSTEM,
    )
    shops.change_card(shop, _card(said), by=SYSTEM)
    shops.identify(
        shop,
        legal_name=said.said["legal_name"],
        siret=said.said["siret"],
        vat_regime=said.said["vat_regime"],
        vat_number="",
        mediator="Médiateur de la consommation de la démonstration, 86000 Poitiers",
        by=SYSTEM,
    )
    shops.set_hours(shop.places.get(), facts.week(said.said["hours"]), by=SYSTEM)
    if stall := said.said.get("stall"):
        place = shops.add_place(
            shop,
            Place.Kind.STALL,
            name=stall["name"],
            address=stall["address"],
            postal_code=market.postal_code,
            city=market.city,
            by=SYSTEM,
        )
        shops.set_hours(place, facts.week(stall["hours"]), by=SYSTEM)
    shops.set_lending(shop, Shop.Lending.PICTURES, by=SYSTEM)
    shops.publish(shop, by=SYSTEM)
    shops.approve(shop, by=SYSTEM)
    shops.set_orders(
        shop, takes_orders=True, preparation_minutes=120, trusted_up_to=Decimal(60), hold_hours=24, by=SYSTEM
    )
    ways.set_up(shop, said.said)
    return shop


def _owner(said: ShopFacts) -> Account:
    return open_account(f"{said.slug}@{DOMAIN}", name=said.said["role"])


def _card(said: ShopFacts) -> shops.Card:
    card = said.said
    return shops.Card(
        name=said.name,
        trade=Trade(card["trade"]),
        tagline=card["tagline"],
        description=card["description"],
        colour=card["colour"],
        colour_light=card["colour2"],
        phone=card["phone"],
        email=card["email"],
        address=card["address"],
        postal_code=card["postal_code"],
        city=card["city"],
        latitude=_degrees(card["lat"]),
        longitude=_degrees(card["lon"]),
    )


def _product(shop: Shop, said: dict[str, Any], categories: dict[str, Category]) -> Drawn:
    product = catalogue.create(shop, _facts(said, categories), by=SYSTEM)
    if product.availability == Availability.COUNTED:
        counts = [variant.get("stock", 0) for variant in said.get("variants", [])] or [said.get("stock", 1)]
        for variant, counted in zip(product.choices, counts, strict=True):
            stock.count(variant, Decimal(str(counted)), by=SYSTEM)
    if "minutes" in said:
        appointments.set_service(product, _setting(said), by=SYSTEM)
    catalogue.set_status(product, Product.Status.ONLINE, by=SYSTEM)
    return product, said.get("drawings", [])


def _setting(said: dict[str, Any]) -> appointments.Setting:
    return appointments.Setting(said["minutes"], said["pause"], said["cancel_hours"], said["resources"])


def _draw_later(shelves: list[list[Drawn]]) -> None:
    """Ask for the pictures, those first that a visitor meets first: one of each, the newest of each shop."""
    turns = zip_longest(*(reversed(shelf) for shelf in shelves))
    in_order = [drawn for turn in turns for drawn in turn if drawn is not None]
    for product, drawings_wanted in in_order:
        outbox.publish("demo.product_made", product_id=str(product.id), wanted=drawings_wanted[:1])
    for product, drawings_wanted in in_order:
        if len(drawings_wanted) > 1:
            outbox.publish("demo.product_made", product_id=str(product.id), wanted=drawings_wanted)


def _facts(said: dict[str, Any], categories: dict[str, Category]) -> ProductFacts:
    return ProductFacts(
        name=said["name"],
        price=Decimal(said["price"]),
        kind=Kind(said["kind"]),
        vat_rate=Decimal(said["vat"]),
        unit=Unit(said["unit"]),
        portion=said.get("portion", ""),
        portion_weight=Decimal(said.get("portion_grams", 0)) / 1000,
        category=categories[said["category"]],
        maker=said.get("author", said.get("maker", said.get("publisher", ""))),
        description=said["description"],
        availability=Availability(said["availability"]),
        delay_days=said.get("delay_days", 0),
        daily_quantity=Decimal(str(said.get("daily", 0))),
        is_unique=said.get("unique", False),
        ingredients=said.get("ingredients", ""),
        allergens=said.get("allergens", []),
        origin=said.get("origin", ""),
        is_alcohol=said.get("alcohol", False),
        variants=[_variant(said | variant) for variant in said.get("variants", [{}])],
    )


def _variant(said: dict[str, Any]) -> VariantFacts:
    amount, _, unit = said.get("content", "").partition(" ")
    return VariantFacts(
        size=said.get("size", ""),
        colour=said.get("colour", ""),
        price=Decimal(said["price"]),
        gtin=said.get("gtin", said.get("isbn", "")),
        content=Decimal(amount.replace(",", ".")) if amount else None,
        content_unit=unit,
    )


def _degrees(value: float) -> int:
    return round(value * DEGREE)
