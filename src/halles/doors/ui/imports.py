# SPDX-License-Identifier: AGPL-3.0-or-later
"""How an import is told, on pages and on the command line: its states, what columns mean, why a row was left out."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from halles.domain.imports.drafts import Meaning, Where
from halles.domain.imports.models import Import
from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

STATES: Mapping[str, str | Promise] = MappingProxyType(
    {
        Import.State.LOOKING: _("lecture en cours"),
        Import.State.LOOKED: _("attend votre oui"),
        Import.State.RUNNING: _("import en cours"),
        Import.State.DONE: _("terminé"),
        Import.State.FAILED: _("arrêté"),
        Import.State.UNDOING: _("annulation en cours"),
        Import.State.UNDONE: _("annulé"),
    }
)

MEANINGS: Mapping[str, str | Promise] = MappingProxyType(
    {
        Meaning.IGNORED: _("ne pas reprendre"),
        Meaning.NAME: _("nom"),
        Meaning.PRICE: _("prix TTC"),
        Meaning.PRICE_WITHOUT_TAX: _("prix HT"),
        Meaning.VAT: _("taux de TVA"),
        Meaning.REFERENCE: _("référence"),
        Meaning.GTIN: _("code-barres"),
        Meaning.STOCK: _("nombre en stock"),
        Meaning.SOLD_OUT: _("épuisé ou non"),
        Meaning.DAILY: _("nombre par jour"),
        Meaning.AVAILABILITY: _("peut-on l'avoir"),
        Meaning.DELAY: _("délai en jours"),
        Meaning.CATEGORY: _("rayon"),
        Meaning.KIND: _("sorte d'article"),
        Meaning.DESCRIPTION: _("description"),
        Meaning.MAKER: _("marque ou producteur"),
        Meaning.ORIGIN: _("origine"),
        Meaning.UNIT: _("unité de vente"),
        Meaning.PORTION: _("portion et son poids"),
        Meaning.CONTENT: _("contenu"),
        Meaning.SIZE: _("taille"),
        Meaning.COLOUR: _("couleur"),
        Meaning.PARENT: _("article dont c'est une taille ou une couleur"),
        Meaning.PICTURES: _("photos"),
        Meaning.INGREDIENTS: _("ingrédients"),
        Meaning.ALLERGENS: _("allergènes"),
        Meaning.ALCOHOL: _("contient de l'alcool"),
        Meaning.UNIQUE: _("pièce unique"),
        Meaning.ONLINE: _("en ligne ou non"),
        Meaning.KEY: _("numéro dans l'autre logiciel"),
    }
)


def meaning(of: str) -> str:
    """What a column holds, in the merchant's words."""
    return str(MEANINGS.get(of, of))


COUNTED = ("created", "changed", "unchanged", "refused")


def counts(import_: Import) -> dict[str, int]:
    """How many of each outcome: as it was done, before that as the look found."""
    if import_.state == Import.State.LOOKED:
        return {name: import_.found["counts"][name] for name in COUNTED}
    return {name: getattr(import_, name) for name in COUNTED}


def summary(counts: Mapping[str, int]) -> str:
    """ "12 nouveaux articles · 3 articles changés"."""
    return " · ".join(counted(name, number) for name, number in counts.items() if number)


def counted(outcome: str, n: int) -> str:
    """So many articles or rows of which the same became."""
    match outcome:
        case "created":
            words = ngettext("%(n)s nouvel article", "%(n)s nouveaux articles", n)
        case "changed":
            words = ngettext("%(n)s article changé", "%(n)s articles changés", n)
        case "unchanged":
            words = ngettext("%(n)s article déjà pareil", "%(n)s articles déjà pareils", n)
        case _:
            words = ngettext("%(n)s ligne laissée de côté", "%(n)s lignes laissées de côté", n)
    return words % {"n": formats.quantity(n)}


def place(where: Where) -> str:
    """Where a row stands: "ligne 12", "produits.csv, ligne 12"."""
    row = _now("ligne %(number)s") % {"number": where.number}
    return f"{where.table}, {row}" if where.table else row


def why(code: str, params: Mapping[str, Any]) -> str:
    """The sentence for a reason that was written down; the bare code when another version of us wrote it."""
    try:
        return say(Refused(code, **params))
    except KeyError:
        return code
