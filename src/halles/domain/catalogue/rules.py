# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is proposed for each sort of good, and what must be shown with it. Pure: values in, values out."""

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import takewhile
from types import MappingProxyType

from halles.domain.catalogue.models import Kind, Portion
from halles.domain.shops.models import Shop, Trade
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.numbers import LARGEST, THOUSANDTH, cents
from halles.kernel.units import COMPARABLE, Unit

# Rates in metropolitan France (CGI art. 278, 278-0 bis, 279, 281 quater): proposed, never imposed.
VAT_RATES = (Decimal("5.5"), Decimal(10), Decimal(20), Decimal("2.1"), Decimal(0))
VAT_BY_KIND = MappingProxyType(
    {
        Kind.BREAD: Decimal("5.5"),
        Kind.PASTRY: Decimal("5.5"),
        Kind.FOOD: Decimal("5.5"),
        Kind.BOOK: Decimal("5.5"),
        Kind.SANDWICH: Decimal(10),
        Kind.PLANT: Decimal(10),
        Kind.WINE: Decimal(20),
        Kind.CLOTHING: Decimal(20),
        Kind.OBJECT: Decimal(20),
        Kind.SERVICE: Decimal(20),
    }
)
KIND_BY_TRADE = MappingProxyType(
    {
        Trade.GROCER: Kind.FOOD,
        Trade.BOOKSHOP: Kind.BOOK,
        Trade.CLOTHES: Kind.CLOTHING,
        Trade.BAKER: Kind.BREAD,
        Trade.CHEESE: Kind.FOOD,
        Trade.WINE: Kind.WINE,
        Trade.FLORIST: Kind.PLANT,
        Trade.GREENGROCER: Kind.FOOD,
    }
)
# Most of what these sell was packed by somebody else, and bears a number.
CODED_TRADES = frozenset({Trade.GROCER, Trade.BOOKSHOP, Trade.WINE})
# Of one portion, in kilograms: from a slice of ham to a whole wheel. What is beyond is a slip of the finger.
LIGHTEST_PORTION, HEAVIEST_PORTION = Decimal("0.005"), Decimal(50)
FOOD_KINDS = frozenset({Kind.FOOD, Kind.BREAD, Kind.PASTRY, Kind.SANDWICH, Kind.WINE})

# How a market is likely to call the « rayon » of a sort of good, folded.
CATEGORY_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        Kind.BREAD: ("pain",),
        Kind.PASTRY: ("patisserie", "viennoiserie"),
        Kind.SANDWICH: ("sandwich",),
        Kind.WINE: ("vin",),
        Kind.BOOK: ("livre", "librairie"),
        Kind.CLOTHING: ("vetement", "mode"),
        Kind.PLANT: ("plante", "fleur"),
        Kind.FOOD: ("epicerie",),
    }
)

# Words in a name that tell the sort whatever the shop sells otherwise, folded and in the singular.
TELLING_WORDS: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.SANDWICH: frozenset(
            {"sandwich", "sandwiche", "panini", "wrap", "bagel", "burger", "quiche", "pizza", "croque"}
        ),
        Kind.WINE: frozenset(
            {
                "vin", "champagne", "cremant", "cidre", "biere", "rhum", "whisky", "gin", "vodka", "cognac", "armagnac",
                "calvados", "pineau", "porto", "liqueur",
            }
        ),
        Kind.PASTRY: frozenset(
            {
                "croissant", "chocolatine", "brioche", "tarte", "tartelette", "gateau", "tourteau", "flan", "eclair",
                "chausson", "broye", "macaron", "madeleine", "cookie",
            }
        ),
        Kind.BREAD: frozenset({"pain", "baguette", "fougasse"}),
        Kind.BOOK: frozenset({"livre", "bd", "catalogue", "guide"}),
        Kind.FOOD: frozenset(
            {"vinaigre", "gelee", "confit", "terrine", "moutarde", "sauce", "farine", "jus", "limonade", "sirop"}
        ),
        Kind.OBJECT: frozenset({"savon", "lessive", "bougie", "affiche", "secateur"}),
    }
)  # fmt: skip
SORT_OF_WORD = MappingProxyType({word: kind for kind, telling in TELLING_WORDS.items() for word in telling})
# What follows says what is in it or what it is for: "terrine au vin", "sac à pain".
ASIDE = frozenset({"a", "au", "aux", "avec", "pour", "sans", "sur"})
# A book's title, and the colour or cut of a dress, say nothing of the sort.
NAMED_FREELY = frozenset({Trade.BOOKSHOP, Trade.CLOTHES})

