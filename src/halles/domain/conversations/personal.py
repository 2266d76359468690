# SPDX-License-Identifier: AGPL-3.0-or-later
"""What conversations hold on a person."""

from halles.domain.conversations.models import Conversation
from halles.domain.customers.personal import of_person
from halles.kernel.personal import Holding, Person


def personal_data(person: Person) -> list[Holding]:
    """The questions asked with a contact, and all that was said. Two queries."""
    found = Conversation.objects.filter(of_person(person)).select_related("shop").prefetch_related("messages")
    return [
        Holding(
            what="conversation",
            kept="three years after its last message (CNIL reference for customers)",
            rows=[
                {
                    "shop": conversation.shop.name,
                    "name": conversation.name,
                    "email": conversation.email,
                    "phone": conversation.phone,
                    "at": message.created_at.isoformat(),
                    "by": "shop" if message.from_shop else "customer",
                    "text": message.text,
                }
                for conversation in found
                for message in conversation.messages.all()
            ],
        )
    ]
