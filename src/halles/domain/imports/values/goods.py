# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words for what an article is: its sort, how one can have it, in what it is sold, what it contains. French and English.

The first word of each is the one that our own export writes.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

from halles.domain.catalogue.models import Availability, Kind, Portion
from halles.domain.catalogue.rules import check_portion
from halles.domain.imports.values.contents import content
from halles.domain.imports.values.numbers import number
from halles.domain.imports.values.words import several, yes_no
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.units import COMPARABLE, Unit

KIND_WORDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.OBJECT: "objet|object|autre|other",
        Kind.FOOD: "alimentation|food|épicerie|alimentaire|grocery",
        Kind.BREAD: "pain|bread|boulangerie|bakery",
        Kind.PASTRY: "pâtisserie|pastry|viennoiserie",
        Kind.SANDWICH: "sandwich",
        Kind.WINE: "vin|wine|boisson alcoolisée",
        Kind.BOOK: "livre|book|librairie",
        Kind.CLOTHING: "vêtement|clothing|mode|clothes",
        Kind.PLANT: "plante|plant|fleur|flower",
        Kind.SERVICE: "service|prestation",
    }
)
AVAILABILITY_WORDS: Mapping[Availability, str] = MappingProxyType(
    {
        Availability.AVAILABLE: "disponible|available",
        Availability.COUNTED: "je compte|counted|compté",
        Availability.DAILY: "chaque jour|daily|every day|tous les jours",
        Availability.TO_ORDER: "sur commande|to order|made to order",
        Availability.TO_CONFIRM: "à confirmer|to confirm|to be confirmed",
    }
)
UNIT_WORDS: Mapping[Unit, str] = MappingProxyType(
    {
        # What is sold by the box or bottle is a piece here.
        Unit.PIECE: "pièce|piece|pce|pc|pcs|u|un|unité|unit|à la pièce|à l'unité|l'unité|la pièce|each|ea|uvc|exemplaire|"
        "bouteille|bottle|boîte|box|pot|jar|bocal|sachet|bag|paquet|pack|lot|barquette|carton|plateau|tube|paire|pair",
        Unit.KILOGRAM: "kg|kilo|kilogramme|kilogram|kgs|au kilo|au kg|le kg|le kilo",
        Unit.LITRE: "litre|l|liter|lt|au litre|le litre",
        Unit.BUNCH: "botte|bunch|bouquet|la botte",
        Unit.METRE: "mètre|m|metre|meter|ml|au mètre|le mètre|mètre linéaire",
        Unit.HOUR: "heure|h|hour|l'heure",
    }
)
PORTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Portion.PIECE: "pièce|piece|pièces|pieces|morceau|morceaux",
        Portion.PART: "part|parts|portion|portions|wedge|wedges",
        Portion.SLICE: "tranche|slice|tranches|slices",
        Portion.TRAY: "barquette|tray|barquettes|trays",
    }
)
ALLERGEN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "gluten": "gluten|blé|froment|seigle|orge|avoine|épeautre|kamut|wheat|rye|barley|oats|spelt",
        "crustaceans": "crustacés|crustaceans|crustacé|crevette|crevettes|crustacean",
        "eggs": "œufs|eggs|œuf|egg",
        "fish": "poisson|fish|poissons",
        "peanuts": "arachides|peanuts|arachide|peanut|cacahuète|cacahuètes",
        "soybeans": "soja|soybeans|soya|soy|soybean",
        "milk": "lait|milk|lactose|produits laitiers",
        "nuts": "fruits à coque|nuts|fruit à coque|noix|noisette|noisettes|amande|amandes|pistache|pistaches|"
        "noix de cajou|noix de pécan|tree nuts|almonds|hazelnuts|walnuts",
        "celery": "céleri|celery",
        "mustard": "moutarde|mustard",
        "sesame": "sésame|sesame seeds|graines de sésame",
        "sulphites": "sulfites|sulphites|sulfite|anhydride sulfureux|sulphur dioxide and sulphites|sulphur dioxide",
        "lupin": "lupin",
        "molluscs": "mollusques|molluscs|mollusque|mollusc",
    }
)
PORTION = re.compile(r"([^\W\d]+)\W+([0-9].*)")
NONE = frozenset({"aucun", "aucune", "neant", "sans", "none", "non", "no", "-", "–", "/", "sans allergene"})
LIST = re.compile(r"\s+(?:et|and)\s+")
DAYS = re.compile(r"([0-9]{1,3})\s*(?:j|jours?|days?)?(?: ouvr[eé]s| ouvrables)?", re.IGNORECASE)
DEGREES = re.compile(r"\s*(?:% ?vol\.?|°|%|vol\.?|degr[eé]s?)\s*$", re.IGNORECASE)
LEAST_ALCOHOL = Decimal(
    "1.2"
)  # percent of the volume: beyond, it is alcohol (code de la santé publique, L3321-1)

