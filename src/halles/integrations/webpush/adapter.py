# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bell needs of Web Push."""

import json
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.conf import settings

from halles.domain.bells.ports import Answer, Message, Receiver
from halles.domain.shops import reads as shops
from halles.integrations.webpush import client
from halles.kernel.outside import Inside, Unreachable

GONE = frozenset({404, 410})  # RFC 8030: this subscription is no more
TAKEN = range(200, 300)


class WebPusher:
    """Rings devices under the installation's own key."""

    @cached_property
    def key(self) -> EllipticCurvePrivateKey:
        """The installation's key, read when the first device asks for it."""
        return client.private_key(settings.PUSH_KEY)

    @property
    def public_key(self) -> str:
        """What a browser must be told before it lets us ring it."""
        return client.public(self.key)

    def push(self, to: Receiver, message: Message) -> Answer:
        """Hand a message to a device's service."""
        plain = json.dumps(message.said, ensure_ascii=False, separators=(",", ":")).encode()
        target = client.Target(to.endpoint, to.p256dh, to.auth)
        sender = client.Sender(self.key, _contact())
        try:
            status = client.send(target, plain, sender=sender, seconds=message.seconds, topic=message.topic)
        except (Inside, client.WrongKeys):
            return Answer.GONE
        except Unreachable:
            return Answer.LATER
        if status in GONE:
            return Answer.GONE
        return Answer.ACCEPTED if status in TAKEN else Answer.LATER


def _contact() -> str:
    """Whom a push service may write to: the market's team, else where it lives."""
    market = shops.market()
    return f"mailto:{market.contact_email}" if market and market.contact_email else settings.ORIGIN
