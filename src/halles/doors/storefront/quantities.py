# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a neighbour asks for a quantity: in grams at the scale, in pieces elsewhere."""

from dataclasses import dataclass
from decimal import Decimal

from halles.domain.orders.actions.baskets import check_quantity
from halles.kernel.errors import Refused
from halles.kernel.units import Unit


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


def shown(quantity: Decimal, unit: str) -> int:
    """A quantity as the stepper shows it: 0.25 kg is 250."""
    return int(quantity * asking(unit).factor)


def read(typed: str, unit: str) -> Decimal:
    """What was typed in the stepper, as the domain counts it; nought is allowed.

    :raises Refused: as `baskets.check_quantity`.
    """
    try:
        quantity = Decimal(typed.strip().replace(",", ".")[:20]) / asking(unit).factor
        return check_quantity(quantity, unit) if quantity else quantity
    except ArithmeticError:
        raise Refused("orders.quantity_wrong", field="quantity", unit=unit) from None
