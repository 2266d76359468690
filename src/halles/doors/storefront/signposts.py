# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a search leads to besides articles: the shops and « rayons » that bear its words, or the trade they mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from halles.domain.catalogue.models import Category
from halles.domain.catalogue.search import stems
from halles.domain.shops.models import Shop, Trade
from halles.doors.storefront.words import EVERYDAY
from halles.doors.ui.words import TRADES

MOST = 6  # of each: articles are what most people look for


@dataclass(frozen=True, slots=True)
class Signposts:
    """Where a search leads, and the stems that name something in this town: they are not typing slips."""

    shops: Sequence[Shop]
    categories: Sequence[Category]
    names: frozenset[str]


def signposts(query: str, stands: Sequence[Shop], tree: Sequence[Category]) -> Signposts:
    """The shops and « rayons » that have all the words of a query."""
    of_trade = {trade: frozenset(stems(f"{trade} {TRADES[trade]}")) for trade in Trade}
    meant = {s: of_trade[trade] for word, trade in EVERYDAY.items() for s in stems(word)}
    wanted = [{typed} | meant.get(typed, set()) for typed in stems(query)]
    of_shop = {shop.id: stems(shop.name).keys() | of_trade[Trade(shop.trade)] for shop in stands}
    of_category = {known.id: stems(f"{known.name} {known.name_en}").keys() for known in tree}

    def fits(words: frozenset[str] | set[str]) -> bool:
        return bool(wanted) and all(either & words for either in wanted)

    return Signposts(
        [shop for shop in stands if fits(of_shop[shop.id] | stems(shop.tagline).keys())][:MOST],
        [known for known in tree if fits(set(of_category[known.id]))][:MOST],
        frozenset(meant).union(*of_trade.values(), *of_shop.values(), *of_category.values()),
    )
