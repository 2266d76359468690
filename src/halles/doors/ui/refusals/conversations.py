# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is refused in a conversation between a neighbour and a shop."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "conversations.not_taken": _(
            "Cette boutique ne prend pas de questions ici. Téléphonez-lui, ou passez la voir."
        ),
        "conversations.blocked": _(
            "Cette boutique ne prend plus vos messages ici : celui-ci n'est pas parti. Vous pouvez lui téléphoner, ou"
            " passer la voir."
        ),
        "conversations.text_missing": _("Écrivez d'abord quelques mots."),
        "conversations.text_too_long": _(
            "C'est trop long pour un message : %(most)s signes au plus. Tout ce que vous avez écrit est encore là."
        ),
        "conversations.closed": _("Cette question est close : votre message n'est pas parti."),
        "conversations.article_gone": _("Cet article n'est plus là. Choisissez-en un autre."),
        "conversations.nothing_left": _(
            "Il n'en reste plus : rien n'a été mis de côté, et rien n'est parti."
        ),
        "conversations.too_many_from_here": _(
            "Beaucoup de questions sont parties d'ici depuis une heure, et celle-ci n'est pas partie. Réessayez plus"
            " tard, ou téléphonez à la boutique."
        ),
        "conversations.shop_is_full": _(
            "La boutique a reçu beaucoup de questions depuis une heure, et la vôtre n'est pas partie. Téléphonez-lui,"
            " ou réessayez plus tard."
        ),
        "conversations.too_many_replies": _(
            "La boutique a déjà beaucoup de messages de vous : laissez-lui le temps de répondre. Celui-ci n'est pas"
            " parti."
        ),
    }
)
