# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a roll of photographs is told, on pages and on the command line."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from halles.domain.rolls.models import Roll, Shot
from halles.doors.ui import formats

STATES: Mapping[str, str | Promise] = MappingProxyType(
    {
        Roll.State.RECEIVING: _("envoi interrompu"),
        Roll.State.LOOKING: _("lecture en cours"),
        Roll.State.LOOKED: _("attend votre oui"),
        Roll.State.RUNNING: _("ajout en cours"),
        Roll.State.DONE: _("terminé"),
        Roll.State.UNDONE: _("annulé"),
    }
)


def counted(state: str, n: int) -> str:
    """So many photographs of which the same became."""
    match state:
        case Shot.State.ADDED:
            words = ngettext("%(n)s photo ajoutée", "%(n)s photos ajoutées", n)
        case Shot.State.MATCHED:
            words = ngettext("%(n)s photo a trouvé son article", "%(n)s photos ont trouvé leur article", n)
        case Shot.State.THERE:
            words = ngettext("%(n)s photo déjà là", "%(n)s photos déjà là", n)
        case Shot.State.WAITING:
            words = ngettext("%(n)s photo à placer", "%(n)s photos à placer", n)
        case Shot.State.BAD:
            words = ngettext("%(n)s fichier laissé de côté", "%(n)s fichiers laissés de côté", n)
        case _:
            words = ngettext("%(n)s photo reçue", "%(n)s photos reçues", n)
    return words % {"n": formats.quantity(n)}


def summary(counts: Mapping[str, int]) -> str:
    """ "43 photos ajoutées · 2 photos à placer"."""
    return " · ".join(counted(state, counts[state]) for state in TOLD if counts[state])


# In the order in which they are told.
TOLD = (
    Shot.State.RECEIVED,
    Shot.State.MATCHED,
    Shot.State.ADDED,
    Shot.State.THERE,
    Shot.State.WAITING,
    Shot.State.BAD,
)
