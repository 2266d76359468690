# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often something may be asked, by where a request comes from or by a key.

Where a request comes from is one thing for all limits, and no address is kept: what is counted is a digest of it,
which only this installation can make.
"""

import datetime as dt
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from halles.domain.journal import throttle

HOUSEHOLD = 64  # bits of an IPv6 address that its holder cannot choose
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


class By(StrEnum):
    """What is counted together."""

    PLACE = "place"  # all that comes from one household
    KEY = "key"  # all that is about one thing


@dataclass(frozen=True, slots=True)
class Rate:
    """So many within so long."""

    by: By
    most: int
    within: dt.timedelta


# Codes: enough for a clumsy day and a market hall behind one address, too few for whoever would guess six digits.
KNOWN = (Rate(By.KEY, 3, MINUTE), Rate(By.KEY, 10, HOUR), Rate(By.KEY, 30, DAY))
RATES: Mapping[str, tuple[Rate, ...]] = {
    "send_code": (Rate(By.PLACE, 10, MINUTE), Rate(By.PLACE, 30, HOUR), *KNOWN),
    "send_code_known": KNOWN,  # to a device that has signed in there before
    "try_code": (Rate(By.KEY, 5, DAY),),  # longer than a code lives
    "one_use": (Rate(By.PLACE, 20, MINUTE),),
    "try_bell": (Rate(By.KEY, 5, MINUTE), Rate(By.KEY, 60, DAY)),
    # Orders of contacts that never proved real, as long as such an order is held.
    "order_unproved": (Rate(By.PLACE, 10, 30 * MINUTE),),
    # Questions: of a household, or of all who share a telephone company's address; of one contact; to one shop.
    "question": (Rate(By.PLACE, 30, HOUR), Rate(By.KEY, 6, HOUR), Rate(By.KEY, 20, DAY)),
    "question_to_shop": (Rate(By.KEY, 60, HOUR),),
    # Links of depots that nobody gave, and codes that no basket there bears.
    "depot_unknown": (Rate(By.PLACE, 20, MINUTE),),
    "depot_code": (Rate(By.KEY, 15, 10 * MINUTE), Rate(By.KEY, 60, DAY)),
    "question_reply": (Rate(By.KEY, 10, HOUR), Rate(By.KEY, 30, DAY)),
}


def allow(request: HttpRequest, act: str, *, key: str = "") -> bool:
    """Whether this may be done once more; if so, it counts. What a place may not do any more costs a key nothing."""
    place = get_adapter(request).get_client_ip(request)
    return all(
        throttle.take(
            f"{act} {rate.within} {rate.by} {place if rate.by == By.PLACE else key}",
            most=rate.most,
            within=rate.within,
        )
        for rate in sorted(RATES[act], key=lambda rate: rate.by == By.KEY)  # places first
    )


def whence(address: str) -> str:
    """An IP address as it is counted: the same for all addresses of one household, readable for nobody."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        ip = ip.ipv4_mapped or ipaddress.ip_network((ip, HOUSEHOLD), strict=False).network_address
    return salted_hmac("ui.limits", str(ip), algorithm="sha256").hexdigest()
