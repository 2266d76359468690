# SPDX-License-Identifier: AGPL-3.0-or-later
"""Words that several doors say: what the domain only names."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from halles.domain.catalogue.models import Portion
from halles.domain.shops.models import Trade
from halles.doors.ui import formats

TRADES: Mapping[str, str | Promise] = MappingProxyType(
    {
        Trade.GROCER: _("Épicerie"),
        Trade.BAKER: _("Boulangerie"),
        Trade.GREENGROCER: _("Primeur"),
        Trade.CHEESE: _("Fromagerie"),
        Trade.WINE: _("Caviste"),
        Trade.BOOKSHOP: _("Librairie"),
        Trade.CLOTHES: _("Mode"),
        Trade.FLORIST: _("Fleuriste"),
        Trade.CRAFT: _("Artisanat"),
        Trade.MUSEUM: _("Musée"),
        Trade.OTHER: _("Autre commerce"),
    }
)

# In what one asks for what is weighed; how many of them is said by `amounts`.
PORTIONS: Mapping[str, str | Promise] = MappingProxyType(
    {
        Portion.PIECE: pgettext_lazy("portion", "pièce"),
        Portion.PART: pgettext_lazy("portion", "part"),
        Portion.SLICE: pgettext_lazy("portion", "tranche"),
        Portion.TRAY: pgettext_lazy("portion", "barquette"),
    }
)

# The fourteen of Regulation (EU) 1169/2011, as `catalogue.rules` names them.
ALLERGENS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "gluten": _("Gluten"),
        "crustaceans": _("Crustacés"),
        "eggs": _("Œufs"),
        "fish": _("Poisson"),
        "peanuts": _("Arachides"),
        "soybeans": _("Soja"),
        "milk": _("Lait"),
        "nuts": _("Fruits à coque"),
        "celery": _("Céleri"),
        "mustard": _("Moutarde"),
        "sesame": _("Sésame"),
        "sulphites": _("Sulfites"),
        "lupin": _("Lupin"),
        "molluscs": _("Mollusques"),
    }
)


def left(number: Decimal | None, unit: str) -> str:
    """How many are left: "Il n'en reste que 2"."""
    if not number:
        return _now("Il n'en reste plus")
    return _now("Il n'en reste que %(number)s") % {"number": formats.quantity(number, unit)}
