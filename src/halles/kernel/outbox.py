# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened, told to whoever registered for it: after the commit, at least once, outside the sale.

`publish` writes one task row for each reaction in the transaction of the act it announces: both are kept or
neither. Delivery is at least once, so a reaction must bear being called twice with the same payload.
"""

from collections.abc import Callable

from django.db import connection
from django.db.transaction import TransactionManagementError
from django_tasks import task

Reaction = Callable[..., None]

_reactions: dict[str, dict[str, Reaction]] = {}
_patient: set[str] = set()
PATIENT = -10  # priority of what nobody waits for


class UnknownReaction(LookupError):
    """A delivery names a reaction this process does not know: another version of us may have written it."""


def on(event: str, reaction: Reaction, *, name: str | None = None, patient: bool = False) -> None:
    """Register a reaction, in `AppConfig.ready()`. Rows keep its name: if it moves, give the old one.

    `patient` for long work that nobody waits for: letters and looks go before it.
    """
    key = name or f"{reaction.__module__}.{reaction.__qualname__}"
    if _reactions.setdefault(event, {}).setdefault(key, reaction) is not reaction:
        raise ValueError(f"Two reactions to {event} are called {key}")
    if patient:
        _patient.add(key)


def publish(event: str, **payload: object) -> None:
    """Announce an event to every reaction registered for it; the payload must be JSON."""
    if not connection.in_atomic_block:
        raise TransactionManagementError(f"{event} must be published in the transaction it tells about")
    for name in _reactions.get(event, {}):
        delivery = deliver.using(priority=PATIENT) if name in _patient else deliver
        delivery.enqueue(event=event, reaction=name, payload=payload)


@task
def deliver(event: str, reaction: str, payload: dict[str, object]) -> None:
    """One delivery, run by a worker; what it raises is tried again later."""
    try:
        function = _reactions[event][reaction]
    except KeyError:
        raise UnknownReaction(f"{event} → {reaction}") from None
    function(**payload)
