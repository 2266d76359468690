# SPDX-License-Identifier: AGPL-3.0-or-later
"""The market itself and its team."""

from django.db import transaction

from halles.domain.journal import actions as journal
from halles.domain.people.actions import open_account
from halles.domain.people.models import Account
from halles.domain.shops import reads, rules
from halles.domain.shops.actions.whereabouts import whereabouts
from halles.domain.shops.models import Market, Operator
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_postal_code
from halles.kernel.errors import Refused
from halles.kernel.identifiers import slug


@transaction.atomic
def open_market(
    slug_: str, name: str, *, city: str, postal_code: str, operator: Account, by: Actor
) -> Market:
    """A new market with its first operator, in the middle of its commune as far as that is known."""
    postal_code = clean_postal_code(postal_code)
    market = Market.objects.create(
        slug=slug_, name=name, postal_code=postal_code, **whereabouts(postal_code, city).fields
    )
    Operator.objects.create(market=market, account=operator)
    journal.record("shops.market_opened", market, by=by)
    return market


@transaction.atomic
def open_first_market(*, name: str, city: str, postal_code: str, operator: Account, by: Actor) -> Market:
    """The market of an empty installation: whoever comes first opens it.

    :raises Refused: `shops.market_exists`, `shops.name_missing`, `contact.postal_code_wrong`.
    """
    if journal.claim("shops.first_market", "market", "") is not None or reads.market():
        raise Refused("shops.market_exists")
    name = rules.clean_name(name)
    slug_ = slug(name, lambda _: False, fallback="marche")
    return open_market(slug_, name, city=city, postal_code=postal_code, operator=operator, by=by)


@transaction.atomic
def change_market(market: Market, *, by: Actor, **facts: str | int | bool) -> None:
    """What the market says of itself: `name`, `tagline`, `latitude`, `longitude`, `contact_email`, `approval_needed`, `shops_lend`."""
    for name, value in facts.items():
        setattr(market, name, value)
    market.save(update_fields=list(facts))
    journal.record("shops.market_changed", market, by=by, changed=sorted(facts))


@transaction.atomic
def add_operator(market: Market, email: str, *, by: Actor) -> Operator:
    """Somebody joins the market's team.

    :raises Refused: `contact.email_wrong`.
    """
    operator, made = Operator.objects.get_or_create(market=market, account=open_account(email, by=by))
    if made:
        journal.record("shops.operator_added", operator, by=by)
    return operator
