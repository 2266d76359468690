# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ladder: how far a shop goes with us. Each rung is complete in itself, and one may stop at any."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.catalogue import shelf
from halles.domain.catalogue.models import Product
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop
from halles.doors.ui.refusals import MISSING

# Where each thing the law wants is said.
WHERE = {
    "legal_name": "backoffice:identity",
    "siret": "backoffice:identity",
    "vat_regime": "backoffice:identity",
    "mediator": "backoffice:identity",
    "phone": "backoffice:card",
    "address": "backoffice:card",
    "hours": "backoffice:hours",
}


@dataclass
class Rung:
    """One step of the ladder as the page shows it."""

    name: str
    words: str
    state: str = "later"
    href: str = ""
    act: str = ""
    needs: list[tuple[str, str]] = field(default_factory=list)


def missing(shop: Shop) -> list[tuple[str, str]]:
    """What the law still wants said before the first order, and where to say it."""
    return [(str(MISSING[name]), reverse(WHERE[name])) for name in shops.missing_for_orders(shop)]


def rungs(shop: Shop) -> list[Rung]:
    """The whole ladder, from the ground up."""
    directory, shelf, selling = _directory(shop), _catalogue(shop), _selling(shop)
    steps = [directory, shelf, selling]
    ahead = next((rung for rung in steps if rung.state == "later"), None)
    if ahead:
        ahead.state = "next"
    return steps


def next_rung(shop: Shop) -> Rung | None:
    """The first rung that is not climbed."""
    return next((rung for rung in rungs(shop) if rung.state == "next"), None)


def _directory(shop: Shop) -> Rung:
    words = _("Votre carte, vos horaires et votre adresse se voient dans la ville.")
    rung = Rung(_("Annuaire"), words, href=reverse("backoffice:card"), act=_("Compléter la carte"))
    if shop.standing == Shop.Standing.ONLINE:
        rung.state = "done"
    elif shop.standing == Shop.Standing.WAITING:
        rung.state, rung.href = "here", ""
        rung.words = _("L'équipe du marché regarde votre boutique. Vous recevrez un message.")
    return rung


def _catalogue(shop: Shop) -> Rung:
    words = _("Vos articles se voient, avec leur prix. On vient les acheter chez vous.")
    rung = Rung(_("Catalogue"), words, href=reverse("backoffice:new_product"), act=_("Ajouter un article"))
    if shelf.products(shop, status=Product.Status.ONLINE).exists():
        rung.state = "done"
    return rung


def _selling(shop: Shop) -> Rung:
    words = _("On réserve chez vous, on paie à la boutique.")
    rung = Rung(_("Vente"), words, href=reverse("backoffice:order_settings"), act=_("Prendre des commandes"))
    if shop.takes_orders:
        rung.state, rung.act = "done", _("Régler les commandes")
    else:
        rung.needs = missing(shop)
    return rung
