# SPDX-License-Identifier: AGPL-3.0-or-later
"""An article in the list where prices and « épuisé » change, written in Python as cards are (ADR-0010)."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from halles.domain.catalogue.models import Availability, Product
from halles.doors.backoffice.pieces import address
from halles.doors.ui import drawings, formats, pictures
from halles.doors.ui.markup import NOTHING, markup
from halles.kernel.units import Unit

if TYPE_CHECKING:
    from halles.doors.backoffice.views.products import Row

ROW = (
    '<li><a class="row-picture" href="{}" tabindex="-1" aria-hidden="true">{}</a>'
    '<div class="row-words"><a href="{}"><b>{}</b></a> {}</div><div class="row-price">{}'
    '<input type="hidden" name="shown-{}" value="{}"></div><div class="row-acts">{}{}{}{}</div>{}</li>'
)
PRICE = (
    '<input type="text" name="price-{}" value="{}" inputmode="decimal" autocomplete="off" maxlength="24"'
    ' aria-label="{}"> <span class="soft">{}</span>'
)
EITHER = (
    '<fieldset class="chips either"><legend class="unseen">{}</legend>'
    '<label class="chip"><input type="radio" name="soldout-{}" value=""{}><span>{}</span></label>'
    '<label class="chip out"><input type="radio" name="soldout-{}" value="on"{}><span>{}</span></label></fieldset>'
)
COUNTED = (
    '<label class="counted"><span>{}</span><input type="text" name="count-{}" value="{}" inputmode="decimal"'
    ' autocomplete="off" maxlength="24" aria-label="{}"></label><input type="hidden" name="counted-{}" value="{}">'
)
CHECKED = SafeString(" checked")


def article_row(row: "Row", trade: str) -> SafeString:
    """Photograph, name, price, and whether one can have it."""
    product, key = row.product, row.product.id
    href = address("backoffice:product", key)
    photo = product.photos[0] if product.photos else None
    was = markup('<input type="hidden" name="wassoldout-{}" value="1">', key) if row.all_sold_out else NOTHING
    return markup(
        ROW,
        href,
        pictures.render(photo, "thumb", "", False) if photo else drawings.trade(trade),
        href,
        product.name,
        _status(product),
        _price(row, href),
        key,
        row.shown_price,
        _either(row) if not row.is_counted or row.all_sold_out else NOTHING,
        was,
        _counted(row) if row.is_counted else NOTHING,
        NOTHING if row.is_counted else _how(product),
        _errors(row),
    )


def _status(product: Product) -> SafeString:
    if product.status == Product.Status.ONLINE:
        return NOTHING
    words = _("brouillon") if product.status == Product.Status.DRAFT else _("retiré")
    return markup('<span class="tag">{}</span>', words)


def _price(row: "Row", href: str) -> SafeString:
    if row.variants and row.same_price is None:
        told = {"low": formats.money(row.cheapest), "high": formats.money(row.dearest)}
        return markup('<a href="{}" class="soft">{}</a>', href, _("%(low)s à %(high)s") % told)
    product = row.product
    unit = "€" if product.unit == Unit.PIECE else f"€ {formats.unit_word(product.unit)}"
    label = _("Prix de %(name)s") % {"name": product.name}
    return markup(PRICE, product.id, row.price, label, unit)


def _either(row: "Row") -> SafeString:
    key, out = row.product.id, row.sold_out
    return markup(
        EITHER, row.product.name, key, NOTHING if out else CHECKED, _("Disponible"), key,
        CHECKED if out else NOTHING, _("Épuisé"),
    )  # fmt: skip


def _counted(row: "Row") -> SafeString:
    key = row.product.id
    label = _("En stock : %(name)s") % {"name": row.product.name}
    return markup(COUNTED, _("En stock"), key, row.count, label, key, row.shown_count)


def _how(product: Product) -> SafeString:
    """In which way one can have it, where that is more than yes or no."""
    match product.availability:
        case Availability.DAILY:
            said = _("%(n)s par jour") % {"n": formats.quantity(product.daily_quantity)}
            return markup('<a href="{}">{}</a>', reverse("backoffice:stock"), said)
        case Availability.TO_ORDER:
            return markup('<span class="soft">{}</span>', _("Sur commande"))
        case Availability.TO_CONFIRM:
            return markup('<span class="soft">{}</span>', _("À confirmer"))
        case _:
            return NOTHING


def _errors(row: "Row") -> SafeString:
    form = '<p class="error">{} <span>{}</span></p>'
    return SafeString("".join(markup(form, drawings.icon("circle-alert"), error) for error in row.errors))
