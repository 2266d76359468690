# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of which a page of Ma boutique has dozens, written in Python as cards are (ADR-0010)."""

import uuid
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.orders.models import OrderLine
from halles.doors.ui import amounts, drawings, formats, pictures
from halles.doors.ui.markup import NOTHING, markup

if TYPE_CHECKING:
    from halles.doors.backoffice.order_cards import Card
    from halles.doors.backoffice.views.picking import Row
    from halles.doors.backoffice.views.stock import Cell
    from halles.doors.backoffice.views.today import Todo

NOBODY = uuid.UUID(int=0)
HIDDEN = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
ORDER_CARD = (
    '<article class="card todo-card{}"><h3 class="card-name" id="c-{}"><a href="{}" data-keep>{}</a></h3>'
    '<p class="todo-when">{}</p><p class="soft"><bdi>{}</bdi> · <bdi class="code-small">{}</bdi></p>'
    '<p class="todo-total">{}</p>{}{}</article>'
)
ORDER_ACT = (
    '<form method="post" action="{}" class="todo-act" data-act="{} {}" data-words="{} · {}" data-page="{}">{}'
    '<input type="hidden" name="back" value="today">'
    '<button class="button" id="acte-{}" aria-describedby="c-{}">{}</button>{}</form>'
)
COUNT = (
    '<li><label class="row-words" for="n-{}">{} {}</label><input id="n-{}" name="n-{}" value="{}" inputmode="decimal"'
    ' autocomplete="off" maxlength="24"><input type="hidden" name="was-{}" value="{}">{}</li>'
)
PICK = (
    '<form method="post" action="{}" data-act="pick {}" data-words="{}\xa0: {} · {}" data-undone="{}\xa0: {}">{}'
    '<input type="hidden" name="jour" value="{}"><input type="hidden" name="key" value="{}">'
    '<input type="hidden" name="lines" value="{}"><input type="hidden" name="fait" value="{}">'
    '<button class="pick" aria-pressed="{}"><span class="row-picture">{}</span>'
    '<span class="pick-words"><span class="pick-name">{}</span>{}</span>'
    '<span class="pick-number">{}<b>{}</b>{}</span><span class="pick-box">{}</span></button></form>'
    '<details class="pick-whom"><summary>{}</summary><ul>{}{}</ul></details>'
)
WHOM = '<li><b>{}</b> <a href="{}"><bdi class="code-small">{}</bdi></a> <bdi>{}</bdi>{}{}</li>'


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[NOBODY]).replace(str(NOBODY), "{}")


def address(name: str, pk: uuid.UUID) -> str:
    """As `reverse`, of what a page has dozens of."""
    return _pattern(name).format(pk)


def order_card(card: "Card", item: "Todo | None" = None, token: str = "") -> SafeString:
    """An order in a list; with an `item` the act that settles it, which takes the form's `token`."""
    order = card.order
    href = address("backoffice:order", order.id)
    return markup(
        ORDER_CARD,
        " urgent" if card.urgent else "",
        order.id,
        href,
        card.words,
        card.when,
        order.order.name,
        order.code,
        amounts.price(order.total, order.is_estimate),
        _order_lines(card),
        _order_act(card, item, token, href) if item else NOTHING,
    )


def _order_lines(card: "Card") -> SafeString:
    if not card.lines:
        return NOTHING
    lines = "".join(markup("<li>{}</li>", line) for line in card.lines)
    return SafeString(f'<ul class="order-lines">{lines}{_others(card.more)}</ul>')


def _others(number: int) -> SafeString:
    """How many more there are, at the end of a list."""
    if not number:
        return NOTHING
    said = ngettext("et %(n)s autre", "et %(n)s autres", number) % {"n": number}
    return markup('<li class="soft">{}</li>', said)


def _order_act(card: "Card", item: "Todo", token: str, href: str) -> SafeString:
    order = card.order
    if item.is_page:
        form = '<p class="todo-act"><a class="button" href="{}" aria-describedby="c-{}">{}</a></p>'
        return markup(form, item.address, order.id, item.act)
    if item.act:
        said = _("gardée jusqu'à %(time)s") % {"time": card.left} if card.left else ""
        left = markup('<span class="soft">{}</span>', said) if said else NOTHING
        return markup(
            ORDER_ACT, item.address, item.act, order.id, item.act, order.code, href, markup(HIDDEN, token),
            order.id, order.id, item.act, left,
        )  # fmt: skip
    if order.order.phone:
        form = '<p class="todo-act"><a class="button quiet" href="tel:{}">{}{}</a></p>'
        return markup(form, order.order.phone, drawings.icon("phone"), _("Appeler"))
    return NOTHING


def count_row(cell: "Cell") -> SafeString:
    """A number to be counted, with what is promised of it."""
    promised = NOTHING
    if cell.promised:
        number = formats.quantity(cell.promised, cell.variant.product.unit)
        promised = markup('<span class="soft">{}</span>', _("mis de côté : %(n)s") % {"n": number})
    error = NOTHING
    if cell.error:
        error = markup('<p class="error">{} <span>{}</span></p>', drawings.icon("circle-alert"), cell.error)
    name = cell.name
    return markup(COUNT, name, cell.words, promised, name, name, cell.typed, name, cell.shown, error)


def pick_row(row: "Row", day: str, trade: str, token: str) -> SafeString:
    """An article of the picking list, and for whom it is."""
    good, number = row.good, row.number
    taken = row.is_picked
    photo = good.product.photos[0] if good.product and good.product.photos else None
    of, whom = NOTHING, len(good.lines)
    if row.of:
        of = markup('<span class="soft">{}</span>', _("sur %(n)s") % {"n": row.of})
    return markup(
        PICK, reverse("backoffice:picking_tick"), row.id, _("Pris"), number, good.name, _("Reposé"), good.name,
        markup(HIDDEN, token), day, row.key, row.seen, "0" if taken else "1", "true" if taken else "false",
        pictures.render(photo, "thumb", "", False) if photo else drawings.trade(trade),
        good.name, _pick_words(row), markup('<span class="soft">{}</span>', _("encore")) if row.of else NOTHING,
        number, of, drawings.icon("check", 24),
        ngettext("pour %(n)s commande", "pour %(n)s commandes", whom) % {"n": whom}, _whom(row.whom),
        _others(row.others),
    )  # fmt: skip


def _pick_words(row: "Row") -> SafeString:
    parts = markup('<span class="soft">{}</span>', row.parts) if row.parts else NOTHING
    notes = "".join(markup('<span class="pick-note">{}</span>', note) for note in row.notes)
    return SafeString(f"{parts}{notes}")


def _whom(lines: Sequence[OrderLine]) -> SafeString:
    return SafeString("".join(_for_whom(line) for line in lines))


def _for_whom(line: OrderLine) -> SafeString:
    order: Any = line.shop_order
    note = markup(" · {}", line.note) if line.note else NOTHING
    taken = markup(' <span class="soft">· {}</span>', _("pris")) if line.picked >= line.quantity else NOTHING
    href = address("backoffice:order", line.shop_order_id)
    return markup(
        WHOM, formats.how_many(line.quantity, line.unit), href, order.code, order.order.name, note, taken
    )
