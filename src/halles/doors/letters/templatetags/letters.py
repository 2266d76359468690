# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of an order and of a question, whole."""

from django import template
from django.conf import settings
from django.urls import reverse

from halles.domain.conversations.models import Conversation
from halles.domain.orders.models import Order
from halles.doors.ui import order_links

register = template.Library()

register.filter("order_page", order_links.page)


@register.filter
def question_page(conversation: Conversation) -> str:
    """The question's own page; who has this address has the question."""
    return settings.ORIGIN + reverse("storefront:question", args=[conversation.secret])


@register.filter
def order_confirmation(order: Order) -> str:
    """The address that only a letter carries."""
    return settings.ORIGIN + reverse(
        "storefront:confirm", args=[order.secret, order_links.confirm_token(order)]
    )
