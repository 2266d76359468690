# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop from its first draft: card, identity before the law, standing, doors, whether it takes orders."""

import hashlib
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from stdnum.fr import siret as siret_number

from halles.domain.journal import actions as journal
from halles.domain.people.models import Account
from halles.domain.shops import reads, rules
from halles.domain.shops.actions.whereabouts import moved, whereabouts
from halles.domain.shops.models import FormerShopSlug, Market, Place, Shop, Staff, TermsVersion, Trade
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_email, clean_phone, clean_postal_code
from halles.kernel.errors import Refused
from halles.kernel.identifiers import slug
from halles.kernel.prepared import prepared


@transaction.atomic
def open_shop(
    market: Market, owner: Account, *, name: str, trade: Trade, postal_code: str, by: Actor, city: str = ""
) -> Shop:
    """A new shop as a draft, with its owner and its counter; in which town that is, its postal code mostly tells.

    :raises Refused: `shops.name_missing`, `contact.postal_code_wrong`.
    """
    name = rules.clean_name(name)
    postal_code = clean_postal_code(postal_code)
    shop = Shop(market=market, name=name, trade=trade, email=owner.email)
    shop.slug = slug(name, lambda s: _slug_taken(shop, s), fallback="boutique")
    shop.save()
    Place.objects.create(
        shop=shop,
        kind=Place.Kind.COUNTER,
        postal_code=postal_code,
        **whereabouts(postal_code, city).fields,
    )
    Staff.objects.create(shop=shop, account=owner, role=Staff.Role.OWNER)
    journal.record("shops.opened", shop, by=by, shop_id=shop.id, name=name)
    return shop


@dataclass(frozen=True, slots=True)
class Card:
    """What a shop shows of itself in the directory; without a point it stays where it is, or where its commune lies."""

    name: str
    trade: Trade
    tagline: str = ""
    description: str = ""
    colour: str = "#2f5d46"
    colour_light: str = "#e8efe9"
    phone: str = ""
    email: str = ""
    address: str = ""
    postal_code: str = ""
    city: str = ""
    latitude: int | None = None
    longitude: int | None = None


@transaction.atomic
def change_card(shop: Shop, card: Card, *, by: Actor) -> None:
    """Name, words, colours, contact and address. A draft's web address follows its name; an old one goes on working.

    :raises Refused: `shops.name_missing`, `contact.phone_wrong`, `contact.email_wrong`, `contact.postal_code_wrong`.
    """
    name = rules.clean_name(card.name)
    if name != shop.name and shop.standing == Shop.Standing.DRAFT:
        FormerShopSlug.objects.update_or_create(market=shop.market, slug=shop.slug, defaults={"shop": shop})
        shop.slug = slug(name, lambda s: _slug_taken(shop, s), fallback="boutique")
        FormerShopSlug.objects.filter(market=shop.market, slug=shop.slug).delete()
    shop.name, shop.trade = name, card.trade
    shop.tagline, shop.description = card.tagline.strip()[:160], card.description.strip()[:4000]
    shop.colour, shop.colour_light = card.colour, card.colour_light
    shop.phone, shop.email = clean_phone(card.phone), clean_email(card.email)
    shop.save()
    _change_counter(shop, card)
    journal.record("shops.card_changed", shop, by=by, shop_id=shop.id)


def _change_counter(shop: Shop, card: Card) -> None:
    counter = shop.places.get(kind=Place.Kind.COUNTER)
    postal_code = clean_postal_code(card.postal_code)
    now = moved(counter, postal_code, card.city)
    counter.address, counter.postal_code, counter.city = card.address.strip()[:160], postal_code, now.city
    counter.latitude, counter.longitude = now.point or (None, None)
    if card.latitude is not None and card.longitude is not None:
        counter.latitude, counter.longitude = card.latitude, card.longitude
    counter.save()


@transaction.atomic
def identify(
    shop: Shop, *, legal_name: str, siret: str, vat_regime: str, vat_number: str, mediator: str, by: Actor
) -> None:
    """Who sells, before the law.

    :raises Refused: `shops.siret_wrong`, `shops.legal_name_missing`, `shops.vat_regime_missing`.
    """
    number = siret_number.compact(siret)
    if number and not siret_number.is_valid(number):
        raise Refused("shops.siret_wrong", field="siret")
    if not legal_name.strip():
        raise Refused("shops.legal_name_missing", field="legal_name")
    if vat_regime not in {Shop.VatRegime.REAL, Shop.VatRegime.FRANCHISE}:
        raise Refused("shops.vat_regime_missing", field="vat_regime")
    shop.legal_name, shop.siret = legal_name.strip()[:120], number
    shop.vat_regime, shop.vat_number, shop.mediator = (
        vat_regime,
        vat_number.strip()[:20],
        mediator.strip()[:300],
    )
    shop.save()
    journal.record("shops.identified", shop, by=by, shop_id=shop.id, siret=number)


