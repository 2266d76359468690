# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often something may be asked: counted in the shared cache, by where a request comes from or by a key.

The rates stand in the settings. Where a request comes from is one thing for all of them, and no address is kept:
what is counted is a digest of it, which only this installation can make.
"""

import ipaddress

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUSEHOLD = 64  # bits of an IPv6 address that its holder cannot choose


def allow(request: HttpRequest, act: str, *, key: str | None = None) -> bool:
    """Whether this may be done once more; if so, it counts."""
    return bool(ratelimit.consume(request, action=act, key=key))


def whence(address: str) -> str:
    """An IP address as it is counted: the same for all addresses of one household, readable for nobody."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ipaddress.ip_network((ip, HOUSEHOLD), strict=False).network_address
    return salted_hmac("ui.limits", str(ip), algorithm="sha256").hexdigest()
