# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bell says, on a device and on a screen: what, how much and when; never who, since a locked phone lies on a counter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from halles.domain.bells.models import Call
from halles.domain.bells.rules import Kind
from halles.domain.conversations import reads as conversations
from halles.domain.orders import reads as orders
from halles.domain.orders.reads import Gist
from halles.doors.ui import formats

TITLES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "orders.arrived": _("Un client est là"),
        "orders.placed": _("Nouvelle commande"),
        "orders.agreed": _("Accord du client"),
        "orders.changed": _("Commande changée"),
        "orders.cancelled": _("Commande annulée"),
        "conversations.asked": _("Une question"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """One call in words."""

    call: Call
    title: str
    summary: str


def tell(calls: Iterable[Call]) -> list[Told]:
    """Calls in words: "Nouvelle commande", "18,40 € · demain à 10 h". A query for orders, one for questions."""
    calls = list(calls)
    asked = [call.subject for call in calls if call.kind == Kind.QUESTIONS]
    placed = [call.subject for call in calls if call.kind != Kind.QUESTIONS]
    articles = conversations.subjects(asked) if asked else {}
    gists = orders.gists(placed) if placed else {}
    return [
        Told(
            call,
            str(TITLES[call.act]),
            articles.get(call.subject) or _summary(call, gists.get(call.subject)),
        )
        for call in calls
    ]


def _summary(call: Call, gist: Gist | None) -> str:
    if gist is None:
        return ""
    if call.kind == Kind.ARRIVALS:
        return " · ".join(part for part in (gist.code, gist.arrived_where) if part)
    first = formats.money(gist.total) if call.kind == Kind.ORDERS else gist.code
    return f"{first} · {formats.moment(gist.collect_from)}"


def headline(told: Sequence[Told]) -> str:
    """What several calls are together: the most urgent kind is counted; one says it itself."""
    for kind in Kind:
        of_kind = [one for one in told if one.call.kind == kind]
        if of_kind:
            return of_kind[0].title if len(of_kind) == 1 else _counted(kind, len(of_kind))
    return ""


def _counted(kind: Kind, number: int) -> str:
    words = {
        Kind.ARRIVALS: ngettext("%(n)s client est là", "%(n)s clients sont là", number),
        Kind.ORDERS: ngettext("%(n)s nouvelle commande", "%(n)s nouvelles commandes", number),
        Kind.CHANGES: ngettext("%(n)s changement", "%(n)s changements", number),
        Kind.QUESTIONS: ngettext("%(n)s question", "%(n)s questions", number),
    }
    return words[kind] % {"n": number}