Said = TypeVar("Said", bound=Enum | str)


def _by_word(words: Mapping[Said, str]) -> Mapping[str, Said]:
    return MappingProxyType({fold(word): said for said, all_ in words.items() for word in all_.split("|")})


KINDS, AVAILABILITIES, UNITS = _by_word(KIND_WORDS), _by_word(AVAILABILITY_WORDS), _by_word(UNIT_WORDS)
ALLERGENS = _by_word(ALLERGEN_WORDS)
PORTIONS = _by_word(PORTION_WORDS)


def our_word(words: Mapping[Said, str], said: Said) -> str:
    """What our own export writes."""
    return words[said].split("|", 1)[0]


def kind(text: str) -> Kind:
    """:raises Refused: `imports.kind_unknown`."""
    if found := KINDS.get(fold(text[:60])):
        return found
    raise Refused("imports.kind_unknown", typed=text.strip()[:40])


def unit(text: str) -> Unit:
    """In what it is sold.

    :raises Refused: `imports.unit_unknown`.
    """
    if found := UNITS.get(fold(text[:60]).rstrip(".")):
        return found
    raise Refused("imports.unit_unknown", unit=text.strip()[:40])


def portion(text: str) -> tuple[str, Decimal]:
    """ "part 300 g": in what one asks for it, and what one of these weighs in kilograms.

    :raises Refused: `imports.portion_wrong`.
    """
    found = PORTION.fullmatch(text.strip()[:60])
    word = PORTIONS.get(fold(found[1])) if found else None
    if found and word:
        with suppress(Refused):
            amount, unit = content(found[2], ",")
            if amount is not None and COMPARABLE[unit][0] == Unit.KILOGRAM:
                return check_portion(Unit.KILOGRAM, word, amount * COMPARABLE[unit][1])
    raise Refused("imports.portion_wrong", typed=text.strip()[:40])


def allergens(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Those of the fourteen that are named, and the words that are none of them."""
    found: dict[str, None] = {}
    unknown = []
    for part in several(LIST.sub(",", text), ",;|/\n"):
        word = fold(part.rpartition(":")[2][:60]).strip(" .*")  # "en:milk"
        if name := ALLERGENS.get(word) or ALLERGENS.get(word.replace("-", " ")):
            found[name] = None
        elif word not in NONE:
            unknown.append(part[:40])
    return tuple(found), unknown


def days(text: str) -> int:
    """A delay in days.

    :raises Refused: `imports.delay_wrong`.
    """
    if found := DAYS.fullmatch(text.strip()[:40]):
        return int(found[1])
    raise Refused("imports.delay_wrong", typed=text.strip()[:40])


def is_alcohol(text: str) -> bool:
    """Yes, no, or a strength ("12,5 % vol").

    :raises Refused: `imports.yes_no_wrong`.
    """
    strength = number(DEGREES.sub("", text.strip()), ",")
    if strength is None or strength == 1 or strength == 0:
        return yes_no(text)
    return strength > LEAST_ALCOHOL
