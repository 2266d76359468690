# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the market in a town of 10,000 products, as floors.

`warm`: the same page again and again, as a crowd asks for it.

`cold`: every request under an address that nobody has asked for, so that none of our caches knows the page: all
of it is read, rendered, compressed and kept anew. What belongs to a running process stays: compiled templates,
drawings, open connections, the system's cache of files.
"""

from collections.abc import Callable

from benchmarks.base import against_floor
from benchmarks.client import ask, warm
from benchmarks.figures import Figure, Measured
from benchmarks.ground import USUAL, Ground, fetch

COLD = "each request under an address of its own, which no page cache knows; compiled templates stay"
WARM = "the same address again and again"


def _page(which: str, *, cold: bool) -> Callable[[Ground], Measured]:
    def measure(ground: Ground) -> Measured:
        origin, path = ground.house(), ground.town(USUAL)[which]
        warm(origin, [path], fresh=cold)
        return against_floor(
            ground,
            lambda: ask(origin, [path], fresh=cold).per_second,
            what=COLD if cold else WARM,
            page=path,
            page_bytes=len(fetch(origin + path)),
            products=USUAL,
        )

    return measure


FIGURES = [
    Figure("storefront.product.warm", "floors", ">= 3", _page("product", cold=False)),
    Figure("storefront.category.warm", "floors", ">= 3", _page("category", cold=False)),
    Figure("storefront.product.cold", "floors", ">= 0.3", _page("product", cold=True)),
    Figure("storefront.category.cold", "floors", ">= 0.3", _page("category", cold=True)),
]
