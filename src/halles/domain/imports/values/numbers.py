# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers as hands and spreadsheets write them. "1,234" means two things: the column decides, once (`decimal_mark`)."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold
from halles.kernel.numbers import LARGEST, THOUSANDTH, cents
from halles.kernel.units import Unit

LONGEST = 60  # characters in which somebody writes a number
SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\t", " ") | {"’": "'", "−": "-", "–": "-", "—": "-"}
)

USUAL = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")  # nearly always
ONE_MARK = re.compile(r"([0-9]*)([.,])([0-9]*)")
SPACED = re.compile(r"([0-9]{1,3}(?:[ '][0-9]{3})+)(?:([.,])([0-9]+))?")
GROUPED = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)([.,])([0-9]+))?")

CURRENCY = r"(?:€|eur(?:os?|o)?\b)"
EURO = re.compile(rf"^\s*{CURRENCY}|{CURRENCY}\s*$", re.IGNORECASE)
OTHER_MONEY = re.compile(r"[$£¥₿₽₹]|\b(?:usd|gbp|chf|cad|jpy|fcfa|xpf)\b", re.IGNORECASE)
TAX = re.compile(
    r"\(?\b(?:(ht|h\.t\.?|hors[ -]taxes?|excl\.? (?:tax|vat)|tax excl\.?)"
    r"|(ttc|t\.t\.c\.?|incl\.? (?:tax|vat)|tax incl\.?))(?!\w)\)?",
    re.IGNORECASE,
)
PER = re.compile(
    r"(?:/|\b(?:le|la|par|au|l'))\s*(?:(kg|kilo|kilogramme)|(litre|l)|(pi[eè]ce|pce|unit[eé]|bouteille)|(botte|bouquet)|"
    r"(m[eè]tre|m)|(heure|h))\s*$",
    re.IGNORECASE,
)
PER_UNITS = (Unit.KILOGRAM, Unit.LITRE, Unit.PIECE, Unit.BUNCH, Unit.METRE, Unit.HOUR)
SPLIT_BY_EURO = re.compile(r"([0-9]+)\s*€\s*([0-9]{2})")
NO_CENTS = re.compile(r"[.,]\s*--?$")

RATES = tuple(map(Decimal, ("0", "2.1", "5.5", "8.5", "10", "20")))
PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%")
VAT_WORDS = re.compile(r"\b(?:tva|vat|tax|taux|fr)(?![a-z])|[:()]", re.IGNORECASE)


class Stocked(StrEnum):
    """Availability said in words instead of a number."""

    HERE = "here"
    GONE = "gone"
    TO_ORDER = "to_order"


