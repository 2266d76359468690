# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bell: which devices ring, for what, and the screen that says it while « Ma boutique » is open."""

import hashlib
import uuid
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from halles.domain.bells import actions, reads, rules
from halles.domain.bells.models import Call, Device
from halles.domain.bells.rules import Kind
from halles.domain.people import reads as people
from halles.domain.shops.reads import Right, can
from halles.doors.backoffice.access import (
    SHOP_KEY,
    ShopRequest,
    done,
    not_done,
    page,
    see_other,
    shop_page,
    shop_step,
    signed_in,
)
from halles.doors.backoffice.forms.bell import KINDS, SORTS, WHEN, BellForm, sort_of
from halles.doors.backoffice.forms.fields import refuse
from halles.doors.ui import bells, limits
from halles.doors.ui.public import comes_from_us
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

SHOWN = 3  # calls on a screen, with how many more there are
TOO_OFTEN = gettext_lazy("Plusieurs essais viennent de partir. Attendez une minute.")
STOP = 286  # htmx: ask no more

View = Callable[..., HttpResponse]


@shop_page(Right.ORDERS)
def bell(request: ShopRequest) -> HttpResponse:
    """Let this device ring, try it, say what for and when not."""
    team = reads.listeners(request.shop)
    mine = next(listener for listener in team if listener.staff.id == request.staff.id)
    form = BellForm(request.POST or None, mine, reads.quiet_of(request.account))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_quiet(request.account, *form.hours, by=request.actor)
        except Refused as refused:
            refuse(form, refused)
        else:
            actions.set_wishes(request.staff, form.wishes, by=request.actor)
            return done(request, _("C'est enregistré."), "backoffice:bell")
    others = (
        [listener for listener in team if listener is not mine] if can(request.staff, Right.STAFF) else []
    )
    context = {
        "form": form,
        "key": reads.public_key(),
        "devices": [(device, SORTS[device.sort]) for device in reads.devices_of(request.account)],
        "others": [
            (
                listener.staff.account,
                [(said, WHEN[listener.ears[Kind(kind)].when]) for kind, said in KINDS.items()],
            )
            for listener in others
        ],
    }
    return page(request, "bell", "more", context)


def from_our_pages(view: View) -> View:
    """A POST that carries no token, since a service worker has none: the browser says that it comes from us."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if request.method == "POST" and comes_from_us(request) is not True:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@csrf_exempt
@shop_step(Right.ORDERS)
@from_our_pages
def add_device(request: ShopRequest) -> HttpResponse:
    """This browser rings from now on, or under a new address."""
    said = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth", "formerly")}
    device = actions.NewDevice(
        sort_of(request.headers.get("User-Agent", "")), said["endpoint"], said["p256dh"], said["auth"]
    )
    try:
        actions.add_device(request.account, device, by=request.actor, formerly=said["formerly"])
    except Refused as refused:
        return JsonResponse({"said": say(refused)}, status=400)
    return HttpResponse(status=204)


@shop_step(Right.ORDERS)
def remove_device(request: ShopRequest, device_id: uuid.UUID) -> HttpResponse:
    """One of one's own devices rings no more."""
    actions.remove_device(_own(request, device_id), by=request.actor)
    return done(request, _("Cet appareil ne sonne plus."), "backoffice:bell")


@shop_step(Right.ORDERS)
def try_bell(request: ShopRequest, device_id: uuid.UUID) -> HttpResponse:
    """Ring one of one's own devices, by the way that every ring takes."""
    device = _own(request, device_id)
    allowed = limits.allow(request, "try_bell", key=str(request.account.pk))
    if allowed:
        actions.try_out(device)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204 if allowed else 429)
    if not allowed:
        return not_done(request, str(TOO_OFTEN), "backoffice:bell")
    return done(request, _("L'essai est parti : l'appareil doit sonner."), "backoffice:bell")


def _own(request: ShopRequest, device_id: uuid.UUID) -> Device:
    device = next((device for device in reads.devices_of(request.account) if device.id == device_id), None)
    if device is None:
        raise Http404
    return device


def ringing(request: HttpRequest) -> HttpResponseBase:
    """What rings now, in every shop one works in, asked for by each open page; nothing when it is as the page has it.

    Three queries while nothing rings. Who is no longer signed in is not sent away from what he writes.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not request.user.is_authenticated:
        return HttpResponse(status=STOP)
    return _ringing(request)


@signed_in
def _ringing(request: HttpRequest) -> HttpResponse:
    ours = cast(ShopRequest, request)
    shown = _screen(ours, reads.ringing(ours.account))
    if request.GET.get("la") == shown["digest"]:
        return HttpResponse(status=204)
    return render(request, "backoffice/parts/ringing.html", shown)


def _screen(request: ShopRequest, calls: Sequence[Call]) -> dict[str, Any]:
    if not calls:
        return {"digest": "-"}
    told, quiet, now = bells.tell(calls), reads.quiet_of(request.account), timezone.now()
    loud = any(
        rules.is_loud(Kind(c.kind), c.stepped_at, quiet, now, ZoneInfo(c.shop.market.time_zone))
        for c in calls
    )
    known = f"{loud} {sorted((str(call.id), call.occasion) for call in calls)}"
    return {
        "digest": hashlib.sha256(known.encode()).hexdigest()[:16],
        "title": bells.headline(told),
        "told": told[:SHOWN],
        "more": max(0, len(told) - SHOWN),
        "calls": calls,
        "several_shops": len({call.shop_id for call in calls}) > 1,
        "loud": loud,
    }


@signed_in
def seen(request: HttpRequest) -> HttpResponse:
    """« Vu »: what the screen showed is silent for everybody."""
    ours = cast(ShopRequest, request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    named = set(request.POST.getlist("call"))
    for call in reads.ringing(ours.account):
        if str(call.id) in named:
            actions.answer(call.subject, by=people.actor(ours.account))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "backoffice/parts/ringing.html", _screen(ours, reads.ringing(ours.account)))
    return see_other("/gestion/")


@signed_in
def ring(request: HttpRequest, call_id: uuid.UUID) -> HttpResponse:
    """Where a ring leads: what it is about, in its shop."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    ours = cast(ShopRequest, request)
    call = reads.heard_by(ours.account).filter(pk=call_id).first()
    if call is None:
        raise Http404
    request.session[SHOP_KEY] = str(call.shop_id)
    return redirect(
        "backoffice:question" if call.kind == Kind.QUESTIONS else "backoffice:order", call.subject
    )
