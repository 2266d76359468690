# SPDX-License-Identifier: AGPL-3.0-or-later
"""The units in which shops sell, and what is special about each."""

from decimal import Decimal

from django.db import models


class Unit(models.TextChoices):
    """What a price is the price of."""

    PIECE = "piece"
    KILOGRAM = "kg"
    LITRE = "litre"
    BUNCH = "bunch"
    METRE = "metre"
    HOUR = "hour"


# The smallest quantity one may ask for, and the step between quantities (50 g at the scale).
STEPS = {
    Unit.PIECE: Decimal(1),
    Unit.KILOGRAM: Decimal("0.050"),
    Unit.LITRE: Decimal("0.100"),
    Unit.BUNCH: Decimal(1),
    Unit.METRE: Decimal("0.100"),
    Unit.HOUR: Decimal("0.250"),
}

# In which the law wants a comparable price shown when the content of a piece is known (arrêté of 16 November 1999).
COMPARABLE = {
    "g": (Unit.KILOGRAM, Decimal("0.001")),
    "kg": (Unit.KILOGRAM, Decimal(1)),
    "ml": (Unit.LITRE, Decimal("0.001")),
    "cl": (Unit.LITRE, Decimal("0.01")),
    "l": (Unit.LITRE, Decimal(1)),
}


def down_to_step(quantity: Decimal, unit: Unit) -> Decimal:
    """The largest quantity one may ask for that is not more than this; nought when there is none."""
    return quantity - quantity % STEPS[unit]


def is_step(quantity: Decimal, unit: Unit) -> bool:
    """Whether a quantity can be asked for in this unit."""
    return quantity > 0 and quantity % STEPS[unit] == 0
