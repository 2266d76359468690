# SPDX-License-Identifier: AGPL-3.0-or-later
"""A quantity as the customer said it: 250 g stays 250 g while the shop settles his order."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from halles.doors.backoffice.forms.fields import QuantityInput, as_typed
from halles.doors.ui import formats
from halles.kernel.units import Unit


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