# The fourteen allergens that must be named (Regulation (EU) 1169/2011, annex II).
ALLERGENS = (
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk",
    "nuts", "celery", "mustard", "sesame", "sulphites", "lupin", "molluscs",
)  # fmt: skip


def usual_kind(trade: str, name: str = "") -> Kind:
    """The sort of good this is by the first telling word of its name, else what a shop of this trade mostly sells."""
    mostly = KIND_BY_TRADE.get(Trade(trade), Kind.OBJECT)
    if Trade(trade) in NAMED_FREELY:
        return mostly
    words = takewhile(lambda word: word not in ASIDE, re.findall(r"[a-z]+", fold(name)))
    named = (SORT_OF_WORD.get(word) or SORT_OF_WORD.get(word.rstrip("sx")) for word in words)
    return next((kind for kind in named if kind), mostly)


def usual_vat(kind: str) -> Decimal:
    """The rate that goods of this sort mostly bear."""
    return VAT_BY_KIND[Kind(kind)]


def bears_vat(shop: Shop) -> bool:
    """Not where « TVA non applicable, art. 293 B du CGI » is printed."""
    return shop.vat_regime != Shop.VatRegime.FRANCHISE


def vat_rate(shop: Shop, rate: Decimal) -> Decimal:
    """The rate a shop's good bears: none at all in a shop without VAT."""
    return rate if bears_vat(shop) else Decimal(0)


def needs_no_price(kind: str | None) -> bool:
    """A fitting may be for nothing; goods are not shown without a price."""
    return kind == Kind.SERVICE


def check_price(price: Decimal) -> Decimal:
    """A price one can ask, rounded to the cent.

    :raises Refused: `catalogue.price_negative`, `catalogue.price_too_high`.
    """
    if not price.is_finite() or price < 0:
        raise Refused("catalogue.price_negative", field="price")
    if price > LARGEST:
        raise Refused("catalogue.price_too_high", field="price")
    return cents(price)


def check_portion(unit: str, portion: str, weight: Decimal) -> tuple[str, Decimal]:
    """A portion and what one weighs, in kilograms; neither where nothing is sold by weight, or none is named.

    :raises Refused: `catalogue.portion_unknown`, `catalogue.portion_weight_wrong`.
    """
    if unit != Unit.KILOGRAM or not portion:
        return "", Decimal(0)
    if portion not in Portion.values:
        raise Refused("catalogue.portion_unknown", field="portion")
    if not weight.is_finite() or not LIGHTEST_PORTION <= weight <= HEAVIEST_PORTION or weight % THOUSANDTH:
        raise Refused("catalogue.portion_weight_wrong", field="portion_weight")
    return portion, weight


def comparable_price(
    price: Decimal, unit: str, content: Decimal | None, content_unit: str
) -> tuple[Decimal, Unit] | None:
    """The price per kilogram or litre that must stand beside the price, when the content is known.

    None when the price is already per kilogram or litre, or when nothing is known of the content.
    """
    if unit != Unit.PIECE or not content or content_unit not in COMPARABLE:
        return None
    comparable_unit, factor = COMPARABLE[content_unit]
    return cents(price / (content * factor)), comparable_unit
