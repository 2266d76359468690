# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which numbers mean the same thing everywhere, and what may be kept of a good. Pure: values in, values out."""

from dataclasses import replace

from halles.domain.tradeitems.ports import Facts
from halles.kernel.errors import Refused
from halles.kernel.text import one_line

SHORT = "000000"  # before the eight digits of a small pack
# Numbers that each shop gives out for itself, on its scales above all (GS1 General Specifications, restricted circulation).
WITHIN_ONE_SHOP = ("02", "2")
WITHIN_ONE_SHOP_SHORT = ("0", "2")
WEIGHED = "9"  # the first of fourteen digits, where each box weighs something else
LONGEST_NAME, LONGEST_INGREDIENTS = 120, 4000


def is_everywhere(gtin: str) -> bool:
    """Whether these fourteen digits name one good in every shop, rather than what one shop weighed and wrapped."""
    if gtin.startswith(SHORT):
        return not gtin[len(SHORT) :].startswith(WITHIN_ONE_SHOP_SHORT)
    return not gtin.startswith(WEIGHED) and not gtin[1:].startswith(WITHIN_ONE_SHOP)


def kept(facts: Facts) -> Facts:
    """The facts as they are kept: single lines of visible signs, no longer than there is room for.

    :raises Refused: `tradeitems.one_shop_only`, `tradeitems.name_missing`.
    """
    if not is_everywhere(facts.gtin):
        raise Refused("tradeitems.one_shop_only", typed=facts.gtin.lstrip("0"))
    name = one_line(facts.name, LONGEST_NAME)
    if not name:
        raise Refused("tradeitems.name_missing")
    return replace(
        facts,
        name=name,
        maker=one_line(facts.maker, LONGEST_NAME),
        ingredients=one_line(facts.ingredients, LONGEST_INGREDIENTS),
        origin=one_line(facts.origin, LONGEST_NAME),
        allergens=sorted(set(facts.allergens)),
    )
