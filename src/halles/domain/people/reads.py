# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading accounts."""

from django.db.models import QuerySet

from halles.domain.people.models import Account
from halles.kernel.actor import Actor, Kind


def actor(account: Account) -> Actor:
    """The account as the one who acts. Its address is not written into histories, only a name or its first part."""
    return Actor(Kind.ACCOUNT, str(account.pk), account.name or account.email.split("@")[0])


def by_email(email: str) -> Account | None:
    """The account of an address, if there is one."""
    return Account.objects.filter(email__iexact=email).first()


def at_domain(domain: str) -> QuerySet[Account]:
    """The accounts whose address is of this domain: those of the demonstration. One query."""
    return Account.objects.filter(email__endswith=f"@{domain}", is_active=True).order_by("created_at")
