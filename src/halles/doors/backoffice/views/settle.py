# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop settles an order line by line: less, missing, another article instead."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Variant
from halles.domain.offers.equivalents import equivalents
from halles.domain.orders.actions.settle import LineChange, settle
from halles.domain.orders.models import OrderLine, ShopOrder
from halles.domain.orders.rules import STEPS, IfMissing, LineState, State, Step
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice import words
from halles.doors.backoffice.access import ShopRequest, done, not_done, page, shop_page
from halles.doors.backoffice.forms.fields import plain
from halles.doors.backoffice.forms.quantities import Scale, scale
from halles.doors.backoffice.found import named, titled
from halles.doors.backoffice.views.orders import happened, own
from halles.doors.ui import amounts
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

STANDS = {LineState.KEPT: "keep", LineState.LESS: "less", LineState.MISSING: "missing"}


@dataclass
class Settling:
    """One line and what is being made of it."""

    line: OrderLine
    what: str
    typed: str
    search: str = ""
    instead: Variant | None = None
    instead_typed: str = ""
    found: Sequence[Variant] = ()
    error: str = ""

    @property
    def ordered(self) -> str:
        """How much was asked for."""
        return amounts.asked(self.line)

    @property
    def scale(self) -> Scale:
        """In what the customer said how much: grams for less than a kilo."""
        return scale(self.line.ordered, self.line.unit)

    @property
    def instead_scale(self) -> Scale:
        """In what one says how much of the other article: as before, unless it is sold in another way."""
        unit = self.instead.product.unit if self.instead else self.line.unit
        return self.scale if unit == self.line.unit else scale(Decimal(1), unit)

    @property
    def less(self) -> Decimal:
        """How much there is; nothing while it is not said."""
        return self.scale.read(self.typed) or Decimal(0)

    @property
    def amount(self) -> Decimal:
        """How much of the other article comes instead; nothing while it is not said."""
        return self.instead_scale.read(self.instead_typed) or Decimal(0)

    @property
    def if_missing(self) -> str:
        """What the customer wants when it is not there."""
        return str(words.IF_MISSING[IfMissing(self.line.if_missing)])


@shop_page(Right.ORDERS)
def settling(request: ShopRequest, order_id: uuid.UUID) -> HttpResponse:
    """The form, a line a fold; what the customer foresaw is done at once, the rest waits for a yes."""
    shown = own(request, order_id)
    if shown.state not in STEPS[Step.SETTLE][0] and request.method != "POST":
        return not_done(request, happened(shown), "backoffice:order", shown.id)
    lines = [_settling(line) for line in shown.lines.all() if line.state in STANDS]
    if request.method == "POST":
        for line in lines:
            _read(line, request.POST, request.shop)
        if not any(line.error for line in lines):
            answer = _settled(request, shown, lines)
            if answer:
                return answer
    return page(request, "settle", "orders", {"order": shown, "lines": lines})


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def substitutes(request: ShopRequest, order_id: uuid.UUID, line_id: uuid.UUID) -> HttpResponse:
    """The shop's articles that bear the words typed: what may come instead."""
    line = own(request, order_id).lines.filter(pk=line_id).first()
    if line is None:
        raise Http404
    typed = plain(request.GET.get(f"search-{line_id}", ""))[:80]
    found = _named(request.shop, typed, line)
    return render(
        request, "backoffice/parts/substitutes.html", {"key": line_id, "found": found, "search": typed}
    )


def _named(shop: Shop, typed: str, line: OrderLine) -> list[Variant]:
    """What bears the words, the best match first, or what is most alike; never what is missing itself."""
    if typed or line.variant is None:
        found = [variant for variant in named(shop, typed) if variant.id != line.variant_id]
        catalogue.bring_photos([variant.product for variant in found])
        return found
    return titled(equivalents(line.variant))


def _settling(line: OrderLine) -> Settling:
    shown = scale(line.ordered, line.unit).shown
    return Settling(
        line,
        STANDS[LineState(line.state)],
        shown(line.quantity or line.ordered),
        instead_typed=shown(line.ordered),
    )


def _read(line: Settling, data: Mapping[str, str], shop: Shop) -> None:
    """What was typed for a line; an error stands beside it, everything else is kept."""
    key = line.line.id
    what = data.get(f"what-{key}", line.what)
    line.what = what if what in {"keep", "less", "missing", "replace"} else line.what
    line.typed = plain(data.get(f"quantity-{key}", line.typed))[:24]
    line.instead_typed = plain(data.get(f"amount-{key}", line.instead_typed))[:24]
    line.search = plain(data.get(f"search-{key}", ""))[:80]
    if line.what == "less":
        line.error = _trouble_with_less(line)
    if line.what == "replace":
        line.instead = _chosen(data.get(f"instead-{key}", ""), shop, line.line)
        line.found = _named(shop, line.search, line.line)
        line.error = _trouble_with_replacement(line)


def _trouble_with_less(line: Settling) -> str:
    if not line.less:
        return _("Écrivez combien il y en a.")
    if line.less == line.line.ordered:
        return _("C'est autant que demandé : choisissez « Complet ».")
    if line.less > line.line.ordered:
        return _("C'est plus que demandé : le client en veut %(n)s.") % {"n": line.ordered}
    return ""


def _trouble_with_replacement(line: Settling) -> str:
    if line.instead is None:
        return _("Cherchez l'article qui remplace, puis choisissez-le.")
    return "" if line.amount else _("Écrivez combien vous en mettez.")


def _chosen(typed: str, shop: Shop, line: OrderLine) -> Variant | None:
    """The article that comes instead; what is missing does not replace itself."""
    try:
        variant_id = uuid.UUID(typed)
    except ValueError:
        return None
    return None if variant_id == line.variant_id else shelf.variants(shop, [variant_id]).get(variant_id)


def _change(line: Settling) -> LineChange:
    match line.what:
        case "missing":
            return LineChange(line.line.id, Decimal(0))
        case "less":
            return LineChange(line.line.id, line.less)
        case "replace":
            return LineChange(line.line.id, line.amount, line.instead)
        case _:
            return LineChange(line.line.id, line.line.ordered)


def _settled(request: ShopRequest, shown: ShopOrder, lines: Sequence[Settling]) -> HttpResponse | None:
    """The changes written, or what stands in their way said beside the line it concerns."""
    changes = [_change(line) for line in lines]
    changes = [
        c for c, line in zip(changes, lines, strict=True) if c.instead or c.quantity != line.line.quantity
    ]
    if not changes:
        return not_done(
            request, _("Rien n'a changé : acceptez la commande telle quelle."), "backoffice:order", shown.id
        )
    try:
        settle(shown, changes, by=request.actor)
    except Refused as refused:
        if refused.code == "orders.not_now":
            return not_done(request, happened(shown), "backoffice:order", shown.id)
        if refused.code == "orders.nothing_left":
            return not_done(request, say(refused), "backoffice:order", shown.id)
        for line in lines:
            if line.what in {"less", "replace"}:
                line.error = say(refused)
        return None
    shown.refresh_from_db(fields=["state"])
    waits = shown.state == State.TO_AGREE
    sentence = (
        _("C'est noté. Le client est prévenu et dira oui ou non.")
        if waits
        else _("C'est noté, comme le client l'a demandé.")
    )
    return done(request, sentence, "backoffice:order", shown.id)
