# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counting: what is on the shelf, and how many of what is made daily on which day."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.paginator import Page
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Availability, Product, Variant
from halles.domain.shops.reads import Right
from halles.domain.stock import actions as stock
from halles.domain.stock import reads as stock_reads
from halles.doors.backoffice.access import ShopRequest, done, page, shop_page
from halles.doors.backoffice.forms.fields import QuantityInput, as_typed, plain
from halles.doors.backoffice.paging import FoundPaginator, LeanPaginator, whole
from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

DAYS = 7
# Articles of a page: what is made daily has a number for each of the coming days, in each size and colour.
A_PAGE = {Availability.COUNTED: 20, Availability.DAILY: 4}


@dataclass
class Cell:
    """One number to be counted or planned: of a variant, on a day for what is made daily."""

    name: str
    words: str
    variant: Variant
    day: dt.date | None
    number: Decimal
    shown: str
    promised: Decimal
    typed: str
    error: str = ""


@dataclass(frozen=True)
class Counted:
    """One article with its numbers, of each size and colour or of each day."""

    title: str
    cells: Sequence[Cell]

    @property
    def total(self) -> Decimal:
        """How many there are of all its sizes and colours."""
        return sum((cell.number for cell in self.cells), Decimal(0))

    @property
    def is_wrong(self) -> bool:
        """Whether one of its numbers could not be read: it is shown open then."""
        return any(cell.error for cell in self.cells)


@shop_page(Right.CATALOGUE)
def counting(request: ShopRequest) -> HttpResponse:
    """Numbers of the shelf, and of the coming days."""
    today = timezone.localdate()
    days = [today + dt.timedelta(days=after) for after in range(DAYS)]
    query = plain(request.GET.get("q", ""))[:80]
    shown, standing, daily = _of_shop(request, days, query)
    if request.method == "POST":
        cells = [cell for counted in [*standing, *daily] for cell in counted.cells]
        changed = sum(_write(cell, request) for cell in cells)
        if not any(cell.error for cell in cells):
            words = ngettext("%(n)s nombre changé.", "%(n)s nombres changés.", changed) % {"n": changed}
            return done(request, words if changed else _("Rien n'a changé."), request.get_full_path())
    context = {"shown": shown, "standing": standing, "daily": daily, "query": query}
    return page(request, "stock", "products", context)


def _of_shop(
    request: ShopRequest, days: Sequence[dt.date], query: str
) -> tuple["Page[Product]", list[Counted], list[Counted]]:
    """The page that was asked for of both lists, which are gone through together; the longer one says how many there are."""
    found = shelf.products(request.shop, words=query)
    pages = FoundPaginator if query else LeanPaginator
    lists = [pages(found.filter(availability=kind), number) for kind, number in A_PAGE.items()]
    longest = max(lists, key=lambda one: one.num_pages)
    number = longest.nearest(request.GET.get("page"))
    wanted = [pk for one in lists for pk in one.ids(number)]
    products = whole(shelf.brief(found, photos=False), wanted)
    ids = [variant.id for product in products for variant in product.choices]
    levels = stock_reads.levels(ids, days)
    standing, daily = [], []
    for product in products:
        product.shop = request.shop
        variants = product.choices
        for variant in variants:
            variant.product = product
        if product.availability == Availability.COUNTED:
            cells = [cell for variant in variants for cell in _cells(variant, [None], levels)]
            standing.append(Counted(product.name, cells))
        else:
            daily += [Counted(_title(variant), list(_cells(variant, days, levels))) for variant in variants]
    return Page([], number, longest), standing, daily


def _title(variant: Variant) -> str:
    return " · ".join(part for part in (variant.product.name, variant.size, variant.colour) if part)


def _cells(variant: Variant, days: Sequence[dt.date | None], levels: stock_reads.Levels) -> Iterator[Cell]:
    for day in days:
        level = levels.get((variant.id, day))
        usual = variant.product.daily_quantity if day else Decimal(0)
        number = level.on_hand if level else usual
        shown = as_typed(number)
        name = f"{variant.id}-{day.isoformat()}" if day else str(variant.id)
        words = formats.day(day, "short").capitalize() if day else _title(variant)
        yield Cell(name, words, variant, day, number, shown, level.reserved if level else Decimal(0), shown)


def _write(cell: Cell, request: ShopRequest) -> bool:
    """Write a number that was changed; what was not touched may have moved meanwhile and stays as it is."""
    former = request.POST.get(f"was-{cell.name}")
    typed = plain(request.POST.get(f"n-{cell.name}", former or ""))[:24]
    if former is None or typed == former:
        return False
    cell.typed = typed
    try:
        number = QuantityInput.number(typed)
        with transaction.atomic():
            if cell.day is None:
                stock.count(cell.variant, number, by=request.actor)
            else:
                stock.plan_day(cell.variant, cell.day, number, by=request.actor)
    except ValidationError as error:
        cell.error = error.messages[0]
    except Refused as refused:
        cell.error = say(refused)
    return not cell.error
