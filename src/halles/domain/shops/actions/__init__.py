# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes markets and shops: one room each for the market, the shop, its hours and its team."""

from halles.domain.shops.actions.depots import join as join_depot
from halles.domain.shops.actions.hours import (
    add_place,
    change_place,
    close_days,
    remove_place,
    reopen_days,
    set_holidays,
    set_hours,
)
from halles.domain.shops.actions.market import add_operator, change_market, open_first_market, open_market
from halles.domain.shops.actions.shop import (
    Card,
    approve,
    change_card,
    identify,
    keep_terms,
    open_shop,
    publish,
    set_doors,
    set_lending,
    set_orders,
    set_questions,
    suspend,
)
from halles.domain.shops.actions.team import accept_invitation, dismiss, invite
from halles.domain.shops.actions.whereabouts import locate

__all__ = [
    "Card",
    "accept_invitation",
    "add_operator",
    "add_place",
    "approve",
    "change_card",
    "change_market",
    "change_place",
    "close_days",
    "dismiss",
    "identify",
    "invite",
    "join_depot",
    "keep_terms",
    "locate",
    "open_first_market",
    "open_market",
    "open_shop",
    "publish",
    "remove_place",
    "reopen_days",
    "set_doors",
    "set_holidays",
    "set_hours",
    "set_lending",
    "set_orders",
    "set_questions",
    "suspend",
]
