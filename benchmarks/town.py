# SPDX-License-Identifier: AGPL-3.0-or-later
"""A town with so many products, always the same, under `HALLES_DATA`.

Shops come by the house's own actions; products are too many for that and are written in bulk.
`town.json` notes what the figures ask for. Nobody is given a person's name.
"""

import datetime as dt
import io
import itertools
import json
import sys
from collections.abc import Iterator
from decimal import Decimal

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from halles.demo import drawings
from halles.domain.catalogue import pictures, search
from halles.domain.catalogue.actions import add_category
from halles.domain.catalogue.models import Availability, Category, Kind, Price, Product, Variant
from halles.domain.journal.models import JournalEntry
from halles.domain.people.actions import open_account
from halles.domain.shops import actions
from halles.domain.shops.models import Market, Shop, Trade
from halles.domain.stock.models import StockLevel, StockMove, StockPlace
from halles.kernel.actor import SYSTEM
from halles.kernel.identifiers import fold

BATCH = 2_000
PER_SHOP = 50
PER_MAKER = 40
WINDOW = 24  # so many of the newest products have a picture; the newest of all, which is weighed, has three
BEGINNING = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)

NOUNS = [
    "Confiture", "Terrine", "Savon", "Bougie", "Carnet", "Bonnet", "Panier", "Gâteau", "Miel", "Sirop",
    "Biscuit", "Tablier", "Coussin", "Lampe", "Vase", "Assiette", "Bol", "Écharpe", "Jouet", "Puzzle",
    "Affiche", "Théière", "Huile", "Moutarde", "Vinaigre", "Chocolat", "Nougat", "Tisane", "Couteau", "Râpe",
]  # fmt: skip
QUALITIES = [
    "artisanal",
    "ancien",
    "doux",
    "fin",
    "généreux",
    "nature",
    "léger",
    "robuste",
    "clair",
    "profond",
]
OF = ["de châtaigne", "au chèvre", "de tilleul", "à l'ancienne", "du marais", "en lin", "au sel", "de noyer"]
SENTENCES = [
    "Préparé en petites quantités, à quelques rues de la place.",
    "La matière est choisie à la main et vient de moins de cent kilomètres.",
    "Il se garde au sec, à l'abri de la lumière, et se bonifie avec le temps.",
    "On le prend pour soi, on l'offre volontiers, on y revient souvent.",
    "Chaque pièce diffère un peu de sa voisine : c'est ainsi qu'on la reconnaît.",
    "Demandez conseil à la boutique, qui le connaît mieux que personne.",
]
SYLLABLES = [
    "ba",
    "cel",
    "dor",
    "fi",
    "gan",
    "lou",
    "mer",
    "nou",
    "pin",
    "rou",
    "sel",
    "tau",
    "ver",
    "zan",
    "bri",
    "cla",
]
CATEGORIES = {
    "À manger": ["Épicerie", "Fromages", "Pains", "Confiseries"],
    "À boire": ["Vins", "Jus", "Thés et tisanes", "Sirops"],
    "À lire": ["Romans", "Jeunesse", "Beaux livres", "Papeterie"],
    "À porter": ["Bonnets", "Écharpes", "Chemises", "Sacs"],
    "À la maison": ["Vaisselle", "Lumières", "Textiles", "Cuisine"],
    "À offrir": ["Bougies", "Savons", "Jouets", "Affiches"],
}
SIRET = "00012345500008"  # passes the check, and plainly nobody's


def main(size: str) -> None:
    """Build it, and note what there is to ask for."""
    call_command("migrate", interactive=False, verbosity=0)
    noted = build(int(size))
    (settings.DATA / "town.json").write_text(json.dumps(noted, indent=1))