@transaction.atomic
def set_doors(shop: Shop, doors: Shop.Doors, *, by: Actor) -> None:
    """Open, closed to the public while collection goes on, or closed."""
    if shop.doors != doors:
        former, shop.doors = shop.doors, doors
        shop.save(update_fields=["doors"])
        journal.record("shops.doors_set", shop, by=by, shop_id=shop.id, before=former, now=doors)


@transaction.atomic
def set_orders(
    shop: Shop,
    *,
    takes_orders: bool,
    preparation_minutes: int,
    trusted_up_to: Decimal,
    hold_hours: int,
    by: Actor,
) -> None:
    """Whether and how the shop takes orders.

    :raises Refused: `shops.not_lawful_yet` with what is missing.
    """
    if takes_orders and (missing := reads.missing_for_orders(shop)):
        raise Refused("shops.not_lawful_yet", field="takes_orders", missing=missing)
    shop.takes_orders, shop.preparation_minutes = takes_orders, preparation_minutes
    shop.trusted_up_to, shop.hold_hours = trusted_up_to, hold_hours
    shop.save()
    journal.record("shops.orders_set", shop, by=by, shop_id=shop.id, takes_orders=takes_orders)


@transaction.atomic
def set_lending(shop: Shop, lends: Shop.Lending, *, by: Actor) -> None:
    """What neighbours may take of its articles. What they took before stays theirs."""
    if shop.lends != lends:
        former, shop.lends = shop.lends, lends
        shop.save(update_fields=["lends"])
        journal.record("shops.lending_set", shop, by=by, shop_id=shop.id, before=former, now=lends)


@transaction.atomic
def set_questions(shop: Shop, takes_questions: bool, *, by: Actor) -> None:
    """Whether neighbours may write to it. What was asked before goes on."""
    if shop.takes_questions != takes_questions:
        shop.takes_questions = takes_questions
        shop.save(update_fields=["takes_questions"])
        journal.record("shops.questions_set", shop, by=by, shop_id=shop.id, takes_questions=takes_questions)


@transaction.atomic
def publish(shop: Shop, *, by: Actor) -> None:
    """Show the shop: at once, or after the operator's yes where the market asks for one."""
    if shop.standing != Shop.Standing.DRAFT:
        return
    shop.standing = Shop.Standing.WAITING if shop.market.approval_needed else Shop.Standing.ONLINE
    shop.save(update_fields=["standing"])
    journal.record("shops.published", shop, by=by, shop_id=shop.id, standing=shop.standing)
    if shop.standing == Shop.Standing.WAITING:
        outbox.publish("shops.waiting", shop_id=str(shop.id))


@transaction.atomic
def approve(shop: Shop, *, by: Actor) -> None:
    """The operator's yes. Repeating changes nothing."""
    if shop.standing in {Shop.Standing.WAITING, Shop.Standing.SUSPENDED}:
        shop.standing = Shop.Standing.ONLINE
        shop.save(update_fields=["standing"])
        journal.record("shops.approved", shop, by=by, shop_id=shop.id)
        outbox.publish("shops.approved", shop_id=str(shop.id))


@transaction.atomic
def suspend(shop: Shop, *, by: Actor) -> None:
    """The operator hides a shop; its orders go on."""
    shop.standing = Shop.Standing.SUSPENDED
    shop.save(update_fields=["standing"])
    journal.record("shops.suspended", shop, by=by, shop_id=shop.id)


def keep_terms(shop: Shop, text: str, language: str) -> TermsVersion:
    """The words a customer is shown, kept once and for ever."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    if known := _kept(shop.id, digest):
        return known[0]
    new = TermsVersion(shop=shop, digest=digest, text=text, language=language)
    TermsVersion.objects.bulk_create([new], ignore_conflicts=True)
    return _kept(shop.id, digest)[0]


@prepared
def _kept(shop: uuid.UUID, digest: str) -> QuerySet[TermsVersion]:
    return TermsVersion.objects.filter(shop=shop, digest=digest)


def _slug_taken(shop: Shop, candidate: str) -> bool:
    now = Shop.objects.filter(market=shop.market, slug=candidate).exclude(pk=shop.pk).exists()
    once = FormerShopSlug.objects.filter(market=shop.market, slug=candidate).exclude(shop=shop).exists()
    return now or once
