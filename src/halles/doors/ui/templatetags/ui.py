# SPDX-License-Identifier: AGPL-3.0-or-later
"""The components of the house. `ui/live.html` shows each with its call; ADR-0007 says why they are made so.

What is only a class (button, row, table, facts) is plain HTML; what has structure or meaning is a tag here.
A tag with a template hands it exactly what it was given, hence `locals()`.
A variable that a template does not know reaches a tag as "": so optional arguments are asked for their truth.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halles.doors.ui import amounts, cards, chips, drawings, formats, pictures
from halles.kernel.contact import show_phone

register = template.Library()

# `{% price amount before=… unit="kg" per=… per_unit="kg" about=True big=True %}`
register.simple_tag(cards.price)
# `{% availability "now" "Disponible" "jusqu'à 19 h" %}`; kinds: now, few, day, order, ask, none
register.simple_tag(cards.availability)
# `{% product_card href name amount picture=… shop=… … %}`; all its names in `cards`
register.simple_tag(cards.product_card)

register.filter("money", formats.money)
register.filter("per_unit", formats.per_unit)
register.filter("unit_word", formats.unit_word)
register.filter("quantity", formats.quantity)
register.filter("how_many", formats.how_many)
# Of an order's line: "2 parts, environ 600 g"; before its name; what was asked for. `{{ total|price_about:part.is_estimate }}`
register.filter("amount", amounts.of_line)
register.filter("how_much", amounts.how_much)
register.filter("asked", amounts.asked)
register.filter("price_about", amounts.price)
register.filter("day", formats.day)
register.filter("time", formats.time_of_day)
register.filter("moment", formats.moment)
register.filter("siret", formats.siret)
register.filter("phone", show_phone)

BANNERS = {"now": "clock", "done": "circle-check", "trouble": "triangle-alert", "note": "info"}


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> SafeString:
    """`{% icon "store" %}`, `{% icon "x" 24 label=_("Fermer") %}`."""
    return drawings.icon(name, size, label)


@register.simple_tag
def same_for_all(template: str, **words: str | int) -> SafeString:
    """`{% same_for_all "ui/parts/gestion_nav.html" here=here %}`: what is the same on every page of a language, as long as
    it is told the same words, is rendered once.
    """
    return _rendered(template, tuple(words.items()), get_language())


@lru_cache(maxsize=512)
def _rendered(template: str, words: tuple[tuple[str, str | int], ...], _language: str | None) -> SafeString:
    return render_to_string(template, dict(words))


@register.simple_tag
def awning(colour: str, light: str = "", height: int = 40) -> SafeString:
    """`{% awning shop.colour shop.colour_light %}`."""
    return drawings.awning(colour, light, height)


@register.simple_tag
def trade_drawing(trade: str) -> SafeString:
    """`{% trade_drawing shop.trade %}`."""
    return drawings.trade(trade)


@register.simple_tag
def qr(url: str, label: str = "") -> SafeString:
    """`{% qr order_url %}`; a code to type stands beside it (`{% code %}`)."""
    return drawings.qr(url, label or _("Code QR"))


@register.simple_tag
def picture(
    picture: pictures.Picture, sizes: str = "card", alt: str | None = None, eager: bool = False
) -> SafeString:
    """`{% picture product.picture "page" eager=True %}`; sizes: page, card, thumb."""
    return pictures.render(picture, sizes, alt, eager)


@register.inclusion_tag("ui/parts/gallery.html")
def gallery(pictures: Sequence[pictures.Picture], trade: str = "autre") -> dict[str, Any]:
    """An article's photographs, the first fetched at once; the trade's drawing if there is none."""
    return locals()


@register.inclusion_tag("ui/parts/shop_card.html")
def shop_card(
    href: str,
    name: str,
    trade: str,
    colour: str,
    light: str = "",
    *,
    trade_name: str = "",
    status: str = "",
    is_open: bool | None = None,
    where: str = "",
    picture: pictures.Picture | None = None,
    level: int = 3,
) -> dict[str, Any]:
    """A shop under its awning: name, trade, whether it is open (`status` in words), where."""
    return locals()


@register.inclusion_tag("ui/parts/order_card.html")
def order_card(
    href: str,
    code: str,
    who: str,
    *,
    words: str,
    when: str = "",
    state: str = "",
    lines: Iterable[str] = (),
    total: Decimal | None = None,
    urgent: bool = False,
    level: int = 3,
) -> dict[str, Any]:
    """A commande as a merchant sees it in a list: what is to be done (`words`), by when, for whom."""
    return locals()


@register.inclusion_tag("ui/parts/shop_header.html")
def shop_header(
    name: str,
    trade: str,
    colour: str,
    light: str = "",
    *,
    trade_name: str = "",
    status: str = "",
    is_open: bool | None = None,
    tagline: str = "",
    href: str = "",
) -> dict[str, Any]:
    """The head of a shop's page; with `href` the small one that stands over its articles."""
    return locals()


