# SPDX-License-Identifier: AGPL-3.0-or-later
"""An article on a shelf, with its price and what can be said of it.

Written in Python, not in a template: a « rayon » has two dozen of them, and they are most of its time.
"""

from decimal import Decimal
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from halles.doors.ui import drawings, formats, pictures
from halles.doors.ui.markup import NOTHING, markup

# What may be said of an article's availability, and the icon that says it too.
AVAILABILITY = {
    "now": "circle-check",
    "few": "hourglass",
    "day": "calendar-clock",
    "order": "hammer",
    "ask": "message-circle-question-mark",
    "none": "circle-slash",
}
CARD = (
    '<article class="card product-card">{}<div class="card-picture">{}</div><div class="card-words">'
    '<h{} class="card-name"><a href="{}">{}</a></h{}>{}{}{}{}</div></article>'
)


def product_card(
    href: str,
    name: str,
    amount: Decimal | None = None,
    *,
    picture: pictures.Picture | None = None,
    trade: str = "autre",
    shop: str = "",
    colour: str = "",
    light: str = "",
    maker: str = "",
    before: Decimal | None = None,
    unit: str = "piece",
    per: Decimal | None = None,
    per_unit: str = "kg",
    about: bool = False,
    from_price: bool = False,
    kind: str = "now",
    words: str = "",
    when: str = "",
    eager: bool = False,
    level: int = 3,
) -> SafeString:
    """An article's card; with a colour it stands under its shop's awning."""
    shown = NOTHING
    if amount is not None and amount != "":  # a variable that a template does not know
        shown = price(amount, before, unit, per, per_unit, about)
        if from_price:
            shown = markup('<span class="soft">{}</span> {}', _("à partir de"), shown)
    return markup(
        CARD,
        drawings.awning(colour, light, 18) if colour else NOTHING,
        pictures.render(picture, "card", "", eager) if picture else drawings.trade(trade),
        level,
        href,
        name,
        level,
        _soft(maker),
        _soft(shop),
        shown,
        availability(kind, words, when) if words else NOTHING,
    )


def price(
    amount: Decimal,
    before: Decimal | None = None,
    unit: str = "piece",
    per: Decimal | None = None,
    per_unit: str = "kg",
    about: bool = False,
    big: bool = False,
) -> SafeString:
    """A price on its slate: the former one struck through, the price per kilogram below."""
    return _price(amount, before, unit, per, per_unit, bool(about), bool(big), get_language())


@lru_cache(maxsize=4096)  # the same few prices stand on every page
def _price(
    amount: Decimal,
    before: Decimal | None,
    unit: str,
    per: Decimal | None,
    per_unit: str,
    about: bool,
    big: bool,
    _language: str | None,
) -> SafeString:
    is_lower = bool(before and before > amount)
    return markup(
        '<p class="price{}{}">{}<b>{}</b>{}{}{}</p>',
        " big" if big else "",
        " lower" if is_lower else "",
        markup('<span class="about">{}</span> ', _("environ")) if about else NOTHING,
        formats.money(amount) if amount else _("Gratuit"),
        markup(' <span class="unit">{}</span>', formats.unit_word(unit))
        if unit and unit != "piece"
        else NOTHING,
        markup(' <s><span class="unseen">{}</span>{}</s>', _("Avant : "), formats.money(before))
        if is_lower
        else NOTHING,
        markup(' <small class="per">{}</small>', formats.per_unit(per, per_unit or "kg")) if per else NOTHING,
    )


def availability(kind: str, words: str, when: str = "") -> SafeString:
    """Whether one can have it: icon, words, from when."""
    return markup(
        '<p class="availability {}">{}<span>{}{}</span></p>',
        kind,
        drawings.icon(AVAILABILITY[kind], 16),
        words,
        markup(' <span class="when">{}</span>', when) if when else NOTHING,
    )


def _soft(words: str) -> SafeString:
    return markup('<p class="soft">{}</p>', words) if words else NOTHING
