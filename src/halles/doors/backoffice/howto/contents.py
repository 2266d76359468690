# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which topics there are, in which order, and which one each screen opens."""

from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The whole table of contents: what is done most stands first.
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        _("Chaque jour"),
        (
            "aujourdhui",
            "commandes",
            "preparer",
            "peser",
            "remettre",
            "tournee",
            "noter",
            "agenda",
            "manque",
            "autre-jour",
            "questions",
            "sonnette",
            "sans-reseau",
        ),
    ),
    (
        _("Vos articles"),
        (
            "nouvel-article",
            "disponibilite",
            "article",
            "articles",
            "au-poids",
            "compter",
            "changer-plusieurs",
            "photos",
            "importer",
            "import-corriger",
            "exporter",
            "publier",
        ),
    ),
    (
        _("La boutique"),
        (
            "ouvrir",
            "carte",
            "horaires",
            "remises",
            "depots",
            "fermer",
            "identite",
            "reglages",
            "entre-boutiques",
            "equipe",
            "journal",
            "plus",
        ),
    ),
)
TOPICS = tuple(topic for _title, topics in GROUPS for topic in topics)

# The topic of each screen, by the name of its address. A form that is shown again after an act has the act's name.
SCREENS: Mapping[str, str] = MappingProxyType(
    {
        "today": "aujourdhui",
        "elsewhere": "sans-reseau",
        "orders": "commandes",
        "order": "commandes",
        "picking": "preparer",
        "weigh": "peser",
        "hand_over": "remettre",
        "hand_over_code": "remettre",
        "round": "tournee",
        "note_order": "noter",
        "agenda": "agenda",
        "agenda_block": "agenda",
        "agenda_note": "agenda",
        "agenda_feed": "agenda",
        "settle": "manque",
        "questions": "questions",
        "question": "questions",
        "bell": "sonnette",
        "products": "articles",
        "new_product": "nouvel-article",
        "product": "article",
        "add_picture": "article",
        "stock": "compter",
        "bulk_edits": "changer-plusieurs",
        "bulk_edit": "changer-plusieurs",
        "rolls": "photos",
        "roll": "photos",
        "shot": "photos",
        "imports": "importer",
        "import": "importer",
        "import_change": "import-corriger",
        "exports": "exporter",
        "publish_post": "publier",
        "more": "plus",
        "ladder": "ouvrir",
        "open_shop": "ouvrir",
        "card": "carte",
        "hours": "horaires",
        "place_hours": "horaires",
        "add_stall": "horaires",
        "ways": "remises",
        "way": "remises",
        "new_way": "remises",
        "depot": "depots",
        "depot_link": "depots",
        "close_days": "fermer",
        "close_day": "fermer",
        "identity": "identite",
        "order_settings": "reglages",
        "lending": "entre-boutiques",
        "team": "equipe",
        "join": "equipe",
        "journal": "journal",
    }
)


def of_screen(request: HttpRequest) -> str:
    """The topic of the screen that is shown; "" on the help itself."""
    at = request.resolver_match
    return SCREENS.get(at.url_name or "", "") if at else ""
