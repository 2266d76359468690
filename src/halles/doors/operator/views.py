# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the market's team."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from halles.domain.catalogue import reads as catalogue
from halles.domain.conversations import reads as conversations
from halles.domain.conversations.actions import settle
from halles.domain.conversations.models import Conversation, Side
from halles.domain.journal import reads as journal
from halles.domain.people import actions as people_actions
from halles.domain.shops import actions, reads
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.operator import words
from halles.doors.operator.access import OperatorRequest, notice, page, team_page
from halles.doors.operator.forms import InviteForm, MarketForm
from halles.doors.ui import threads
from halles.doors.ui.words import TRADES

A_PAGE = 50
REPORTED = 5  # whole exchanges


@team_page("GET", "HEAD")
def shops(request: OperatorRequest) -> HttpResponse:
    """Every shop, those that wait for a yes first."""
    asked = request.GET.get("q", "").strip()[:80]
    found = reads.all_of(request.market)
    shown = Paginator(found.filter(name__icontains=asked) if asked else found, A_PAGE).get_page(
        request.GET.get("page")
    )
    online = catalogue.online_counts([shop.id for shop in shown])
    rows = [_row(shop, online.get(shop.id, 0)) for shop in shown]
    waiting = [row for row in rows if row["shop"].standing == Shop.Standing.WAITING]
    others = [row for row in rows if row["shop"].standing != Shop.Standing.WAITING]
    return page(
        request,
        "shops",
        "shops",
        {
            "waiting": waiting,
            "others": others,
            "page": shown,
            "query": asked,
            "reported": conversations.reported(request.market).count(),
        },
    )


@team_page("GET", "HEAD")
def shop(request: OperatorRequest, pk: UUID) -> HttpResponse:
    """Who a shop is, where it stands, what the team did about it."""
    return _shop_page(request, _shop(request, pk))


@team_page("POST")
def approve(request: OperatorRequest, pk: UUID) -> HttpResponse:
    """Yes: the shop appears, for the first time or again."""
    shop = _shop(request, pk)
    actions.approve(shop, by=request.actor)
    if shop.standing == Shop.Standing.ONLINE:
        notice(request, _("%(shop)s est en ligne.") % {"shop": shop.name})
    return redirect("operator:shops")


@team_page("POST")
def suspend(request: OperatorRequest, pk: UUID) -> HttpResponse:
    """The shop is hidden; its orders go on."""
    shop = _shop(request, pk)
    actions.suspend(shop, by=request.actor)
    notice(request, _("%(shop)s est masquée. Ses commandes en cours continuent.") % {"shop": shop.name})
    return redirect("operator:shop", pk)


@team_page("POST")
@sensitive_variables("code")
def let_in(request: OperatorRequest, pk: UUID, account_id: UUID) -> HttpResponse:
    """A one-use sign-in for an owner whose mail fails: shown once, never again."""
    shop = _shop(request, pk)
    owner = next((account for account in reads.who_may(shop, Right.STAFF) if account.pk == account_id), None)
    if owner is None:
        raise Http404
    code = people_actions.one_use_code(owner, by=request.actor, shop_id=shop.id)
    link = settings.ORIGIN + reverse("accounts:one_use", args=[code])
    context = {
        "shop": shop,
        "owner": owner,
        "code": code,
        "link": link,
        "minutes": people_actions.ONE_USE_MINUTES,
    }
    return page(request, "let_in", "shops", context)


@team_page("GET", "HEAD")
def questions(request: OperatorRequest) -> HttpResponse:
    """What was reported of what neighbours and shops say to each other, with all that was said. Two queries for each."""
    shown = Paginator(conversations.reported(request.market), REPORTED).get_page(request.GET.get("page"))
    rows = [
        {
            "question": one,
            "bubbles": threads.bubbles(one, conversations.thread(one), Side.MARKET),
            "by_shop": one.reported_by == Side.SHOP,
        }
        for one in shown
    ]
    return page(request, "questions", "shops", {"rows": rows, "page": shown})


@team_page("POST")
def close_question(request: OperatorRequest, pk: UUID) -> HttpResponse:
    """Nothing more is said there."""
    settle.judge(_reported(request, pk), closes=True, by=request.actor)
    notice(request, _("L'échange est clos."))
    return redirect("operator:questions")


@team_page("POST")
def leave_question(request: OperatorRequest, pk: UUID) -> HttpResponse:
    """Nothing to be said against it."""
    settle.judge(_reported(request, pk), closes=False, by=request.actor)
    notice(request, _("L'échange reste comme il est."))
    return redirect("operator:questions")


def _reported(request: OperatorRequest, pk: UUID) -> Conversation:
    """What was reported in this market, be it looked at already or not."""
    conversation = conversations.by_id(pk)
    if conversation is None or conversation.shop.market_id != request.market.id:
        raise Http404
    return conversation


@team_page("GET", "HEAD", "POST")
def team(request: OperatorRequest) -> HttpResponse:
    """Who is of the team, and inviting one more."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_operator(request.market, form.cleaned_data["email"], by=request.actor)
        notice(
            request, _("%(email)s est de l'équipe, et peut se connecter dès maintenant.") % form.cleaned_data
        )
        return redirect("operator:team")
    return page(request, "team", "team", {"form": form, "operators": reads.operators(request.market)})


@team_page("GET", "HEAD")
def acts(request: OperatorRequest) -> HttpResponse:
    """What the team did, and what concerns it."""
    names = dict(reads.all_of(request.market).values_list("id", "name"))
    subjects = [request.market.id, *reads.operators(request.market).values_list("id", flat=True)]
    entries = journal.of_market(names, subjects).filter(act__in=words.ACTS)
    shown = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    return page(request, "acts", "acts", {"entries": words.tell(shown, names), "page": shown})


@team_page("GET", "HEAD", "POST")
def market(request: OperatorRequest) -> HttpResponse:
    """What the market says of itself, and whether a new shop needs a yes."""
    fields = list(MarketForm.base_fields)
    form = MarketForm(request.POST or None, initial={name: getattr(request.market, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        actions.change_market(request.market, by=request.actor, **form.cleaned_data)
        notice(request, _("C'est noté."))
        return redirect("operator:market")
    return page(request, "market", "market", {"form": form})


def _shop(request: OperatorRequest, pk: UUID) -> Shop:
    shop = reads.all_of(request.market).filter(pk=pk).first()
    if shop is None:
        raise Http404
    return shop


def _row(shop: Shop, online: int) -> dict[str, Any]:
    """A shop in the list, with the step of the ladder on which it stands."""
    step = _("Vente") if shop.takes_orders else _("Catalogue") if online else _("Annuaire")
    return {
        "shop": shop,
        "standing": words.STANDINGS[shop.standing],
        "trade": TRADES[shop.trade],
        "step": step,
        "online": online,
    }


def _shop_page(request: OperatorRequest, shop: Shop) -> HttpResponse:
    entries = journal.of_shop(shop.id).filter(act__in=words.ACTS)[:A_PAGE]
    counter = next(iter(reads.places(shop)), None)
    row = _row(shop, catalogue.online_counts([shop.id]).get(shop.id, 0))
    context = {
        "owners": reads.who_may(shop, Right.STAFF),
        "counter": counter,
        "entries": words.tell(entries, {}),
    }
    return page(request, "shop", "shops", row | context)
