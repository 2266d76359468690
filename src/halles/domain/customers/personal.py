# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a market holds on its customers."""

from django.db.models import Q

from halles.domain.customers.models import Customer
from halles.kernel.personal import Holding, Person


def of_person(person: Person) -> Q:
    """The customers that are this person, by address or telephone."""
    by_email = Q(email=person.email) if person.email else Q(pk=None)
    return by_email | (Q(phone=person.phone) if person.phone else Q(pk=None))


def personal_data(person: Person) -> list[Holding]:
    """The cards of a person, one a market."""
    return [
        Holding(
            what="customer",
            kept="three years after the last order (CNIL reference for customers)",
            rows=[
                {"name": c.name, "email": c.email, "phone": c.phone, "no_shows": str(c.no_shows)}
                for c in Customer.objects.filter(of_person(person))
            ],
        )
    ]
