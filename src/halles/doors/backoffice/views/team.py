# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works here and what was done: the team, its invitations, the journal; opening and changing shops."""

import uuid
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halles.domain.catalogue import shelf
from halles.domain.journal import reads as journal
from halles.domain.orders import reads as orders
from halles.domain.people import reads as people
from halles.domain.shops import actions
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Staff, Trade
from halles.domain.shops.reads import Right
from halles.doors.backoffice import paging, words
from halles.doors.backoffice.access import (
    NOTICE_KEY,
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
from halles.doors.backoffice.forms.fields import refuse
from halles.doors.backoffice.forms.shop import OpenShopForm
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

A_PAGE = 40


class InviteForm(forms.Form):
    """Somebody new."""

    email = forms.EmailField(label=gettext_lazy("Son adresse électronique"), max_length=254)
    role = forms.ChoiceField(
        label=gettext_lazy("Ce qu'elle ou il peut faire"),
        choices=[
            (Staff.Role.SELLER, gettext_lazy("Vente : commandes et articles")),
            (Staff.Role.MANAGER, gettext_lazy("Responsable : tout, sauf l'équipe")),
            (Staff.Role.HELPER, gettext_lazy("Coup de main : comme responsable, pendant 48 heures")),
            (Staff.Role.OWNER, gettext_lazy("Propriétaire : tout, l'équipe aussi")),
        ],
        widget=forms.RadioSelect,
        initial=Staff.Role.SELLER,
    )


@shop_page(Right.STAFF)
def team(request: ShopRequest) -> HttpResponse:
    """Who works here; a letter invites somebody new."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.invite(request.shop, said["email"], Staff.Role(said["role"]), by=request.actor)
        except Refused as refused:
            refuse(form, refused)
        else:
            sentence = _("L'invitation part à %(email)s. Elle est valable sept jours.") % {
                "email": said["email"]
            }
            return done(request, sentence, "backoffice:team")
    context = {
        "form": form,
        "team": [
            (staff, words.ROLES[staff.role], staff.id == request.staff.id)
            for staff in shops.team(request.shop)
        ],
        "invitations": [
            (invited, words.ROLES[invited.role]) for invited in shops.pending_invitations(request.shop)
        ],
    }
    return page(request, "team", "more", context)


@shop_step(Right.STAFF)
def dismiss(request: ShopRequest, staff_id: uuid.UUID) -> HttpResponse:
    """Somebody leaves; from the next press on, nothing here opens any more."""
    staff = next((one for one in shops.team(request.shop) if one.id == staff_id), None)
    if staff is None:
        raise Http404
    name = str(staff.account)
    try:
        actions.dismiss(staff, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), "backoffice:team")
    return done(request, _("%(name)s ne fait plus partie de l'équipe.") % {"name": name}, "backoffice:team")


@signed_in
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: the button joins, once."""
    ours = cast(ShopRequest, request)
    invitation = shops.invitation(token)
    if request.method == "POST":
        try:
            staff = actions.accept_invitation(token, ours.account, by=people.actor(ours.account))
        except Refused as refused:
            return render(request, "backoffice/join.html", {"trouble": say(refused)}, status=410)
        request.session[SHOP_KEY] = str(staff.shop_id)
        request.session[NOTICE_KEY] = {"words": _("Bienvenue dans l'équipe.")}
        return redirect("backoffice:today")
    context: dict[str, Any] = {"invitation": invitation}
    if invitation:
        return render(request, "backoffice/join.html", context | {"role": words.ROLES[invitation.role]})
    gone = say(Refused("shops.invitation_gone"))
    return render(request, "backoffice/join.html", {"trouble": gone}, status=410)


@signed_in
def open_shop(request: HttpRequest) -> HttpResponse:
    """Somebody signed in opens a shop, the first or another one."""
    ours = cast(ShopRequest, request)
    market = shops.market()
    if market is None:
        raise Http404
    form = OpenShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        facts = {name: said[name] for name in ("name", "postal_code", "city")}
        try:
            shop = actions.open_shop(
                market, ours.account, **facts, trade=Trade(said["trade"]), by=people.actor(ours.account)
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            request.session[SHOP_KEY] = str(shop.id)
            return redirect("backoffice:today")
    context = {"form": form, "is_operator": shops.is_operator(ours.account, market)}
    return render(request, "backoffice/open_shop.html", context)


@shop_step(Right.ORDERS)
def switch(request: ShopRequest) -> HttpResponse:
    """To another shop one works in."""
    wanted = request.POST.get("shop", "")
    if any(str(staff.shop_id) == wanted for staff in request.works_at):
        request.session[SHOP_KEY] = wanted
    response = redirect("backoffice:today")
    return see_other(response.url)


@shop_page(Right.SHOP, methods=("GET", "HEAD"))
def acts(request: ShopRequest) -> HttpResponse:
    """Who did what, the latest first."""
    shown = paging.chapter(request, journal.of_shop(request.shop.id), A_PAGE)
    subjects = [entry.subject_id for entry in shown]
    about = shelf.names(request.shop, subjects) | orders.codes(request.shop, subjects)
    return page(request, "journal", "more", {"shown": shown, "entries": words.tell(shown.rows, about)})
