# SPDX-License-Identifier: AGPL-3.0-or-later
"""A product as it stands at one moment: kept as JSON until nobody can want it back, in short to see who touched it since."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from halles.domain.catalogue.actions.facts import ProductFacts, VariantFacts, facts_of
from halles.domain.catalogue.models import Availability, Category, Kind, Product
from halles.kernel.identifiers import digest
from halles.kernel.units import Unit

DECIMALS = {"price", "vat_rate", "daily_quantity", "portion_weight", "content"}
WORDS: dict[str, Any] = {"kind": Kind, "unit": Unit, "availability": Availability}
# Said of articles since digests are kept: told where something is said, so that the older ones stay true.
LATER = {"portion", "portion_weight"}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is said of a product, whether customers see it, and which variants are « épuisé » where that matters."""

    facts: ProductFacts
    status: Product.Status
    sold_out: frozenset[uuid.UUID] | None = None

    @property
    def digest(self) -> str:
        """In short: another one means that somebody touched it."""
        sold_out = "" if self.sold_out is None else sorted(map(str, self.sold_out))
        return digest(f"{self.status} {list(_flat(self.facts))!r}{sold_out}")


def taken(product: Product, *, sold_out: bool = False) -> Snapshot:
    """A product as it stands now. No query when it was read with its choices."""
    gone = frozenset(variant.id for variant in product.choices if variant.sold_out) if sold_out else None
    return Snapshot(facts_of(product), Product.Status(product.status), gone)


def as_json(snapshot: Snapshot) -> dict[str, Any]:
    """What can be kept."""
    kept = {field.name: _kept(getattr(snapshot.facts, field.name)) for field in fields(snapshot.facts)}
    kept["status"] = str(snapshot.status)
    return kept if snapshot.sold_out is None else kept | {"sold_out": sorted(map(str, snapshot.sold_out))}


def from_json(kept: Sequence[Mapping[str, Any]]) -> list[Snapshot]:
    """What was kept. One query for the « rayons », which may be gone."""
    ids = {told["category"] for told in kept if told["category"]}
    categories = {str(category.id): category for category in Category.objects.filter(pk__in=ids)}
    return [_read(dict(told), categories) for told in kept]


def _read(told: dict[str, Any], categories: Mapping[str, Category]) -> Snapshot:
    status, gone = Product.Status(told.pop("status")), told.pop("sold_out", None)
    told["variants"] = [VariantFacts(**_typed(variant)) for variant in told["variants"]]
    told["category"] = categories.get(told["category"])
    told["allergens"] = tuple(told["allergens"])
    sold_out = None if gone is None else frozenset(map(uuid.UUID, gone))
    return Snapshot(ProductFacts(**_typed(told)), status, sold_out)


def _kept(value: Any) -> Any:  # noqa: ANN401
    match value:
        case Category():
            return str(value.id)
        case Decimal():
            return str(value)
        case VariantFacts():
            return {field.name: _kept(getattr(value, field.name)) for field in fields(value)}
        case list() | tuple():
            return [_kept(one) for one in value]
    return str(value) if isinstance(value, Kind | Unit | Availability) else value


def _typed(told: Mapping[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, value in told.items():
        if name in DECIMALS and value is not None:
            read[name] = Decimal(value)
        elif name in WORDS and value is not None:
            read[name] = WORDS[name](value)
        else:
            read[name] = value
    return read


def _flat(facts: ProductFacts) -> Iterator[object]:
    for field in fields(facts):
        value = getattr(facts, field.name)
        if field.name == "variants":
            yield [tuple(_plain(getattr(v, f.name) or "") for f in fields(v)) for v in value]
        elif field.name == "category":
            yield str(value.id) if value else ""
        elif value or field.name not in LATER:
            yield _plain(value)


def _plain(value: object) -> str:
    """The same for 500 and 500.000: the database gives back more places than a file has."""
    return str(value.normalize() if isinstance(value, Decimal) else value)
