# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes shops, their hours, their legal identity and their team."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from stdnum.fr import siret as siret_number

from halles.domain.journal import actions as journal
from halles.domain.people.actions import open_account
from halles.domain.people.models import Account
from halles.domain.shops import reads, rules
from halles.domain.shops.models import (
    Closure,
    FormerShopSlug,
    Invitation,
    Market,
    OpeningPeriod,
    Operator,
    Place,
    Shop,
    Staff,
    TermsVersion,
    Trade,
)
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_email, clean_phone, clean_postal_code
from halles.kernel.errors import Refused
from halles.kernel.identifiers import slug

HELPER_HOURS = 48
INVITATION_DAYS = 7


@transaction.atomic
def open_market(
    slug_: str, name: str, *, city: str, postal_code: str, operator: Account, by: Actor
) -> Market:
    """A new market with its first operator."""
    market = Market.objects.create(
        slug=slug_, name=name, city=city, postal_code=clean_postal_code(postal_code)
    )
    Operator.objects.create(market=market, account=operator)
    journal.record("shops.market_opened", market, by=by)
    return market


@transaction.atomic
def change_market(market: Market, *, by: Actor, **facts: str | int | bool) -> None:
    """What the market says of itself: `name`, `tagline`, `latitude`, `longitude`, `contact_email`, `approval_needed`."""
    for name, value in facts.items():
        setattr(market, name, value)
    market.save(update_fields=list(facts))
    journal.record("shops.market_changed", market, by=by, changed=sorted(facts))


@transaction.atomic
def open_first_market(*, name: str, city: str, postal_code: str, operator: Account, by: Actor) -> Market:
    """The market of an empty installation: whoever comes first opens it.

    :raises Refused: `shops.market_exists`, `shops.name_missing`, `contact.postal_code_wrong`.
    """
    _, first = journal.claim("shops.first_market", "market", "")
    if not first or reads.market():
        raise Refused("shops.market_exists")
    name, city = _shop_name(name), " ".join(city.split())[:80]
    slug_ = slug(name, lambda _: False, fallback="marche")
    return open_market(slug_, name, city=city, postal_code=postal_code, operator=operator, by=by)


@transaction.atomic
def open_shop(
    market: Market, owner: Account, *, name: str, trade: Trade, postal_code: str, by: Actor
) -> Shop:
    """A new shop as a draft, with its owner and its counter.

    :raises Refused: `shops.name_missing`, `contact.postal_code_wrong`.
    """
    name = _shop_name(name)
    postal_code = clean_postal_code(postal_code)
    shop = Shop(market=market, name=name, trade=trade, email=owner.email)
    shop.slug = slug(name, lambda s: _slug_taken(shop, s), fallback="boutique")
    shop.save()
    Place.objects.create(shop=shop, kind=Place.Kind.COUNTER, postal_code=postal_code)
    Staff.objects.create(shop=shop, account=owner, role=Staff.Role.OWNER)
    journal.record("shops.opened", shop, by=by, shop_id=shop.id, name=name)
    return shop


