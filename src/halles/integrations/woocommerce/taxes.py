# SPDX-License-Identifier: AGPL-3.0-or-later
"""WooCommerce names tax classes, not rates: a rate is read where the class spells it, and never guessed."""

import re
from decimal import Decimal

from halles.integrations.woocommerce.entries import Entry
from halles.kernel.identifiers import fold

UNTAXED = frozenset({"none", "shipping"})  # at most its transport is taxed
USUAL = frozenset({"", "standard", "parent"})
ZERO = frozenset({"zero-rate", "taux-zero", "zero"})
SPELLED = re.compile(r"(?<!\d)(20|10|5|2|8|55|21|85|0)(?:[-.,](\d))?0*(?!\d)")
# "tva-5-5", and "tva-55" from "TVA 5,5": a class's address loses its comma.
RATES = {
    "20": Decimal(20), "10": Decimal(10), "5.5": Decimal("5.5"), "55": Decimal("5.5"), "2.1": Decimal("2.1"),
    "21": Decimal("2.1"), "8.5": Decimal("8.5"), "85": Decimal("8.5"), "0": Decimal(0),
}  # fmt: skip


def rate_of(entry: Entry) -> Decimal | None:
    """The rate that an article's row tells; None when it does not."""
    if fold(entry.text("tax_status")) in UNTAXED:
        return Decimal(0)
    return spelled(entry)


def spelled(entry: Entry) -> Decimal | None:
    """The rate that is in the class's name; None for the usual class and for one that names none."""
    name = fold(entry.text("tax_class"))
    if name in ZERO:
        return RATES["0"]
    found = SPELLED.findall(name)
    if len(found) != 1:
        return None
    whole, tenth = found[0]
    return RATES.get(f"{whole}.{tenth}" if tenth.strip("0") else whole)


def is_unknown(entry: Entry) -> bool:
    """Whether a class is named whose rate only the shop knows."""
    return spelled(entry) is None and fold(entry.text("tax_class")) not in USUAL


def tax_class(rate: Decimal) -> tuple[str, str]:
    """Tax status and class to write. A class that the other shop does not have is its usual one, as WooCommerce reads it."""
    if not rate:
        return "none", ""
    return "taxable", f"tva-{rate.normalize():f}".replace(".", "-")
