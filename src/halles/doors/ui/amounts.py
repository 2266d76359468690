# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much of a good somebody asks for: in her own words, and « environ » until it has lain on the scale."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.catalogue.models import Portion
from halles.domain.orders.models import OrderLine
from halles.doors.ui import formats
from halles.kernel.units import Unit


def about(words: str, is_about: bool = True) -> str:
    """ "environ 600 g", as long as nobody has weighed it."""
    return _("environ %(amount)s") % {"amount": words} if is_about else words


def price(amount: Decimal | int | None, is_about: bool = False) -> str:
    """ "environ 6,20 €", or the price that stands."""
    return about(formats.money(amount), is_about) if amount is not None else ""


def counted(number: int, portion: str) -> str:
    """ "2 parts"."""
    match portion:
        case Portion.PIECE:
            words = ngettext("%(number)s pièce", "%(number)s pièces", number)
        case Portion.SLICE:
            words = ngettext("%(number)s tranche", "%(number)s tranches", number)
        case Portion.TRAY:
            words = ngettext("%(number)s barquette", "%(number)s barquettes", number)
        case _:
            words = ngettext("%(number)s part", "%(number)s parts", number)
    return words % {"number": formats.number(Decimal(number))}


def one_of(portion: str, weight: Decimal) -> str:
    """What one portion weighs: "1 part ≈ 300 g"."""
    return f"{counted(1, portion)} ≈\xa0{formats.quantity(weight, Unit.KILOGRAM)}"


def amount(
    quantity: Decimal, unit: str, *, portion: str = "", portions: int | None = None, is_about: bool = False
) -> str:
    """ "2 parts, environ 600 g", "environ 250 g", "412 g", "2"."""
    words = about(formats.quantity(quantity, unit), is_about)
    return f"{counted(portions, portion)}, {words}" if portions and portion else words


def before_name(words: str, unit: str) -> str:
    """An amount as it stands before a name in a list: "2 ×", "environ 250 g ·"."""
    return f"{words}\xa0{'×' if unit == Unit.PIECE else '·'}"


def of_line(line: OrderLine) -> str:
    """What will be served: in the words of whoever asked until the shop settled or weighed it otherwise."""
    as_asked = line.served is None and line.quantity == line.ordered
    return amount(
        line.quantity,
        line.unit,
        portion=line.portion if as_asked else "",
        portions=line.portions,
        is_about=line.is_estimate,
    )


def how_much(line: OrderLine) -> str:
    """The same before the name."""
    return before_name(of_line(line), line.unit)


def asked(line: OrderLine) -> str:
    """What was asked for, in the words in which it was."""
    return amount(
        line.ordered,
        line.unit,
        portion=line.portion,
        portions=line.portions,
        is_about=line.is_by_weight and line.ordered > 0,
    )
