# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who does something: every action takes an actor, and the journal writes him down."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody is to the act."""

    ACCOUNT = "account"  # somebody signed in: merchant, staff, operator
    CUSTOMER = "customer"  # the holder of an order's link
    KEEPER = "keeper"  # the holder of a depot's link
    SYSTEM = "system"  # the house itself: a reservation that expired, a reminder


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. `reference` is the account's or customer's public id, `label` how a history shows him."""

    kind: Kind
    reference: str = ""
    label: str = ""


SYSTEM = Actor(Kind.SYSTEM)
