# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a neighbour asks for a quantity: in grams at the scale, in pieces elsewhere."""

from dataclasses import dataclass
from decimal import Decimal

from halles.domain.catalogue.models import Product
from halles.domain.orders.actions.baskets import check_quantity
from halles.kernel.errors import Refused
from halles.kernel.units import STEPS, Unit, down_to_step


@dataclass(frozen=True, slots=True)
class Asking:
    """In what one asks for a unit: `factor` of them make one; in steps of `step`, `usual` to begin with."""

    factor: int = 1
    symbol: str = ""
    step: int = 1
    usual: int = 1


ASKED = {
    Unit.KILOGRAM: Asking(1000, "g", 50, 250),
    Unit.LITRE: Asking(100, "cl", 10, 50),
    Unit.METRE: Asking(100, "cm", 10, 100),
    Unit.HOUR: Asking(60, "min", 15, 60),
}


def asking(unit: str) -> Asking:
    """How one asks for this unit."""
    return ASKED.get(Unit(unit), Asking())


MOST_TYPED = 9999  # of portions; how many one may have the domain says
PORTIONS = Asking()  # one by one


def shown(quantity: Decimal, unit: str) -> int:
    """A quantity as the stepper shows it: 0.25 kg is 250."""
    return int(quantity * asking(unit).factor)


def in_steps(quantity: Decimal, unit: str) -> int:
    """The same on a step of the scale: what portions weigh need not be one."""
    return shown(down_to_step(quantity, Unit(unit)), unit)


def read(typed: str, unit: str) -> Decimal:
    """What was typed in the stepper, as the domain counts it; nought is allowed.

    :raises Refused: as `baskets.check_quantity`.
    """
    try:
        quantity = Decimal(typed.strip().replace(",", ".")[:20]) / asking(unit).factor
        return check_quantity(quantity, unit) if quantity else quantity
    except ArithmeticError:
        raise Refused("orders.quantity_wrong", field="quantity", unit=unit) from None


def read_portions(typed: str) -> Decimal:
    """A number of portions as it was typed; nought is allowed.

    :raises Refused: `orders.portions_wrong`.
    """
    wrong = Refused("orders.portions_wrong", field="quantity")
    try:
        number = Decimal(typed.strip().replace(",", ".")[:20])
    except ArithmeticError:
        raise wrong from None
    if not number.is_finite() or not 0 <= number <= MOST_TYPED or number % 1:
        raise wrong
    return number


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of a unit, or so many portions."""

    number: Decimal
    in_portions: bool = False


def at_most(product: Product, left: Decimal | None, *, portions: bool) -> Amount | None:
    """What can be had of what is left: whole portions where these were asked for, else steps of the scale."""
    if left is None:
        return None
    if portions and (number := left // product.portion_weight):
        return Amount(number, in_portions=True)
    quantity = down_to_step(left, Unit(product.unit))
    return Amount(quantity) if quantity else None


def the_other_way(product: Product, asked: Amount) -> Amount:
    """About as much by weight instead of in portions, or in portions instead of by weight; something at least."""
    if not product.portion_weight:
        return asked
    if asked.in_portions:
        step = STEPS[Unit(product.unit)]
        return Amount(max(down_to_step(asked.number * product.portion_weight, Unit(product.unit)), step))
    return Amount(
        max((asked.number / product.portion_weight).quantize(Decimal(1)), Decimal(1)), in_portions=True
    )
