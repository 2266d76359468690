# SPDX-License-Identifier: AGPL-3.0-or-later
"""A quantity as the customer said it: 250 g stays 250 g while the shop settles his order."""

from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from django.core.exceptions import ValidationError

from halles.doors.backoffice.forms.fields import QuantityInput, as_typed
from halles.doors.ui import formats
from halles.kernel.units import STEPS, Unit


@dataclass(frozen=True, slots=True)
class Scale:
    """In what one counts: `factor` of these make one unit."""

    symbol: str
    factor: int = 1

    def shown(self, quantity: Decimal) -> str:
        """A quantity as one would type it: 0.25 kg is 250."""
        return as_typed(quantity * self.factor)

    def read(self, typed: str) -> Decimal | None:
        """What was typed as the domain counts it, or nothing when it is no number."""
        try:
            number: Decimal | None = QuantityInput(required=False).clean(typed)
        except ValidationError:
            return None
        return None if number is None else number / self.factor


def scale(quantity: Decimal, unit: str) -> Scale:
    """In what one says this quantity: less than a kilo in grams."""
    if unit == Unit.HOUR:
        return Scale("min", 60) if quantity < 1 else Scale("h")
    if unit in formats.SMALLER and quantity < 1:
        return Scale(*formats.SMALLER[unit])
    return Scale(formats.SYMBOLS.get(unit, ""))


# What one tap on an article adds, where one unit would be too much or too little.
A_TAP = MappingProxyType({Unit.KILOGRAM: Decimal("0.250"), Unit.LITRE: Decimal("0.5")})


def asking(unit: str) -> tuple[Scale, Decimal, Decimal]:
    """How one asks for a good of this unit: in what, in which steps of that, and how much a tap adds (in units)."""
    counted = scale(STEPS[Unit(unit)], unit)
    return counted, STEPS[Unit(unit)] * counted.factor, A_TAP.get(Unit(unit), Decimal(1))
