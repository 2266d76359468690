# SPDX-License-Identifier: AGPL-3.0-or-later
"""The articles of the shop in one list made for thumbs: prices and « épuisé » of many change in one go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.catalogue import actions, shelf
from halles.domain.catalogue.models import Availability, Product, Variant
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.domain.stock import actions as stock
from halles.domain.stock import reads as stock_reads
from halles.domain.stock.models import StockLevel
from halles.doors.backoffice import paging, words
from halles.doors.backoffice.access import ShopRequest, done, page, shop_page
from halles.doors.backoffice.forms.fields import MoneyInput, QuantityInput, as_typed, plain
from halles.doors.ui.refusals import say
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

A_PAGE = 20


@dataclass
class Row:
    """One article of the list, what is known of it and what was typed."""

    product: Product
    variants: Sequence[Variant]
    level: StockLevel | None
    price: str = ""
    count: str = ""
    sold_out: bool = False
    errors: list[str] = field(default_factory=list)

    @property
    def same_price(self) -> Decimal | None:
        """The price, when all sizes and colours have the same."""
        prices = {variant.price for variant in self.variants}
        return prices.pop() if len(prices) == 1 else None

    @property
    def shown_price(self) -> str:
        """The price of today, as one would type it."""
        return "" if self.same_price is None else as_typed(self.same_price, "0.00")

    @property
    def shown_count(self) -> str:
        """The number on the shelf today, as one would type it."""
        return as_typed(self.level.on_hand) if self.level else ""

    @property
    def dearest(self) -> Decimal:
        """The highest price, where they differ."""
        return Decimal(max(variant.price for variant in self.variants))

    @property
    def cheapest(self) -> Decimal:
        """The lowest price, where they differ."""
        return Decimal(min(variant.price for variant in self.variants))

    @property
    def is_counted(self) -> bool:
        """Whether a number on the shelf can be typed here: counted, and without sizes."""
        return self.product.availability == Availability.COUNTED and len(self.variants) == 1

    @property
    def all_sold_out(self) -> bool:
        """The merchant's word on all of it."""
        return all(variant.sold_out for variant in self.variants)


@shop_page(Right.CATALOGUE)
def products(request: ShopRequest) -> HttpResponse:
    """The list; a POST writes what was changed in it and says what could not be."""
    status = request.GET.get("etat", "")
    status = status if status in words.STATUSES and status != Product.Status.DELETED else ""
    query = plain(request.GET.get("q", ""))[:80]
    found = shelf.brief(shelf.products(request.shop, status=status, words=query))
    shown = paging.shown(request, found, A_PAGE, searched=bool(query))
    rows = _rows(request.shop, shown)
    if request.method == "POST":
        changed = _write(rows, request)
        wrong = {row.product.id: row for row in rows if row.errors}
        if not wrong:
            sentence = ngettext("%(n)s article changé.", "%(n)s articles changés.", changed) % {"n": changed}
            return done(
                request, sentence if changed else _("Rien n'a changé."), _address(status, query, shown)
            )
        rows = [
            _again(row, wrong.get(row.product.id))
            for row in _rows(request.shop, paging.shown(request, found.all(), A_PAGE, searched=bool(query)))
        ]
    context = {"rows": rows, "shown": shown, "status": status, "query": query, "statuses": _filters()}
    return page(request, "products", "products", context | {"nothing_yet": not (rows or status or query)})


def _again(row: Row, typed: Row | None) -> Row:
    """A row as it stands now, with what was typed where that was refused."""
    if typed:
        row.price, row.count, row.sold_out, row.errors = (
            typed.price,
            typed.count,
            typed.sold_out,
            typed.errors,
        )
    return row


def _filters() -> list[tuple[str, str]]:
    return [
        ("", _("Tous")),
        (Product.Status.ONLINE, _("En ligne")),
        (Product.Status.DRAFT, _("Brouillons")),
        (Product.Status.WITHDRAWN, _("Retirés")),
    ]


def _address(status: str, query: str, shown: "Page[Product]") -> str:
    asked = {"etat": status, "q": query, "page": shown.number if shown.number > 1 else ""}
    said = urlencode({name: value for name, value in asked.items() if value})
    return reverse("backoffice:products") + (f"?{said}" if said else "")


def _rows(shop: Shop, products: "Page[Product]") -> list[Row]:
    counted = [v.id for p in products for v in p.choices if p.availability == Availability.COUNTED]
    levels = stock_reads.levels(counted) if counted else {}
    rows = []
    for product in products:
        product.shop = shop
        variants = product.choices
        for variant in variants:
            variant.product = product
        row = Row(product, variants, levels.get((variants[0].id, None)) if len(variants) == 1 else None)
        row.price, row.count, row.sold_out = row.shown_price, row.shown_count, row.all_sold_out
        rows.append(row)
    return rows


def _write(rows: Sequence[Row], request: ShopRequest) -> int:
    """Write each row that was changed, each for itself: one that is refused does not keep the others back."""
    changed = 0
    for row in rows:
        if f"shown-{row.product.id}" not in request.POST:
            continue
        try:
            with transaction.atomic():
                changed += any(list(_changes(row, request)))
        except ValidationError as error:
            row.errors.extend(error.messages)
        except Refused as refused:
            row.errors.append(say(refused))
    return changed


def _changes(row: Row, request: ShopRequest) -> Iterator[bool]:
    """What was typed in a row, against what it showed: only a difference is a wish."""
    key, by = row.product.id, request.actor
    former = request.POST.get(f"shown-{key}", "")
    typed = plain(request.POST.get(f"price-{key}", former))[:24]
    if typed != former:
        now, row.price = row.price, typed
        if now != former:
            raise ValidationError(_("Le prix a changé entre-temps : il est de %(price)s €.") % {"price": now})
        yield _set_price(row, typed, by)
    former = request.POST.get(f"counted-{key}", "")
    typed = plain(request.POST.get(f"count-{key}", former))[:24]
    if typed != former and row.is_counted:
        row.count = typed
        yield _set_count(row, typed, by)
    sold_out = bool(request.POST.get(f"soldout-{key}"))
    if sold_out != (f"wassoldout-{key}" in request.POST):
        row.sold_out = sold_out
        actions.set_sold_out(row.variants, sold_out, by=by)
        yield True


def _set_price(row: Row, typed: str, by: Actor) -> bool:
    price = MoneyInput.number(typed)
    for variant in row.variants:
        actions.set_price(variant, price, by=by)
    return True


def _set_count(row: Row, typed: str, by: Actor) -> bool:
    stock.count(row.variants[0], QuantityInput.number(typed), by=by)
    return True
