# SPDX-License-Identifier: AGPL-3.0-or-later
"""Letters about shops: one that waits for the market's yes, one that has it, somebody invited to a team."""

from halles.domain.people import reads as people
from halles.domain.shops import invitations
from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.letters.post import occurrence, post


def waiting(shop_id: str) -> None:
    """To the market's team, while the shop still waits."""
    shop = shops.by_id(shop_id)
    if shop is None or shop.standing != Shop.Standing.WAITING:
        return
    key = occurrence("shops.published", shop.id)
    for operator in shops.operators(shop.market):
        account = operator.account
        post(
            "shop/waiting",
            {"shop": shop},
            to=account.email,
            language=account.language,
            key=key,
            reply_to=shop.email,
        )


def approved(shop_id: str) -> None:
    """To whoever owns the shop."""
    shop = shops.by_id(shop_id)
    if shop is None or shop.standing != Shop.Standing.ONLINE:
        return
    key, reply_to = occurrence("shops.approved", shop.id), shop.market.contact_email
    for account in shops.who_may(shop, Right.STAFF):
        post(
            "shop/approved",
            {"shop": shop},
            to=account.email,
            language=account.language,
            key=key,
            reply_to=reply_to,
        )


def invited(invitation_id: str) -> None:
    """To the invited address, with the link that works once."""
    invitation = shops.invitation_by_id(invitation_id)
    if invitation is None:
        return
    account = people.by_email(invitation.email)
    post(
        "shop/invited",
        {"invitation": invitation, "shop": invitation.shop, "token": invitations.token(invitation)},
        to=invitation.email,
        language=account.language if account else "fr",
        key=str(invitation.id),
        reply_to=invitation.shop.email,
    )
