# SPDX-License-Identifier: AGPL-3.0-or-later
"""The basket: one question first, then an errand list. One form holds it all, so that nothing typed is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Product
from halles.domain.orders import reads as orders
from halles.domain.orders import redo
from halles.domain.orders.actions import baskets
from halles.domain.orders.errands import Errands, errands_of
from halles.domain.orders.models import Basket, BasketLine
from halles.domain.orders.wanted import Wanted
from halles.domain.shops.models import Market
from halles.doors.storefront import common, meeting, quantities, ways, words
from halles.doors.storefront.forms import (
    AddForm,
    coming_days,
    half_hours,
    read_day,
    read_time,
    read_uuid,
)
from halles.doors.storefront.views.shop import product_page
from halles.doors.ui import amounts, formats
from halles.doors.ui.public import personal_page, public_form
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the basket as it is shown: what was typed stays when it was wrong."""

    wanted: Wanted
    quantity: str
    note: str
    error: str

    @property
    def product(self) -> Product:
        """What is wanted."""
        return self.wanted.line.variant.product

    @property
    def field(self) -> str:
        """Where how many is typed: portions, or a quantity."""
        return f"{'parts' if self.wanted.portions else 'quantite'}-{self.wanted.line.id}"

    @property
    def asking(self) -> quantities.Asking:
        """In what one asks for it."""
        if self.wanted.portions:
            return quantities.PORTIONS
        return quantities.asking(self.product.unit)

    @property
    def amount(self) -> str:
        """How much of it is weighed, in words; "" where the number says it all."""
        return words.amount(self.wanted) if self.wanted.portions else ""

    @property
    def total(self) -> str:
        """What it costs, about where it is weighed."""
        total = self.wanted.total
        return amounts.price(total, self.wanted.is_estimate) if total else _("Gratuit")

    @property
    def other_way(self) -> str:
        """How else it can be asked for, where there are two ways."""
        if not self.product.portion:
            return ""
        by_weight = self.wanted.portions
        return _("Plutôt au poids") if by_weight else _("Plutôt %(portion)s") % {"portion": self._portion}

    @property
    def _portion(self) -> str:
        return amounts.one_of(self.product.portion, self.product.portion_weight)

    @property
    def choice(self) -> str:
        """Its size and colour."""
        return words.choice(self.wanted.line.variant)

    @property
    def problem(self) -> str:
        """Why it cannot be ordered as it is."""
        return words.problem(self.wanted)

    @property
    def price_change(self) -> str:
        """What has become of its price."""
        return words.price_change(self.wanted)

    @property
    def when(self) -> str:
        """When one comes for it; "" of goods."""
        return formats.moment(self.wanted.line.starts_at if self.wanted.is_service else None)

    @property
    def take_left(self) -> str:
        """What one press takes instead, when some are left."""
        if not (self.wanted.offer.can_be_ordered and self.wanted.too_many):
            return ""
        most = quantities.at_most(self.product, self.wanted.offer.left, portions=bool(self.wanted.portions))
        if most and most.in_portions:
            return amounts.counted(int(most.number), self.product.portion)
        return formats.quantity(most.number, self.product.unit) if most else ""


Errors = dict[str, str]  # by line id; "day", "ou" and "" for the whole basket


@personal_page
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest) -> HttpResponse:
    """The visitor's basket; a post adds to it or changes it."""
    market = common.here(request)
    if request.method == "POST" and "variante" in request.POST:
        return _add(request, market)
    mine = common.basket_of(request)
    if request.method == "POST" and mine is not None:
        return _update(request, market, mine)
    if request.method == "POST":
        return redirect("storefront:basket", permanent=False)
    return show(request, market, mine, {})


