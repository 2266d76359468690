# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checkout on one page. It may be posted twice, late, or after a change: one order, and nothing silent."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from halles.domain.orders import reads as orders
from halles.domain.orders.actions import place
from halles.domain.orders.errands import Errand, Errands, errands_of
from halles.domain.orders.models import Basket, Order
from halles.domain.orders.rules import IfMissing
from halles.doors.storefront import appointments, common, ways, words
from halles.doors.storefront.forms import ContactForm, DoorForm, read_uuid
from halles.doors.ui import amounts, formats, limits
from halles.doors.ui.formats import time_of_day
from halles.doors.ui.public import personal_page, public_form
from halles.doors.ui.refusals import say
from halles.doors.ui.terms import terms_of
from halles.kernel.actor import Actor, Kind
from halles.kernel.errors import Refused


@personal_page
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Who one is, what is reserved, one button."""
    key = str(read_uuid(request.POST.get("key", "")) or uuid.uuid4())
    if request.method == "POST" and (done := orders.already_placed(common.basket_secret(request), key)):
        return _thanks(done)
    mine = common.basket_of(request)
    if mine is None:
        how = "envoi" if request.method == "POST" else "page"
        return _see_other(f"{reverse('storefront:basket')}?perdu={how}")
    if request.method != "POST":
        return _show(request, mine, None, key)
    form = DoorForm(request.POST) if "adresse" in request.POST else ContactForm(request.POST)
    if form.is_valid():
        try:
            return _thanks(_place(request, mine, form, key))
        except Refused as refused:
            _tell(form, refused)
    return _show(request, mine, form, key)


def _place(request: HttpRequest, mine: Basket, form: ContactForm, key: str) -> Order:
    contact = form.contact(get_language() or "fr")
    seen = request.POST.get("seen", "")
    by = Actor(Kind.CUSTOMER, "", " ".join(contact.name.split())[:80])

    def count(order: Order) -> None:
        """Invented contacts could hold all that a shop has. Only what is placed counts."""
        if order.customer.confirmed_at is None and not limits.allow(request, "order_unproved"):
            raise Refused("orders.too_many_from_here")

    door = form.door if isinstance(form, DoorForm) else place.Door()
    return place.place(mine, contact, seen=seen, terms=terms_of, key=key, by=by, door=door, last=count)


def _tell(form: ContactForm, refused: Refused) -> None:
    field = form.FIELD_OF.get(refused.field or "")
    form.add_error(field, say(refused))


def _show(request: HttpRequest, mine: Basket, form: ContactForm | None, key: str) -> HttpResponse:
    """The basket as it is now, for what has changed since the last look to be seen."""
    errands = errands_of(mine)
    if not errands.stops:
        return _see_other(reverse("storefront:basket"))
    form = _asking(form, mine, errands)
    moved = words.not_as_wished(errands, mine)
    stops: list[dict[str, Any]] = [
        {
            "stop": stop,
            "when": ways.when(stop),
            "how": ways.name(stop.place) if stop.place else "",
            "why": ways.why(stop, mine),
            "not_as_wished": moved.get(stop.shop.id, ""),
            "changed_time": _changed_time(stop, request.POST),
            "rows": [
                {
                    "wanted": wanted,
                    "amount": amounts.before_name(words.amount(wanted), wanted.line.variant.product.unit),
                    "choice": words.choice(wanted.line.variant),
                    "when": formats.moment(wanted.at.start) if wanted.at else "",
                    "rule": appointments.rule(wanted.coming.change_before) if wanted.coming else "",
                    "problem": words.problem(wanted),
                    "price_change": words.price_change(wanted),
                    "if_missing": words.IF_MISSING[wanted.line.if_missing],
                }
                for wanted in stop.lines
            ],
        }
        for stop in errands.stops
    ]
    context = {
        "errands": errands,
        "stops": stops,
        "form": form,
        "key": key,
        "has_problems": not errands.are_possible,
        "postal_code": mine.postal_code,
        "needs_phone": not form["telephone"].value() and _wants_a_call(errands),
    }
    return common.page(request, "storefront/checkout.html", context, market=mine.market)


def _asking(form: ContactForm | None, mine: Basket, errands: Errands) -> ContactForm:
    """The form as it was filled in, with the door when a shop comes to it."""
    if form is not None and (isinstance(form, DoorForm) or not errands.comes_to_you):
        return form
    if not errands.comes_to_you:
        return ContactForm()
    where = ways.destination(mine.postal_code, mine.insee)
    return DoorForm(
        initial={"ville": where.commune.name if where.commune else ""}
        | ({name: form[name].value() for name in form.fields} if form else {})
    )


def _wants_a_call(errands: Errands) -> bool:
    return any(w.line.if_missing == IfMissing.CALL for stop in errands.stops for w in stop.lines)


def _changed_time(stop: Errand, posted: Mapping[str, str]) -> str:
    """What is said when the time at a shop is no longer the one that was shown."""
    typed = posted.get(f"heure-{stop.shop.id}", "")
    try:
        shown = parse_datetime(typed[:40])
    except ValueError:
        return ""
    if shown is None or shown.tzinfo is None or stop.window is None or shown == stop.window.start:
        return ""
    return _("L'heure a changé : dès %(now)s, et non plus %(before)s.") % {
        "now": time_of_day(stop.window.start),
        "before": time_of_day(shown),
    }


def _thanks(order: Order) -> HttpResponse:
    return common.forget(_see_other(reverse("storefront:order", args=[order.secret])))


def _see_other(address: str) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": address})
