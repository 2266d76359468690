# SPDX-License-Identifier: AGPL-3.0-or-later
"""An order's addresses, whole, and telephones as one reads them aloud."""

from django import template
from django.conf import settings
from django.urls import reverse

from halles.domain.conversations.models import Conversation
from halles.domain.orders.models import Order
from halles.doors.ui import order_links
from halles.kernel.contact import show_phone

register = template.Library()

register.filter("phone", show_phone)


@register.filter
def order_page(order: Order) -> str:
    """The order's own page; who has this address has the order."""
    return settings.ORIGIN + reverse("storefront:order", args=[order.secret])


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