def show(
    request: HttpRequest,
    market: Market,
    mine: Basket | None,
    errors: Errors,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The basket as it stands, with what was wrong said where it was typed."""
    errands = errands_of(mine) if mine else Errands(())
    moved = words.not_as_wished(errands, mine)
    stops = [
        {
            "stop": stop,
            "asked": ways.asked(stop, mine),
            "when": ways.when(stop),
            "not_as_wished": moved.get(stop.shop.id, ""),
            "rows": [_row(wanted, errors, typed) for wanted in stop.lines],
        }
        for stop in errands.stops
        if mine
    ]
    context: dict[str, Any] = {
        "basket": mine,
        "errands": errands,
        "stops": stops,
        "asks_when": not all(stop.is_visit for stop in errands.stops),
        "days": coming_days(),
        "times": half_hours(),
        "if_missing": words.IF_MISSING.items(),
        "errors": errors,
        "meeting": meeting.proposed(errands, mine) if mine else None,
        "has_problems": bool(errands.problems),
        "destination": _destination(errands, mine, errors, typed),
        "redone": _redone(request.GET.get("refait", ""), errands),
        "lost": "" if mine else words.LOST.get(request.GET.get("perdu", ""), ""),
    }
    response = common.page(request, "storefront/basket.html", context, market=market)
    lines = sum(len(stop.lines) for stop in errands.stops)
    return common.remember(response, mine, lines) if mine else response


def _destination(
    errands: Errands, mine: Basket | None, errors: Errors, typed: Mapping[str, str] | None
) -> dict[str, Any]:
    """Where the neighbour lives, asked where a shop of the basket comes to the door."""
    if mine is None or not any(way.comes_to_you for stop in errands.stops for way in stop.ways):
        return {}
    if "ou" in errors and typed is not None:
        return {"typed": typed.get("ou", "")[:80], "error": errors["ou"]}
    where = ways.destination(mine.postal_code, mine.insee)
    return {"typed": mine.postal_code, "communes": where.communes, "commune": where.commune}


def _redone(secret: str, errands: Errands) -> dict[str, Any]:
    """What became of a past order that was just put into the basket: what could not, new prices, what was there before."""
    order = orders.order_by_secret(secret, shown=False) if common.SECRET.fullmatch(secret) else None
    if order is None:
        return {}
    told = redo.again(order)
    ours = {one.line.variant_id for one in told if one.quantity}
    there = {wanted.line.variant_id for stop in errands.stops for wanted in stop.lines}
    return {
        "left_out": [(one.line.name, words.why_not(one)) for one in told if one.why],
        "prices": [one for one in told if one.price_changed],
        "others": bool(there - ours),
        "any": bool(there & ours),
    }


def _row(wanted: Wanted, errors: Errors, typed: Mapping[str, str] | None) -> Row:
    line = wanted.line
    quantity = str(wanted.portions or quantities.in_steps(line.quantity, line.variant.product.unit))
    error = errors.get(str(line.id), "")
    if error and typed is not None:
        return Row(
            wanted,
            (typed.get(f"parts-{line.id}") or typed.get(f"quantite-{line.id}") or quantity)[:20],
            typed.get(f"note-{line.id}", line.note),
            error,
        )
    return Row(wanted, quantity, line.note, error)


def _add(request: HttpRequest, market: Market) -> HttpResponse:
    variant_id = read_uuid(request.POST["variante"])
    product_id = read_uuid(request.POST.get("article", ""))
    product = catalogue.with_choice(market, variant_id) if variant_id else None
    if product is None and product_id:  # no choice was made, or it is gone: the page says so
        product = next(iter(catalogue.by_ids(market, [product_id])), None)
    if product is None:
        return show(request, market, common.basket_of(request), {"": _("Cet article n'est plus en vente.")})
    form = AddForm(product, request.POST)
    try:
        if form.is_valid():
            mine = common.basket_of(request) or baskets.new_basket(market)
            baskets.put(
                mine,
                form.cleaned_data["variante"],
                Decimal(form.cleaned_data["quantite"]),
                in_portions=form.in_portions,
                note=form.cleaned_data["note"],
                starts_at=ways.read_moment(request.POST.get("heure", "")),
            )
            if not mine.postal_code:  # said before there was a basket
                _set_destination(request.POST, mine)
            return common.remember(_see_other("storefront:basket"), mine)
    except Refused as refused:
        form.add_error("quantite" if refused.field == "quantity" else None, say(refused))
    whole, _others = catalogue.by_slug(product.shop, product.slug)
    return product_page(request, market, whole or product, form)


def _update(request: HttpRequest, market: Market, mine: Basket) -> HttpResponse:
    before = errands_of(mine)
    if request.POST.get("vu") == before.fingerprint:
        baskets.accept_prices(mine)  # they stood on the page that was just answered
    wish = (mine.wish_day, mine.wish_time)
    errors = _set_wish(request.POST, mine) | _set_destination(request.POST, mine)
    ways.choose(request.POST, mine, before, wish_is_new=wish != (mine.wish_day, mine.wish_time))
    for stop in before.stops:
        for wanted in stop.lines:
            if error := _set_line(request.POST, wanted):
                errors[str(wanted.line.id)] = error
    if errors:
        return show(request, market, mine, errors, request.POST)
    if "reunir" in request.POST:
        meeting.meet(request.POST["reunir"], errands_of(mine), mine)
    if "commander" in request.POST and errands_of(mine).are_possible:
        return common.remember(_see_other("storefront:checkout"), mine)
    return common.remember(_see_other("storefront:basket"), mine)


def _set_wish(posted: Mapping[str, str], mine: Basket) -> Errors:
    if "jour" not in posted:
        return {}
    typed = posted["jour"]
    day = read_day(typed)
    if typed and day is None:
        return {"day": _("Choisissez un jour à partir d'aujourd'hui, dans les deux mois.")}
    time = read_time(posted.get("heure", ""))
    if (day, time if day else None) != (mine.wish_day, mine.wish_time):
        baskets.set_wish(mine, day, time)
    return {}


def _set_destination(posted: Mapping[str, str], mine: Basket) -> Errors:
    if "ou" not in posted:
        return {}
    where = ways.destination(posted["ou"], posted.get("commune", ""))
    if where.error:
        return {"ou": where.error}
    insee = where.commune.insee if where.commune else ""
    if (where.postal_code, insee) != (mine.postal_code, mine.insee):
        baskets.set_destination(mine, where.postal_code, insee)
    return {}


def _set_line(posted: Mapping[str, str], wanted: Wanted) -> str:
    """What the form says of one line is done; why not, if it cannot be."""
    line: BasketLine = wanted.line
    key = str(line.id)
    if f"quantite-{key}" not in posted and f"parts-{key}" not in posted:
        return ""
    note = posted.get(f"note-{key}", "").replace("\x00", "")
    if len(note) > 140:
        return _("Ce mot est trop long : 140 signes au plus.")
    try:
        asked = _asked(posted, wanted)
        baskets.set_line(
            line,
            asked.number,
            in_portions=asked.in_portions,
            note=note,
            if_missing=posted.get(f"absent-{key}", ""),
        )
    except Refused as refused:
        return say(refused)
    return ""


def _asked(posted: Mapping[str, str], wanted: Wanted) -> quantities.Amount:
    """What was typed for a line, or what the button that was pressed makes of it.

    :raises Refused: as `quantities.read` and `read_portions`.
    """
    key, product = str(wanted.line.id), wanted.line.variant.product
    if posted.get("retirer") == key:
        return quantities.Amount(Decimal(0))
    if f"parts-{key}" in posted:
        asked = quantities.Amount(quantities.read_portions(posted[f"parts-{key}"]), in_portions=True)
    else:
        asked = quantities.Amount(quantities.read(posted[f"quantite-{key}"], product.unit))
    if posted.get("prendre") == key:
        return quantities.at_most(product, wanted.offer.left, portions=asked.in_portions) or asked
    return quantities.the_other_way(product, asked) if posted.get("mesurer") == key else asked


def _see_other(name: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": reverse(name)})
