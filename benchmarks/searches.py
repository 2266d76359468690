# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the search for such a word takes, and how much it finds."""

import json
import statistics
import time

from halles.domain.catalogue.search import find
from halles.domain.shops.reads import market

REPEATS = 5


def main(words: str) -> None:
    """Print the median time of a search in milliseconds, and how many products each word finds."""
    here, wanted = market(), json.loads(words)
    assert here is not None
    hits = [len(find(here, word).ids) for word in wanted]
    times = []
    for _ in range(REPEATS):
        for word in wanted:
            began = time.perf_counter()
            find(here, word)
            times.append(time.perf_counter() - began)
    print(json.dumps({"ms": statistics.median(times) * 1000, "hits": hits}))
