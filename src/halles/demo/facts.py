# SPDX-License-Identifier: AGPL-3.0-or-later
"""The town as it is written down in `town/`, and, when a bigger one is asked for, more of the same."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

TOWN = Path(__file__).parent / "town"
WEEKDAYS = {"lun": 0, "mar": 1, "mer": 2, "jeu": 3, "ven": 4, "sam": 5, "dim": 6}


@dataclass(frozen=True)
class ShopFacts:
    """One shop of the town: its card and its shelf, as in its file."""

    slug: str
    name: str
    said: dict[str, Any]
    products: list[dict[str, Any]]


def market() -> dict[str, Any]:
    """The market's own facts."""
    return tomllib.loads((TOWN / "market.toml").read_text())


def shops(number: int | None = None, products: int | None = None) -> list[ShopFacts]:
    """The shops written down; with numbers, so many shops and articles in all, always the same ones."""
    written = [_read(path) for path in sorted((TOWN / "shops").glob("*.toml"))]
    wanted = list(islice(_more(written), number or len(written)))
    if products is None:
        return wanted
    each, rest = divmod(products, len(wanted))
    return [
        replace(shop, products=list(islice(_more_products(shop), each + (place < rest))))
        for place, shop in enumerate(wanted)
    ]


def periods(hours: list[dict[str, str]]) -> Iterator[tuple[int, str, str]]:
    """`{days = "mar-sam", opens, closes}` as one (weekday, opens, closes) a day."""
    for period in hours:
        for part in period["days"].split(","):
            first, _, last = part.strip().partition("-")
            for weekday in range(WEEKDAYS[first], WEEKDAYS[last or first] + 1):
                yield weekday, period["opens"], period["closes"]


def week(hours: list[dict[str, str]]) -> list[tuple[int, dt.time, dt.time]]:
    """The same with times."""
    return [
        (weekday, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))
        for weekday, opens, closes in periods(hours)
    ]


def _read(path: Path) -> ShopFacts:
    said = tomllib.loads(path.read_text())
    return ShopFacts(said["slug"], said["name"], said, said.pop("product"))


def _more(written: list[ShopFacts]) -> Iterator[ShopFacts]:
    """The written shops, then the same ones numbered, for ever."""
    for turn, shop in zip((n // len(written) for n in count()), cycle(written), strict=False):
        yield (
            shop
            if not turn
            else replace(shop, slug=f"{shop.slug}-{turn + 1}", name=f"{shop.name} {turn + 1}")
        )


def _more_products(shop: ShopFacts) -> Iterator[dict[str, Any]]:
    """The written articles, then the same ones numbered and without their codes, for ever."""
    for turn, product in zip((n // len(shop.products) for n in count()), cycle(shop.products), strict=False):
        if not turn:
            yield product
        else:
            numbered = {"name": f"{product['name']} n° {turn + 1}"}
            yield {key: value for key, value in product.items() if key not in {"gtin", "isbn"}} | numbered
