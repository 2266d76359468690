# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bell says, on a device and on a screen: what, how much and when; never who, since a locked phone lies on a counter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from halles.domain.bells.models import Call
from halles.domain.bells.rules import Kind
from halles.domain.orders import reads as orders
from halles.domain.orders.reads import Gist
from halles.doors.ui import formats

TITLES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "orders.placed": _("Nouvelle commande"),
        "orders.agreed": _("Accord du client"),
        "orders.changed": _("Commande changée"),
        "orders.cancelled": _("Commande annulée"),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """One call in words."""

    call: Call
    title: str
    summary: str


def tell(calls: Iterable[Call]) -> list[Told]:
    """Calls in words: "Nouvelle commande", "18,40 € · demain à 10 h". One query."""
    calls = list(calls)
    gists = orders.gists(call.subject for call in calls)
    return [Told(call, str(TITLES[call.act]), _summary(call, gists.get(call.subject))) for call in calls]


def _summary(call: Call, gist: Gist | None) -> str:
    if gist is None:
        return ""
    first = formats.money(gist.total) if call.kind == Kind.ORDERS else gist.code
    return f"{first} · {formats.moment(gist.collect_from)}"


def headline(told: list[Told]) -> str:
    """What several calls are together; one says it itself."""
    if len(told) == 1:
        return told[0].title
    news = [one for one in told if one.call.kind == Kind.ORDERS]
    if not news:
        words = ngettext("%(n)s changement", "%(n)s changements", len(told))
        return words % {"n": len(told)}
    words = ngettext("%(n)s nouvelle commande", "%(n)s nouvelles commandes", len(news))
    return words % {"n": len(news)}
