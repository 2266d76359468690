# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Noter une commande »: somebody is on the telephone or at the counter; one screen, one button."""

import uuid
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.fulfilment import reads as fulfilment
from halles.domain.offers.reads import Wish
from halles.domain.orders import notebook
from halles.domain.orders import reads as orders
from halles.domain.orders.actions.note import note
from halles.domain.orders.models import Order, ShopOrder
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice import note_page
from halles.doors.backoffice.access import ShopRequest, done, key_of, page, shop_page, shop_step
from halles.doors.backoffice.forms import note as forms
from halles.doors.backoffice.forms.fields import plain, refuse
from halles.doors.backoffice.forms.note import NoteForm
from halles.doors.backoffice.found import named, titled
from halles.doors.backoffice.note_page import OTHER_DAY, Sheet
from halles.doors.backoffice.views.orders import own
from halles.doors.ui.terms import terms_in
from halles.kernel.errors import Refused

# As the domain names them.
FIELDS = {
    "name": "nom",
    "email": "courriel",
    "phone": "telephone",
    "place": "remise",
    "address": "adresse",
    "postal_code": "code_postal",
}


@shop_page(Right.ORDERS)
def note_order(request: ShopRequest) -> HttpResponse:
    """The sheet; each button sends all of it, and only one of them notes the order."""
    if request.method != "POST":
        return _begin(request)
    sheet = note_page.read(request.shop, request.POST)
    if "noter" not in request.POST:
        form = _for_known(request) or forms.as_typed(request.POST)
        return _show(request, form, sheet)
    form = NoteForm(request.POST)
    noted = _note(request, form, sheet)
    if noted is None:
        return _show(request, form, sheet)
    said = _("Commande %(code)s notée.") % {"code": noted.code}
    return done(request, said, f"{reverse('backoffice:order', args=[noted.id])}?notee=1")


@shop_step(Right.ORDERS)
def known(request: ShopRequest) -> HttpResponse:
    """Who ordered here before and is called or reached like what is being typed."""
    return render(request, "backoffice/parts/note_known.html", {"known": _known(request)})


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def articles(request: ShopRequest) -> HttpResponse:
    """The shop's articles that bear the words typed."""
    typed = plain(request.GET.get("chercher", ""))[:80]
    context = {"found": named(request.shop, typed), "search": typed}
    return render(request, "backoffice/parts/note_found.html", context)


def _begin(request: ShopRequest) -> HttpResponse:
    """An empty sheet, or that of an order which somebody wants once more."""
    typed = request.GET.get("comme", "")[:40]
    if not typed:
        return _show(request, forms.empty(), Sheet(free=[note_page.FreeRow()]))
    try:
        order = own(request, uuid.UUID(typed))
    except ValueError:
        raise Http404 from None
    return _show(request, forms.for_customer_of(order.order), note_page.like(request.shop, order))


def _show(request: ShopRequest, form: NoteForm, sheet: Sheet) -> HttpResponse:
    """The sheet as it stands, with what was found by what is being typed."""
    data = request.POST
    search = "" if "prendre" in data else plain(data.get("chercher", ""))[:80]
    offered = fulfilment.offered([request.shop])[request.shop.id]
    ways = note_page.ways(offered)
    days, usual = note_page.days(offered)
    selected = sheet.selected if sheet.day else usual
    context = {
        "form": form,
        "sheet": sheet,
        "key": key_of(request),
        "days": days,
        "selected": selected if sheet.day != OTHER_DAY else None,
        "other_day": sheet.day == OTHER_DAY or selected not in days,
        "ways": ways,
        "chosen_way": _chosen(form, ways),
        "most": titled(notebook.asked_most(request.shop)),
        "search": search,
        "found": named(request.shop, search),
        "known": [] if "client" in data else _known(request),
        "chosen": form["nom"].value() if "client" in data else "",
        "go_on": "prendre" in data,
        "is_wrong": sheet.is_wrong or bool(form.errors),
    }
    return page(request, "note", "orders", context)


def _rounds(shop: Shop) -> list[uuid.UUID]:
    return [way.place.id for way in fulfilment.offered([shop])[shop.id] if way.comes_to_you]


def _chosen(form: NoteForm, ways: Sequence[note_page.Way]) -> str:
    """The way that was chosen, else the first."""
    said = str(form["remise"].value() or "")
    return said if said in {str(way.place) for way in ways} else str(ways[0].place) if ways else ""


def _known(request: ShopRequest) -> list[Order]:
    """Who may be meant; nobody when all is written already."""
    name, phone = (plain(request.POST.get(field, ""))[:80] for field in ("nom", "telephone"))
    found = notebook.customers(request.shop, name=name, phone=phone)
    return [order for order in found if order.name != name]


def _for_known(request: ShopRequest) -> NoteForm | None:
    """The form for the customer who was chosen among them."""
    typed = request.POST.get("client", "")[:40]
    if not typed:
        return None
    try:
        order = orders.of_shop(request.shop).filter(order=uuid.UUID(typed)).first()
    except ValueError:
        return None
    return forms.for_customer_of(order.order) if order else None


def _note(request: ShopRequest, form: NoteForm, sheet: Sheet) -> ShopOrder | None:
    """The order, noted; None when something stands in its way, which is then said where it was typed."""
    lines = sheet.lines()
    day = sheet.selected
    if day is None:
        sheet.tell(Refused("orders.day_wrong", field="day"), lines)
    if not form.is_valid() or sheet.is_wrong or day is None:
        return None
    contact = form.contact()

    try:
        return note(
            request.shop,
            [line for _row, line in lines],
            contact,
            wish=Wish(day, form.cleaned_data["heure"]),
            how=form.how(_rounds(request.shop)),
            terms=terms_in(contact.language),
            by=request.actor,
            key=key_of(request),
        )
    except Refused as refused:
        if refused.field in FIELDS and "line" not in refused.details:
            refuse(form, Refused(refused.code, field=FIELDS[refused.field], **refused.details))
        else:
            sheet.tell(refused, lines)
        return None