@register.inclusion_tag("ui/parts/stepper.html")
def stepper(
    name: str,
    value: Decimal | int,
    label: str,
    *,
    step: Decimal | int = 1,
    least: Decimal | int = 0,
    most: Decimal | int | None = None,
    unit: str = "",
    form: str = "",
) -> dict[str, Any]:
    """− 1 + outside a Django form; the input's `change` event tells of a press (htmx listens to it)."""
    return locals()


@register.simple_tag
def day_chips(
    days: Iterable[dt.date],
    name: str = "jour",
    selected: dt.date | None = None,
    any_day: str = "",
    closed: Iterable[dt.date] = (),
) -> SafeString:
    """Days to choose from, inside a form; `any_day` adds a first chip for no day in particular."""
    return chips.days(days, name, selected or None, any_day, closed)


@register.inclusion_tag("ui/parts/steps.html")
def steps(names: Sequence[str], current: int) -> dict[str, Any]:
    """Where an order stands, in words; `current` counts from 1, all done when greater than their number."""
    return locals()


@register.inclusion_tag("ui/parts/ladder.html")
def ladder(rungs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Annuaire → caisse: rungs with name, words, state (done, here, next, later); href and act to go on."""
    return locals()


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Who did what when: entries with `when`, `who`, `what`."""
    return locals()


@register.inclusion_tag("ui/parts/code.html")
def code(text: str, url: str = "", words: str = "") -> dict[str, Any]:
    """A code that can be said aloud, its QR beside it, and a sentence on what it is for."""
    return locals()


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, words: str) -> dict[str, Any]:
    """What is being done and how far, with `total` 0 as long as nobody knows; may be left."""
    return locals()


@register.inclusion_tag("ui/parts/empty.html")
def empty(sentence: str, href: str = "", act: str = "", drawing: str = "panier") -> dict[str, Any]:
    """Nothing here yet: a drawing, one sentence, one act."""
    return locals()


@register.inclusion_tag("ui/parts/toast.html", takes_context=True)
def toast(
    context: template.Context,
    words: str,
    undo: str = "",
    undo_words: str = "",
    *,
    href: str = "",
    act: str = "",
) -> dict[str, Any]:
    """What has just been done, with the address that undoes it (a POST), and a link to what one may do next."""
    said = {"words": words, "undo": undo, "undo_words": undo_words, "href": href, "act": act}
    return said | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/parts/chart.html")
def chart(
    figure: str, words: str, bars: Sequence[tuple[str, Decimal | int]], shown: str = ""
) -> dict[str, Any]:
    """One idea: the figure first, then bars of (label, value); `shown="money"` writes values as money."""
    top = max((value for _label, value in bars), default=0) or 1
    write = formats.money if shown == "money" else formats.quantity
    drawn = [
        {
            "label": label,
            "value": write(value),
            "height": round(float(value) * 60 / float(top), 1),
            "x": place * 20 + 3,
        }
        for place, (label, value) in enumerate(bars)
    ]
    return {"figure": figure, "words": words, "bars": drawn, "width": len(drawn) * 20}


@register.simple_block_tag
def banner(content: str, kind: str = "now") -> SafeString:
    """`{% banner "now" %}…{% endbanner %}`: what happens now; kinds: now, done, trouble, note."""
    role = "alert" if kind == "trouble" else "status"
    return format_html(
        '<div class="banner {}" role="{}">{}<div>{}</div></div>',
        kind,
        role,
        drawings.icon(BANNERS[kind]),
        content,
    )


@register.simple_block_tag
def sheet(content: str, name: str, title: str) -> SafeString:
    """A sheet from below, opened by `<button type="button" popovertarget="NAME">`, no script needed."""
    return format_html(
        '<div class="sheet" id="{name}" popover role="dialog" aria-labelledby="{name}-title">'
        '<div class="sheet-head"><h2 id="{name}-title">{title}</h2><button type="button" class="button bare"'
        ' popovertarget="{name}" popovertargetaction="hide" aria-label="{close}">{x}</button></div>'
        "{content}</div>",
        name=name,
        title=title,
        close=_("Fermer"),
        x=drawings.icon("x", 24),
        content=content,
    )


@register.simple_block_tag
def fold(content: str, title: str, holds: str = "", is_open: bool = False, known_as: str = "") -> SafeString:
    """`{% fold "Allergènes" "lait, gluten" %}…{% endfold %}`: folded, and says what it holds.

    `known_as` is the id of what it holds, for a page that changes it.
    """
    return format_html(
        '<details class="fold"{}><summary><span>{}</span> <span class="holds"{}>{}</span>{}</summary>'
        "<div>{}</div></details>",
        SafeString(" open" if is_open else ""),
        title,
        format_html(' id="{}"', known_as) if known_as else "",
        holds,
        drawings.icon("chevron-down"),
        content,
    )
