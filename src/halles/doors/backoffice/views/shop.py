# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop itself: its card, who sells, how it takes orders, whether its doors are open, how far it goes."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from halles.domain.conversations import reads as conversations
from halles.domain.rounds import reads as rounds
from halles.domain.shops import actions
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Place, Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice import ladder as ladders
from halles.doors.backoffice.access import ShopRequest, done, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.fields import refuse
from halles.doors.backoffice.forms.shop import CardForm, IdentityForm, LendingForm, OrdersForm, card_of
from halles.kernel.errors import Refused


def _counter(shop: Shop) -> Place | None:
    return next((place for place in shops.places(shop) if place.kind == Place.Kind.COUNTER), None)


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def more(request: ShopRequest) -> HttpResponse:
    """The rest: what one does seldom."""
    context = {
        "is_operator": shops.is_operator(request.account, request.shop.market),
        "questions_waiting": conversations.waiting(request.shop).count(),
        "brings": bool(rounds.ways(request.shop)),
    }
    return page(request, "more", "more", context)


@shop_page(Right.SHOP)
def card(request: ShopRequest) -> HttpResponse:
    """What the town sees of the shop."""
    counter = _counter(request.shop)
    form = CardForm(request.POST or None, initial=card_of(request.shop, counter))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_card(request.shop, form.card(), by=request.actor)
        except Refused as refused:
            refuse(form, refused)
            request.shop.refresh_from_db()
        else:
            return done(request, _("Votre carte est enregistrée."), "backoffice:card")
    return page(request, "card", "more", {"form": form})


@shop_page(Right.SHOP)
def identity(request: ShopRequest) -> HttpResponse:
    """Who sells, before the law."""
    shop = request.shop
    names = ("legal_name", "siret", "vat_regime", "vat_number", "mediator")
    form = IdentityForm(request.POST or None, initial={name: getattr(shop, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            actions.identify(shop, **form.cleaned_data, by=request.actor)
        except Refused as refused:
            refuse(form, refused)
            shop.refresh_from_db()
        else:
            return done(request, _("L'identité de la boutique est enregistrée."), "backoffice:identity")
    return page(request, "identity", "more", {"form": form, "missing": ladders.missing(shop)})


@shop_page(Right.SHOP)
def order_settings(request: ShopRequest) -> HttpResponse:
    """Whether and how the shop takes orders; what the law still wants first."""
    shop = request.shop
    initial = {"takes_orders": shop.takes_orders, "preparation_minutes": shop.preparation_minutes}
    initial |= {"trusted_up_to": int(shop.trusted_up_to), "hold_hours": shop.hold_hours}
    form = OrdersForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_orders(shop, **form.cleaned_data, by=request.actor)
        except Refused as refused:
            refuse(form, refused)
            shop.refresh_from_db()
        else:
            return done(request, _("C'est enregistré."), "backoffice:order_settings")
    return page(request, "order_settings", "more", {"form": form, "missing": ladders.missing(shop)})


@shop_page(Right.SHOP)
def lending(request: ShopRequest) -> HttpResponse:
    """What neighbours may take of its articles, in a market where they may take anything."""
    if not request.shop.market.shops_lend:
        raise Http404
    form = LendingForm(request.POST or None, initial={"lends": request.shop.lends})
    if request.method == "POST" and form.is_valid():
        actions.set_lending(request.shop, Shop.Lending(form.cleaned_data["lends"]), by=request.actor)
        return done(request, _("C'est enregistré."), "backoffice:lending")
    return page(request, "lending", "more", {"form": form})


@shop_step(Right.ORDERS)
def doors(request: ShopRequest) -> HttpResponse:
    """Open, closed to the public, or closed: one tap."""
    wanted = request.POST.get("doors", "")
    if wanted not in Shop.Doors.values:
        return not_done(request, _("Choisissez un état dans la liste."), "backoffice:today")
    actions.set_doors(request.shop, Shop.Doors(wanted), by=request.actor)
    said = {
        Shop.Doors.OPEN: _("La boutique est ouverte."),
        Shop.Doors.COLLECTION_ONLY: _("La boutique est fermée au public, les commandes continuent."),
        Shop.Doors.CLOSED: _("La boutique est fermée : plus de commandes jusqu'à sa réouverture."),
    }
    return done(request, said[Shop.Doors(wanted)], "backoffice:today")


@shop_step(Right.SHOP)
def publish(request: ShopRequest) -> HttpResponse:
    """Show the shop to the town."""
    actions.publish(request.shop, by=request.actor)
    if request.shop.standing == Shop.Standing.ONLINE:
        return done(request, _("Votre boutique est en ligne."), "backoffice:today")
    return done(request, _("L'équipe du marché va regarder votre boutique."), "backoffice:today")


@shop_page(Right.SHOP, methods=("GET", "HEAD"))
def ladder(request: ShopRequest) -> HttpResponse:
    """How far one goes, and where one may stop."""
    return page(request, "ladder", "more", {"rungs": ladders.rungs(request.shop)})