def build(size: int) -> dict[str, object]:
    """The whole town; what the figures may ask for."""
    with transaction.atomic():
        market = open_market()
        categories = add_categories(market)
        shops = [open_shop(market, number) for number in range(size // PER_SHOP)]
    for first in range(0, size, BATCH):
        with transaction.atomic():
            add_products(shops, categories, range(first, min(first + BATCH, size)), size)
        print(f"{min(first + BATCH, size)} of {size}", file=sys.stderr)
    add_pictures()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    every = list(Product.objects.select_related("shop").order_by("created_at"))
    weighed = every[-1]
    spread = [k * size // 200 + k % 5 for k in range(200)]  # of every sort, over the whole town
    return {
        "product": _address(weighed),
        "gtin": Variant.objects.filter(product=weighed)[0].gtin,
        "shop": f"/boutiques/{weighed.shop.slug}",
        "category": "/rayons/a-la-maison",
        "products": [_address(every[n]) for n in spread],
        "orderable": [_address(every[n]) for n in spread if _kind(n) in {0, 1} and not _has_sizes(n)],
        "selective": [_maker(n * size // PER_MAKER // 20).split()[1] for n in range(20)],
        "common": QUALITIES,
    }


def open_market() -> Market:
    operator = open_account("operatrice@bench.halles.test", name="opératrice du marché")
    market = actions.open_market(
        "marche-d-essai",
        "Le marché d'essai",
        city="Poitiers",
        postal_code="86000",
        operator=operator,
        by=SYSTEM,
    )
    actions.change_market(
        market,
        tagline="Tout ce qui se vend ici se trouve à deux pas.",
        approval_needed=False,
        latitude=4_658_000,
        longitude=34_000,
        by=SYSTEM,
    )
    return market


def add_categories(market: Market) -> list[Category]:
    leaves = []
    for name, below in CATEGORIES.items():
        parent = add_category(market, name=name, name_en=name, by=SYSTEM)
        leaves += [add_category(market, name=leaf, name_en=leaf, parent=parent, by=SYSTEM) for leaf in below]
    return leaves


def open_shop(market: Market, number: int) -> Shop:
    """A lawful shop that takes orders, with a midday break and a counter somewhere in town."""
    trade = list(Trade)[number % len(Trade)]
    owner = open_account(f"boutique{number}@bench.halles.test", name=f"gérance {number}")
    shop = actions.open_shop(
        market, owner, name=f"L'étal {number}", trade=trade, postal_code="86000", by=SYSTEM
    )
    card = actions.Card(
        name=shop.name,
        trade=trade,
        tagline=SENTENCES[number % 6],
        description=" ".join(SENTENCES),
        phone="05 36 49 12 34",
        email=owner.email,
        address=f"{number % 90 + 1} rue de la Halle",
        postal_code="86000",
        city="Poitiers",
        latitude=4_658_000 + number % 97 * 20,
        longitude=34_000 + number % 89 * 25,
    )
    actions.change_card(shop, card, by=SYSTEM)
    actions.identify(
        shop,
        legal_name=f"L'étal {number} SARL",
        siret=SIRET,
        vat_regime="real",
        vat_number="",
        mediator="Médiateur de la consommation, 86000 Poitiers",
        by=SYSTEM,
    )
    day = [(dt.time(9), dt.time(12, 30)), (dt.time(14), dt.time(19))]
    actions.set_hours(
        shop.places.get(), [(weekday, *hours) for weekday in range(6) for hours in day], by=SYSTEM
    )
    actions.publish(shop, by=SYSTEM)
    actions.set_orders(
        shop, takes_orders=True, preparation_minutes=120, trusted_up_to=Decimal(60), hold_hours=24, by=SYSTEM
    )
    return shop


def add_products(shops: list[Shop], categories: list[Category], numbers: range, size: int) -> None:
    products = [_product(shops[n * len(shops) // size], categories[n % len(categories)], n) for n in numbers]
    Product.objects.bulk_create(products)
    variants = [v for n, product in zip(numbers, products, strict=True) for v in _variants(product, n)]
    Variant.objects.bulk_create(variants)
    Price.objects.bulk_create(Price(variant=v, amount=v.price, since=v.created_at) for v in variants)
    _stock(variants)
    search.index(products)
    JournalEntry.objects.bulk_create(
        JournalEntry(
            act="catalogue.created",
            actor_kind="system",
            shop_id=p.shop_id,
            subject_kind="catalogue.product",
            subject_id=p.id,
        )
        for p in products
    )


def _product(shop: Shop, category: Category, n: int) -> Product:
    sorts = [Availability.AVAILABLE, Availability.COUNTED, Availability.DAILY, Availability.TO_ORDER]
    # Strides without a common divisor, so that each word stands beside each other one.
    name = f"{NOUNS[n % 30]} {OF[n // 7 % 8]} {QUALITIES[n // 3 % 10]}"
    description = "\n\n".join(" ".join(SENTENCES[(n + i + j) % 6] for j in range(3)) for i in range(3))
    return Product(
        market_id=shop.market_id,
        shop=shop,
        category=category,
        slug=f"article-{n}",
        name=name,
        maker=_maker(n // PER_MAKER),
        description=description,
        kind=Kind.FOOD,
        vat_rate=Decimal("5.5"),
        status=Product.Status.ONLINE,
        availability=sorts[_kind(n)],
        delay_days=5 if _kind(n) == 3 else 0,
        daily_quantity=Decimal(30),
        ingredients="Fruits, sucre, lait, noisettes, sel",
        allergens=["milk", "nuts"],
        origin="Vienne",
        words=fold(f"{name} {_maker(n // PER_MAKER)} {category.name} Vienne {description}")[:4000],
        created_at=BEGINNING + dt.timedelta(seconds=n),
    )


def _variants(product: Product, n: int) -> Iterator[Variant]:
    for position, size in enumerate(["petit", "moyen", "grand"] if _has_sizes(n) else [""]):
        yield Variant(
            product=product,
            shop_id=product.shop_id,
            position=position,
            size=size,
            gtin=gtin_of(3 * n + position),
            price=Decimal(350 + n % 40 * 25) / 100 + 3 * position,
            content=Decimal(250 * (position + 1)),
            content_unit="g",
            created_at=product.created_at,
        )


def _stock(variants: list[Variant]) -> None:
    """Counted goods have been counted once: more than anybody will order."""
    counted = [v for v in variants if v.product.availability == Availability.COUNTED]
    shop_ids = {v.shop_id for v in counted}
    known = {place.shop_id: place for place in StockPlace.objects.filter(shop_id__in=shop_ids)}
    new = [StockPlace(shop_id=shop_id) for shop_id in sorted(shop_ids - set(known))]
    known |= {place.shop_id: place for place in StockPlace.objects.bulk_create(new)}
    levels = [StockLevel(variant=v, place=known[v.shop_id], on_hand=Decimal(900_000)) for v in counted]
    StockLevel.objects.bulk_create(levels)
    StockMove.objects.bulk_create(
        StockMove(level=level, quantity=level.on_hand, reason=StockMove.Reason.RECEIVED, actor_kind="system")
        for level in levels
    )


def add_pictures() -> None:
    """The drawings of the demonstration town, by the same way as a merchant's photographs."""
    motifs = itertools.cycle(sorted(drawings.MOTIFS))
    for place, product in enumerate(Product.objects.order_by("-created_at")[:WINDOW]):
        for view in ["group", "one", "close"] if place == 0 else ["one"]:
            image = drawings.render({"kind": next(motifs), "view": view, "seed": product.slug})
            picture = pictures.add(product, io.BytesIO(image), view=view, by=SYSTEM)
            pictures.make_sizes(str(picture.id))


def _address(product: Product) -> str:
    return f"/boutiques/{product.shop.slug}/{product.slug}"


def _kind(n: int) -> int:
    return n // 2 % 4


def _has_sizes(n: int) -> bool:
    return n % 5 == 4


def _maker(number: int) -> str:
    return f"Atelier {word(number).capitalize()}"


def word(number: int) -> str:
    """A word that nobody else has: sixteen syllables make four thousand of three."""
    return "".join(SYLLABLES[number // 16**place % 16] for place in range(3))


def gtin_of(number: int) -> str:
    """Fourteen digits with the right check digit, from the range that shops may use for themselves."""
    digits = f"02{number:011d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
