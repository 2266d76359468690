# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the market's team reads: where a shop stands, and the acts that concern the team.

What a merchant does in his own shop is his affair and does not appear here.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halles.domain.journal.models import JournalEntry
from halles.domain.shops.models import Shop

STANDINGS: Mapping[str, str | Promise] = MappingProxyType(
    {
        Shop.Standing.DRAFT: _("Brouillon"),
        Shop.Standing.WAITING: _("Attend votre accord"),
        Shop.Standing.ONLINE: _("En ligne"),
        Shop.Standing.SUSPENDED: _("Masquée"),
    }
)

ACTS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "shops.market_opened": _("Marché ouvert"),
        "shops.market_changed": _("Réglages du marché changés"),
        "shops.located": _("Placé sur la carte, à sa commune"),
        "shops.operator_added": _("Nouvelle personne dans l'équipe du marché"),
        "shops.opened": _("Boutique ouverte"),
        "shops.published": _("Boutique prête à paraître"),
        "shops.approved": _("Boutique mise en ligne"),
        "shops.suspended": _("Boutique masquée"),
        "conversations.reported": _("Échange signalé"),
        "conversations.stopped": _("Échange signalé, fermé"),
        "conversations.left": _("Échange signalé, laissé tel quel"),
        "tradeitems.learned": _("Fiches d'articles lues dans un fichier"),
        "people.one_use_given": _("Code de connexion donné"),
        "people.one_use_used": _("Code de connexion utilisé"),
    }
)


def tell(entries: Iterable[JournalEntry], names: Mapping[UUID, str]) -> list[dict[str, object]]:
    """Acts as a timeline shows them, with the shop each concerns."""
    return [
        {"when": entry.at, "who": entry.actor_label, "what": " · ".join(_parts(entry, names))}
        for entry in entries
    ]


def _parts(entry: JournalEntry, names: Mapping[UUID, str]) -> Iterable[str]:
    yield str(ACTS[entry.act])
    if entry.shop_id and entry.shop_id in names:
        yield names[entry.shop_id]
    if "to" in entry.details:
        yield str(entry.details["to"])
