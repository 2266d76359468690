# SPDX-License-Identifier: AGPL-3.0-or-later
"""An article as it was, kept as JSON until nobody can want it back."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.catalogue.models import Availability, Category, Kind, Product
from halles.kernel.units import Unit

DECIMALS = {"price", "vat_rate", "daily_quantity", "content"}
WORDS: dict[str, Any] = {"kind": Kind, "unit": Unit, "availability": Availability}


def as_json(facts: ProductFacts, product: Product) -> dict[str, Any]:
    """Facts and whether customers see it."""
    kept = {field.name: _plain(getattr(facts, field.name)) for field in fields(facts)}
    return kept | {"status": str(product.status)}


def _plain(value: Any) -> Any:  # noqa: ANN401
    match value:
        case Category():
            return str(value.id)
        case Decimal():
            return str(value)
        case VariantFacts():
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case list() | tuple():
            return [_plain(one) for one in value]
    return str(value) if isinstance(value, Kind | Unit | Availability) else value


def facts_from(kept: dict[str, Any]) -> tuple[ProductFacts, Product.Status]:
    """The facts again. One query for the « rayon », which may be gone."""
    told = dict(kept)
    status = Product.Status(told.pop("status"))
    told["variants"] = [VariantFacts(**_typed(variant)) for variant in told["variants"]]
    told["category"] = Category.objects.filter(pk=told["category"]).first() if told["category"] else None
    told["allergens"] = tuple(told["allergens"])
    return ProductFacts(**_typed(told)), status


def _typed(told: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in told.items():
        if name in DECIMALS and value is not None:
            read[name] = Decimal(value)
        elif name in WORDS and value is not None:
            read[name] = WORDS[name](value)
        else:
            read[name] = value
    return read
