# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes what a market knows of a customer."""

import uuid

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from halles.domain.customers.models import Customer
from halles.domain.shops.models import Market
from halles.kernel.contact import clean_email, clean_phone
from halles.kernel.errors import Refused
from halles.kernel.prepared import prepared
from halles.kernel.text import one_line


def know(market: Market, *, name: str, email: str, phone: str, language: str) -> Customer:
    """The customer of this contact, made when new. Name and telephone follow what was typed last.

    :raises Refused: `customers.name_missing`, `customers.contact_missing`, `contact.email_wrong`, `contact.phone_wrong`.
    """
    name = one_line(name, 80)
    if not name:
        raise Refused("customers.name_missing", field="name")
    email, phone = clean_email(email), clean_phone(phone)
    if not email and not phone:
        raise Refused("customers.contact_missing", field="email")
    known = _by_email(market.id, email) if email else _by_phone(market.id, phone)
    customer = known[0] if known else _meet(market, name, email, phone, language)
    said = (name, phone or customer.phone, language)
    if (customer.name, customer.phone, customer.language) != said:
        customer.name, customer.phone, customer.language = said
        customer.save(update_fields=["name", "phone", "language"])
    return customer


def _meet(market: Market, name: str, email: str, phone: str, language: str) -> Customer:
    """Somebody new, unless another request was quicker by a moment: its row is waited for, and is the one."""
    new = Customer(market=market, name=name, email=email, phone=phone, language=language)
    Customer.objects.bulk_create([new], ignore_conflicts=True)
    return (_by_email(market.id, email) if email else _by_phone(market.id, phone))[0]


@prepared
def _by_email(market: uuid.UUID, email: str) -> QuerySet[Customer]:
    return Customer.objects.filter(market=market, email=email)


@prepared
def _by_phone(market: uuid.UUID, phone: str) -> QuerySet[Customer]:
    return Customer.objects.filter(market=market, email="", phone=phone)


def confirm(customer_id: uuid.UUID) -> None:
    """The contact is real: a link sent to it was pressed, or a shop vouched for it. Repeating changes nothing."""
    Customer.objects.filter(pk=customer_id, confirmed_at=None).update(confirmed_at=timezone.now())


def erase(customer: Customer) -> None:
    """What names a person goes; the row stays, for the orders that point at it."""
    customer.name = customer.email = customer.phone = ""
    customer.erased_at = timezone.now()
    customer.save(update_fields=["name", "email", "phone", "erased_at"])


@transaction.atomic
def count_no_show(customer_id: uuid.UUID) -> None:
    """One more order that waited in vain."""
    Customer.objects.filter(pk=customer_id).update(no_shows=F("no_shows") + 1)