@dataclass(frozen=True, slots=True)
class Card:
    """What a shop shows of itself in the directory."""

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
    name = _shop_name(card.name)
    if name != shop.name and shop.standing == Shop.Standing.DRAFT:
        FormerShopSlug.objects.update_or_create(market=shop.market, slug=shop.slug, defaults={"shop": shop})
        shop.slug = slug(name, lambda s: _slug_taken(shop, s), fallback="boutique")
        FormerShopSlug.objects.filter(market=shop.market, slug=shop.slug).delete()
    shop.name, shop.trade = name, card.trade
    shop.tagline, shop.description = card.tagline.strip()[:160], card.description.strip()[:4000]
    shop.colour, shop.colour_light = card.colour, card.colour_light
    shop.phone, shop.email = clean_phone(card.phone), clean_email(card.email)
    shop.save()
    Place.objects.filter(shop=shop, kind=Place.Kind.COUNTER).update(
        address=card.address.strip()[:160],
        postal_code=clean_postal_code(card.postal_code),
        city=card.city.strip()[:80],
        latitude=card.latitude,
        longitude=card.longitude,
    )
    journal.record("shops.card_changed", shop, by=by, shop_id=shop.id)


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
def set_hours(place: Place, periods: Sequence[tuple[int, dt.time, dt.time]], *, by: Actor) -> None:
    """The week of a place: (weekday, opens, closes), Monday is 0.

    :raises Refused: `shops.hours_reversed`, `shops.hours_overlap`.
    """
    rules.check_periods(list(periods))
    place.periods.all().delete()
    OpeningPeriod.objects.bulk_create(
        OpeningPeriod(place=place, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in periods
    )
    journal.record("shops.hours_set", place, by=by, shop_id=place.shop_id)


@transaction.atomic
def add_stall(shop: Shop, *, name: str, address: str, postal_code: str, city: str, by: Actor) -> Place:
    """Another place to hand over: a stall on the market square.

    :raises Refused: `contact.postal_code_wrong`.
    """
    stall = Place.objects.create(
        shop=shop,
        kind=Place.Kind.STALL,
        name=name.strip()[:80],
        address=address.strip()[:160],
        postal_code=clean_postal_code(postal_code),
        city=city.strip()[:80],
    )
    journal.record("shops.stall_added", stall, by=by, shop_id=shop.id)
    return stall


@transaction.atomic
def remove_stall(place: Place, *, by: Actor) -> None:
    """The shop no longer stands there.

    :raises Refused: `shops.place_in_use` when orders speak of it; the counter stays.
    """
    if place.kind == Place.Kind.COUNTER:
        raise Refused("shops.place_in_use")
    journal.record("shops.stall_removed", place, by=by, shop_id=place.shop_id, name=place.name)
    try:
        place.delete()
    except ProtectedError as error:
        raise Refused("shops.place_in_use") from error


@transaction.atomic
def close_days(shop: Shop, first_day: dt.date, last_day: dt.date, *, reason: str, by: Actor) -> Closure:
    """Congés: the whole shop is closed from a day to another, both included.

    :raises Refused: `shops.closure_reversed`.
    """
    if last_day < first_day:
        raise Refused("shops.closure_reversed", field="last_day")
    closure = Closure.objects.create(
        shop=shop, first_day=first_day, last_day=last_day, reason=reason.strip()[:80]
    )
    journal.record(
        "shops.closed_days", closure, by=by, shop_id=shop.id, first=str(first_day), last=str(last_day)
    )
    return closure


@transaction.atomic
def reopen_days(closure: Closure, *, by: Actor) -> None:
    """The congés are off."""
    journal.record("shops.reopened_days", closure, by=by, shop_id=closure.shop_id)
    closure.delete()


@transaction.atomic
def set_holidays(shop: Shop, closed: bool, *, by: Actor) -> None:
    """Whether the shop is closed on public holidays."""
    if shop.closed_on_holidays != closed:
        shop.closed_on_holidays = closed
        shop.save(update_fields=["closed_on_holidays"])
        journal.record("shops.holidays_set", shop, by=by, shop_id=shop.id, closed=closed)


@transaction.atomic
def set_doors(shop: Shop, doors: Shop.Doors, *, by: Actor) -> None:
    """Open, closed to the public while collection goes on, or closed."""
    if shop.doors != doors:
        former, shop.doors = shop.doors, doors
        shop.save(update_fields=["doors"])
        journal.record("shops.doors_set", shop, by=by, shop_id=shop.id, before=former, now=doors)


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
def keep_terms(shop: Shop, text: str, language: str) -> TermsVersion:
    """The words a customer is shown, kept once and for ever."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    kept, _ = TermsVersion.objects.get_or_create(
        shop=shop, digest=digest, defaults={"text": text, "language": language}
    )
    return kept


@transaction.atomic
def invite(shop: Shop, email: str, role: Staff.Role, *, by: Actor) -> str:
    """Invite somebody to the team; the returned token goes into the letter and is kept only as a digest.

    :raises Refused: `contact.email_wrong`, `shops.role_unknown`.
    """
    if role == Staff.Role.OWNER:
        raise Refused("shops.role_unknown", field="role")
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        shop=shop,
        email=clean_email(email),
        role=role,
        token_digest=_digest(token),
        expires_at=timezone.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    journal.record("shops.invited", invitation, by=by, shop_id=shop.id, role=role)
    outbox.publish("shops.invited", invitation_id=str(invitation.id), token=token)
    return token


@transaction.atomic
def accept_invitation(token: str, account: Account, *, by: Actor) -> Staff:
    """Join the team by the letter's link, once.

    :raises Refused: `shops.invitation_gone` when it was used, is too old, or never was.
    """
    now = timezone.now()
    invitation = (
        Invitation.objects.select_for_update()
        .filter(token_digest=_digest(token), accepted_at=None, expires_at__gt=now)
        .first()
    )
    if invitation is None:
        raise Refused("shops.invitation_gone")
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    until = now + dt.timedelta(hours=HELPER_HOURS) if invitation.role == Staff.Role.HELPER else None
    staff, made = Staff.objects.get_or_create(
        shop_id=invitation.shop_id, account=account, defaults={"role": invitation.role, "until": until}
    )
    if not made and staff.role != Staff.Role.OWNER:
        staff.role, staff.until = invitation.role, until
        staff.save(update_fields=["role", "until"])
    journal.record("shops.joined", staff, by=by, shop_id=invitation.shop_id, role=staff.role)
    return staff


@transaction.atomic
def dismiss(staff: Staff, *, by: Actor) -> None:
    """Somebody leaves the team.

    :raises Refused: `shops.last_owner`: a shop is never left without one.
    """
    owners = Staff.objects.filter(shop_id=staff.shop_id, role=Staff.Role.OWNER)
    if staff.role == Staff.Role.OWNER and owners.count() == 1:
        raise Refused("shops.last_owner")
    journal.record("shops.left", staff, by=by, shop_id=staff.shop_id, account=str(staff.account_id))
    staff.delete()


@transaction.atomic
def add_operator(market: Market, email: str, *, by: Actor) -> Operator:
    """Somebody joins the market's team.

    :raises Refused: `contact.email_wrong`.
    """
    operator, made = Operator.objects.get_or_create(market=market, account=open_account(email, by=by))
    if made:
        journal.record("shops.operator_added", operator, by=by)
    return operator


def _shop_name(typed: str) -> str:
    name = " ".join(typed.split())[:80]
    if not name:
        raise Refused("shops.name_missing", field="name")
    return name


def _slug_taken(shop: Shop, candidate: str) -> bool:
    now = Shop.objects.filter(market=shop.market, slug=candidate).exclude(pk=shop.pk).exists()
    once = FormerShopSlug.objects.filter(market=shop.market, slug=candidate).exclude(shop=shop).exists()
    return now or once


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
