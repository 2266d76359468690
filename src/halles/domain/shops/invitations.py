# SPDX-License-Identifier: AGPL-3.0-or-later
"""The link in a letter of invitation: made from the invitation and the installation's secret, kept nowhere."""

import uuid

from django.core import signing

from halles.domain.shops.models import Invitation

SALT = "shops.invitation"
NOBODY = uuid.UUID(int=0)


def token(invitation: Invitation) -> str:
    """What only the invited address is sent."""
    return signing.dumps(invitation.pk.hex, salt=SALT)


def read(token: str) -> uuid.UUID:
    """The invitation a token stands for; nobody's number for anything we did not write."""
    try:
        return uuid.UUID(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        return NOBODY
