# SPDX-License-Identifier: AGPL-3.0-or-later
"""`{% load gestion %}`: the rows that are written in Python, with what the page knows."""

from collections.abc import Iterable
from typing import Any

from babel.lists import format_list
from django import template
from django.utils.safestring import SafeString

from halles.doors.backoffice import pieces
from halles.doors.backoffice.article_row import article_row as written
from halles.doors.ui import formats

register = template.Library()

# `{% count_row cell %}`
register.simple_tag(pieces.count_row)


@register.filter
def names(shops: Iterable[Any]) -> str:
    """`{{ depot.users|names }}`: "La Brouette et Le Bocal levé"."""
    return str(format_list([str(shop) for shop in shops], locale=formats.locale()))


@register.simple_tag(takes_context=True)
def order_card(context: template.Context, card: Any, item: Any = None) -> SafeString:  # noqa: ANN401
    """`{% order_card card %}`, `{% order_card item.card item %}` with its act."""
    return pieces.order_card(card, item, str(context.get("csrf_token", "")))


@register.simple_tag(takes_context=True)
def pick_row(context: template.Context, row: Any) -> SafeString:  # noqa: ANN401
    """`{% pick_row row %}`, of the page's `list`."""
    day = context["list"].day.isoformat()
    return pieces.pick_row(row, day, context["shop"].trade, str(context["csrf_token"]))


@register.simple_tag(takes_context=True)
def article_row(context: template.Context, row: Any) -> SafeString:  # noqa: ANN401
    """`{% article_row row %}`."""
    return written(row, context["shop"].trade)
