# SPDX-License-Identifier: AGPL-3.0-or-later
"""A town a hundred times as large: how much longer one waits."""

import json
from collections.abc import Callable

from benchmarks.client import alternate, ask, middle, shown, warm
from benchmarks.figures import Figure, Measured
from benchmarks.ground import LARGE, SMALL, Ground, environment, folder, inside


def _product(ground: Ground) -> Measured:
    """The answer time of product pages that no cache knows, asked one after the other over the whole town."""
    sizes = (SMALL, LARGE)

    def times(size: int) -> Callable[[], float]:
        origin, paths = ground.house(size), ground.town(size)["products"]
        warm(origin, paths, fresh=True)
        return lambda: ask(origin, paths, fresh=True, connections=1).median

    small, large = alternate(*(times(size) for size in sizes))
    detail = {"ms_small": shown(small), "ms_large": shown(large), "products": sizes, "addresses": 200}
    return Measured(middle(large) / middle(small), detail)


def _search(kind: str) -> Callable[[Ground], Measured]:
    def measure(ground: Ground) -> Measured:
        hits: dict[int, list[int]] = {}

        def once(size: int) -> float:
            words = json.dumps(ground.town(size)[kind])
            said = json.loads(inside("benchmarks.searches", words, env=environment(folder(size))))
            hits[size] = said["hits"]
            return float(said["ms"])

        for size in (SMALL, LARGE):
            ground.town(size)
        small, large = alternate(lambda: once(SMALL), lambda: once(LARGE))
        found = {"hits_small": _range(hits[SMALL]), "hits_large": _range(hits[LARGE])}
        detail = {"ms_small": shown(small), "ms_large": shown(large), "products": [SMALL, LARGE]} | found
        return Measured(middle(large) / middle(small), detail)

    return measure


def _range(hits: list[int]) -> list[int]:
    return [min(hits), max(hits)]


FIGURES = [
    Figure("growth.product", "x", "<= 1.3", _product),
    Figure("growth.search.selective", "x", "<= 1.5", _search("selective")),
    Figure("growth.search.common", "x", "<= 4", _search("common")),
]
