# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses that go with an order: the link that proves a contact, the counter's QR.

Letters, the order's page and the counter must agree on them, and none of these doors knows another.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from halles.domain.orders.models import Order, ShopOrder

SALT = "order-confirm"


def page(order: Order) -> str:
    """The order's own page; who has this address has the order."""
    return f"{settings.ORIGIN}{reverse('storefront:order', args=[order.secret])}"


def confirm_token(order: Order) -> str:
    """What only whoever reads the letter has: it proves that the contact is real."""
    return signing.dumps(str(order.pk), salt=SALT)


def confirms(order: Order, token: str) -> bool:
    """Whether this is the token of this order's letter."""
    try:
        return bool(signing.loads(token, salt=SALT) == str(order.pk))
    except signing.BadSignature:
        return False


def hand_over(part: ShopOrder) -> str:
    """What the QR says: the merchant's page that hands this order over."""
    return f"{settings.ORIGIN}/gestion/remise/{part.code}"
