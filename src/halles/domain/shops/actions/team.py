# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works in a shop: invitations by mail, helpers for a time."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from halles.domain.journal import actions as journal
from halles.domain.people.models import Account
from halles.domain.shops import invitations
from halles.domain.shops.models import Invitation, Shop, Staff
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.contact import clean_email
from halles.kernel.errors import Refused

HELPER_HOURS = 48
INVITATION_DAYS = 7


@transaction.atomic
def invite(shop: Shop, email: str, role: Staff.Role, *, by: Actor) -> Invitation:
    """Invite somebody to the team; the letter's link is `invitations.token`.

    :raises Refused: `contact.email_wrong`, `shops.role_unknown`.
    """
    invitation = Invitation.objects.create(
        shop=shop,
        email=clean_email(email),
        role=role,
        expires_at=timezone.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    journal.record("shops.invited", invitation, by=by, shop_id=shop.id, role=role)
    outbox.publish("shops.invited", invitation_id=str(invitation.id))
    return invitation


@transaction.atomic
def accept_invitation(token: str, account: Account, *, by: Actor) -> Staff:
    """Join the team by the letter's link, once.

    :raises Refused: `shops.invitation_gone` when it was used, is too old, or never was.
    """
    now = timezone.now()
    invitation = (
        Invitation.objects.select_for_update()
        .filter(pk=invitations.read(token), accepted_at=None, expires_at__gt=now)
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