STOCK_WORDS = {
    Stocked.HERE: "en stock|instock|in stock|in_stock|disponible|available|oui|yes|vrai|true|illimite|unlimited|∞",
    Stocked.GONE: "rupture|rupture de stock|en rupture|epuise|epuisee|outofstock|out of stock|out_of_stock|sold out|"
    "indisponible|unavailable|non|no|faux|false",
    Stocked.TO_ORDER: "sur commande|onbackorder|backorder|on backorder|precommande|preorder|pre-order",
}
STOCKED = {word: stocked for stocked, words in STOCK_WORDS.items() for word in words.split("|")}
PIECES = re.compile(r"\s*(?:pi[eè]ces?|pcs?|pces?|unit[eé]s?|u\.?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Price:
    """A price as it was written. `exact` keeps every decimal, for reckoning the tax; `per` the unit, when it was said."""

    exact: Decimal
    tax_excluded: bool | None = None  # None: not said
    per: Unit | None = None

    @property
    def amount(self) -> Decimal:
        """To the cent, half up."""
        return cents(self.exact)

    @property
    def was_rounded(self) -> bool:
        """Whether `amount` says less than was written: a warning is due."""
        return self.amount != self.exact


def decimal_mark(samples: Iterable[str]) -> str | None:
    """Which of "," and "." begins the decimals in a column; None when nothing tells or when they contradict one another."""
    told = Counter(mark for text in samples if (mark := _told(_bare(text))))
    return next(iter(told)) if len(told) == 1 else None


def _bare(text: str) -> str:
    """A number without the money, tax and percent around it."""
    text = text[:LONGEST].translate(SPACES)
    return PER.sub("", TAX.sub("", EURO.sub("", text))).replace("%", "").strip(" +-'")


def _told(bare: str) -> str:
    if found := SPACED.fullmatch(bare):
        return found[2] or ""
    if found := GROUPED.fullmatch(bare):
        if found[3]:
            return found[3]
        several = bare.count(found[2]) > 1
        return ("." if found[2] == "," else ",") if several else "" if found[1][0] != "0" else found[2]
    if (found := ONE_MARK.fullmatch(bare)) and found[3]:
        return found[2]
    return ""


def number(text: str, mark: str | None = None) -> Decimal | None:
    """The number in these signs and no others; None when it is none. `mark` settles "1,234".

    :raises Refused: `imports.number_ambiguous` when "1,234" may be either and `mark` is None.
    """
    if len(text) > LONGEST:
        return None
    if USUAL.fullmatch(text):
        return Decimal(text.replace(",", "."))
    text = text.translate(SPACES).strip()
    sign, text = (-1, text[1:].strip()) if text.startswith("-") else (1, text.removeprefix("+").strip())
    if USUAL.fullmatch(text):
        return sign * Decimal(text.replace(",", "."))
    if found := SPACED.fullmatch(text):
        return sign * Decimal(f"{re.sub('[^0-9]', '', found[1])}.{found[3] or 0}")
    if found := GROUPED.fullmatch(text):
        return sign * _grouped(found, mark)
    if (found := ONE_MARK.fullmatch(text)) and (found[1] or found[3]):
        return sign * Decimal(f"{found[1] or 0}.{found[3] or 0}")
    return None


def _grouped(found: re.Match[str], mark: str | None) -> Decimal:
    """Groups of three after a comma or point: thousands, unless it is the only one and the column's mark."""
    groups, separator, _, decimals = found.groups()
    if not decimals and groups.count(separator) == 1:
        if groups[0] == "0" or mark == separator:
            return Decimal(groups.replace(separator, "."))
        if mark is None:
            raise Refused("imports.number_ambiguous", typed=groups)
    return Decimal(f"{groups.replace(separator, '')}.{decimals or 0}")


def _filled(text: str) -> str:
    text = text.strip().removeprefix("'").strip()
    if not text:
        raise Refused("imports.cell_empty")
    return text


def price(text: str, mark: str | None = None) -> Price:
    """A price in euros, with what is said of tax and unit.

    :raises Refused: `imports.cell_empty`, `imports.price_wrong`, `imports.number_ambiguous`, `imports.currency_wrong`,
        `imports.price_negative`, `imports.price_too_high`.
    """
    typed = _filled(text)
    if len(typed) > LONGEST:
        raise Refused("imports.price_wrong", typed=typed[:40])
    if (exact := number(typed.removesuffix("€"), mark)) is not None:
        return _checked(Price(exact), typed)
    if OTHER_MONEY.search(typed):
        raise Refused("imports.currency_wrong", typed=typed[:40])
    rest = typed.translate(SPACES)
    tax = TAX.search(rest)
    rest = TAX.sub("", rest).strip()
    unit = PER.search(rest)
    rest = PER.sub("", rest).strip()
    rest = SPLIT_BY_EURO.sub(r"\1,\2", rest) if SPLIT_BY_EURO.fullmatch(rest) else EURO.sub("", rest).strip()
    amount = number(NO_CENTS.sub("", rest), mark)
    if amount is None:
        raise Refused("imports.price_wrong", typed=typed[:40])
    per = PER_UNITS[(unit.lastindex or 1) - 1] if unit else None
    return _checked(Price(amount, bool(tax[1]) if tax else None, per), typed)


def _checked(found: Price, typed: str) -> Price:
    if found.exact < 0:
        raise Refused("imports.price_negative", typed=typed)
    if found.exact > LARGEST:
        raise Refused("imports.price_too_high", typed=typed)
    return found


def vat(text: str) -> Decimal:
    """A French rate in percent, from "5,5 %", "0.055", "TVA 20"… Words of a system ("taux réduit") are its mapper's.

    :raises Refused: `imports.cell_empty`, `imports.vat_unknown`.
    """
    typed = _filled(text)
    if len(typed) <= LONGEST:
        said = PERCENT.findall(typed.translate(SPACES))
        rest = said[0] if len(said) == 1 else VAT_WORDS.sub(" ", typed).strip()
        # No rate is in the thousands: here "5,500" can only be five and a half.
        rate = number(rest, mark="," if "," in rest else ".")
        if rate and 0 < rate < 1 and not said:
            rate *= 100
        if rate in RATES:
            return RATES[RATES.index(rate)]
    raise Refused("imports.vat_unknown", typed=typed[:40])


def quantity(text: str, mark: str | None = None) -> Decimal | Stocked:
    """How many there are, to the thousandth, or whether there is any.

    :raises Refused: `imports.cell_empty`, `imports.quantity_wrong`, `imports.quantity_negative`,
        `imports.number_ambiguous`.
    """
    typed = _filled(text)
    count = number(PIECES.sub("", typed) if len(typed) <= LONGEST else typed, mark)
    if count is None:
        if stocked := STOCKED.get(fold(typed[:LONGEST])):
            return stocked
        raise Refused("imports.quantity_wrong", typed=typed[:40])
    if count < 0:
        raise Refused("imports.quantity_negative", typed=typed)
    if count > LARGEST or count % THOUSANDTH:
        raise Refused("imports.quantity_wrong", typed=typed)
    return count
