# SPDX-License-Identifier: AGPL-3.0-or-later
"""Money and quantities: `Decimal` in Python, whole numbers in the database.

SQLite stores DecimalField as binary floats (0.1 + 0.2 fails `CHECK <= 0.3`), so amounts are kept in cents and
quantities in thousandths (shops sell by weight). One currency a market; prices include tax, as French shops
show them; rounding is half up, once a line. See ADR-0002.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable

CENT = Decimal("0.01")
THOUSANDTH = Decimal("0.001")
# Beyond this nobody sells anything in a market hall, and sums still fit a 64-bit integer with ease.
LARGEST = Decimal("9999999")


def cents(amount: Decimal) -> Decimal:
    """The amount rounded half up to the cent."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def line_total(unit_price: Decimal, quantity: Decimal) -> Decimal:
    """What a line costs: price of one unit times quantity, rounded once."""
    return cents(unit_price * quantity)


class ScaledField(models.BigIntegerField):  # type: ignore[type-arg]
    """A `Decimal` with a fixed number of places, stored as a whole number of its smallest step."""

    step: Decimal
    # What django-stubs reads to type an attribute of a model.
    _pyi_private_set_type: Decimal | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: object) -> Decimal | None:
        return None if value is None else value * self.step

    def to_python(self, value: Any) -> Decimal | None:  # noqa: ANN401
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError("not a number", code="invalid") from error

    def get_prep_value(self, value: Any) -> int | None:  # noqa: ANN401
        amount = self.to_python(value)
        if amount is None:
            return None
        scaled = amount / self.step
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} is finer than {self.step}")
        return int(scaled)

    def formfield(self, *_: object, **__: object) -> None:
        """Forms say what they ask for themselves."""
        return


class MoneyField(ScaledField):
    """An amount in the market's currency, to the cent."""

    step = CENT


class QuantityField(ScaledField):
    """A quantity of the product's unit (pieces, kilograms, litres…), to the thousandth."""

    step = THOUSANDTH


class RateField(ScaledField):
    """A VAT rate in percent: 5.5 is five and a half."""

    step = CENT
