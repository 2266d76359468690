# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m benchmarks [PREFIX]`: the figures whose names begin so; one JSON line each on standard output.

What is going on is told on standard error. A figure that cannot be measured is an error; one that misses its
goal is not.
"""

import subprocess
import sys

from benchmarks import (
    backoffice,
    base,
    growth,
    imports,
    inp,
    lighthouse,
    orders,
    push,
    rounds,
    slots,
    storefront,
    weight,
)
from benchmarks.figures import Figure
from benchmarks.ground import BenchError, Ground, say

FIGURES: list[Figure] = [
    *base.FIGURES,
    *storefront.FIGURES,
    *backoffice.FIGURES,
    *inp.FIGURES,
    *growth.FIGURES,
    *orders.FIGURES,
    *push.FIGURES,
    *slots.FIGURES,
    *rounds.FIGURES,
    *imports.FIGURES,
    *weight.FIGURES,
    *lighthouse.FIGURES,
]


def main(prefix: str) -> int:
    """Measure; the number of figures that could not be."""
    figures = [figure for figure in FIGURES if figure.name.startswith(prefix)]
    if not figures:
        say(f"{prefix}: no such figure. There are: {', '.join(figure.name for figure in FIGURES)}")
        return 1
    failed = 0
    with Ground() as ground:
        for figure in figures:
            say(f"── {figure.name}")
            try:
                line = figure.line(figure.measure(ground))
            except (BenchError, OSError, subprocess.SubprocessError) as error:
                say(f"{figure.name}: ERROR {error}")
                failed += 1
            else:
                sys.stdout.write(line + "\n")
                sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1] if len(sys.argv) > 1 else "") else 0)
