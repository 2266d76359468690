# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the domain refuses, in the reader's words: the one place where a code becomes a sentence.

Sentences say what happened, what is kept, what to do; never who is to blame.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from babel.dates import get_day_names
from babel.lists import format_list
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halles.domain.orders.rules import State
from halles.doors.ui import formats
from halles.doors.ui.refusals import (
    appointments,
    bulkedits,
    conversations,
    fulfilment,
    imports,
    rolls,
    rounds,
)
from halles.kernel.errors import Refused
from halles.kernel.units import STEPS, Unit

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        **appointments.SENTENCES,
        **imports.SENTENCES,
        **rolls.SENTENCES,
        **bulkedits.SENTENCES,
        **conversations.SENTENCES,
        **fulfilment.SENTENCES,
        **rounds.SENTENCES,
        "contact.email_wrong": _(
            "Cette adresse électronique n'est pas complète. Vérifiez-la, par exemple nom@exemple.fr."
        ),
        "contact.phone_wrong": _(
            "Ce numéro de téléphone n'est pas complet. "
            "Écrivez-le avec ses dix chiffres, par exemple 05 49 00 00 00."
        ),
        "contact.postal_code_wrong": _("Un code postal a cinq chiffres, par exemple 86000."),
        "communes.insee_wrong": _(
            "« %(typed)s » n'est pas le code INSEE d'une commune : cinq signes, par exemple 86194 ou 2A004."
        ),
        "communes.name_damaged": _("Des lettres du nom sont illisibles : « %(typed)s »."),
        "communes.name_missing": _("Cette ligne ne nomme pas de commune."),
        "communes.not_recognised": _(
            "Ce n'est pas le fichier des codes postaux : il nous faut un tableau avec le code INSEE de la commune,"
            " son nom et son code postal."
        ),
        "communes.point_wrong": _(
            "« %(typed)s » n'est pas un endroit de France : la latitude vient d'abord, par exemple 46.58,0.34."
        ),
        "bells.device_wrong": _(
            "Ce navigateur n'a pas dit où le faire sonner. Rechargez la page et réessayez."
        ),
        "bells.quiet_missing": _("Écrivez les deux heures, par exemple de 21:00 à 7:00."),
        "bells.quiet_empty": _("Les deux heures sont les mêmes : décochez la case pour sonner toujours."),
        "gtin.wrong": _(
            "Ce code-barres n'est pas complet : un chiffre manque ou a été mal lu. "
            "Scannez-le encore une fois."
        ),
        "journal.key_reused": _(
            "Cette demande a déjà été envoyée avec d'autres réponses. Rechargez la page et recommencez."
        ),
        "customers.name_missing": _("Dites-nous votre nom : la boutique le lira."),
        "customers.contact_missing": _(
            "Laissez une adresse électronique ou un numéro de téléphone : l'un des deux suffit."
        ),
        "people.one_use_gone": _(
            "Ce code a déjà servi, ou son quart d'heure est passé. Demandez-en un autre à l'équipe du marché."
        ),
        "accounts.code_wrong": _(
            "Ce n'est pas ce code. Relisez les six chiffres du courriel le plus récent."
        ),
        "accounts.too_many_tries": _(
            "Cela fait cinq essais : ce code n'est plus valable. Demandez-en un autre."
        ),
        "accounts.too_soon": _(
            "Le courriel vient de partir. Laissez-lui une demi-minute avant d'en demander un autre."
        ),
        "accounts.too_many_codes": _(
            "Plusieurs codes ont déjà été demandés. Attendez quelques minutes, puis réessayez."
        ),
        "accounts.letter_not_sent": _(
            "Le courriel n'a pas pu partir. Réessayez dans une minute ; "
            "l'équipe du marché peut aussi vous donner un code de connexion."
        ),
        "accounts.passkey_wrong": _("Cette clé d'accès n'a pas été reconnue. Demandez un code par courriel."),
        "shops.market_exists": _("Le marché est déjà ouvert. Connectez-vous."),
        "shops.name_missing": _("Donnez un nom à la boutique."),
        "shops.siret_wrong": _(
            "Ce SIRET n'est pas juste. Il a quatorze chiffres, relisez-le sur un document officiel."
        ),
        "shops.legal_name_missing": _("Écrivez le nom légal : votre nom, ou celui de la société."),
        "shops.vat_regime_missing": _("Dites si la boutique facture la TVA."),
        "shops.hours_reversed": _("%(weekday)s : la fermeture doit venir après l'ouverture."),
        "shops.hours_overlap": _("%(weekday)s : deux horaires se chevauchent."),
        "shops.osm_unreadable": _(
            "Nous ne savons pas lire ceci. Copiez la valeur telle quelle, par exemple Mo-Fr 09:00-19:00."
        ),
        "shops.osm_too_long": _("C'est trop long : %(most)s signes au plus."),
        "shops.osm_sun": _(
            "Ces horaires suivent le soleil : une semaine ne peut pas le dire. Remplissez-la à la main."
        ),
        "shops.osm_school": _(
            "Ces horaires changent pendant les vacances scolaires : remplissez la semaine à la main."
        ),
        "shops.osm_uncertain": _(
            "Ces horaires disent « peut-être » ou « sur rendez-vous » : remplissez la semaine à la main."
        ),
        "shops.osm_seasonal": _(
            "Ces horaires changent au fil de l'année : remplissez la semaine de maintenant à la main."
        ),
        "shops.osm_holidays": _(
            "Ces horaires ont des heures à part les jours fériés : remplissez la semaine à la main."
        ),
        "shops.osm_too_many": _(
            "Il y a plus de %(most)s ouvertures le même jour : remplissez la semaine à la main."
        ),
        "shops.osm_never": _("D'après ceci, la boutique n'ouvre jamais dans l'année qui vient."),
        "shops.closure_reversed": _("Le dernier jour doit venir après le premier."),
        "shops.not_lawful_yet": _("Avant la première commande, il manque encore : %(missing)s."),
        "shops.role_unknown": _("Choisissez un rôle dans la liste."),
        "shops.invitation_gone": _(
            "Cette invitation a déjà servi ou n'est plus valable. Demandez-en une autre à la boutique."
        ),
        "shops.place_in_use": _("Des commandes parlent de ce lieu : il reste à la boutique."),
        "shops.last_owner": _("Une boutique garde toujours un propriétaire. Nommez-en un autre d'abord."),
        "catalogue.name_missing": _("Donnez un nom à l'article."),
        "catalogue.price_negative": _("Écrivez un prix en euros, par exemple 4,20."),
        "catalogue.price_too_high": _("Ce prix est trop grand. Vérifiez la virgule."),
        "catalogue.price_missing": _("Donnez un prix à l'article avant de le mettre en ligne."),
        "catalogue.gtin_taken": _("Un autre article de la boutique porte déjà ce code-barres."),
        "catalogue.vat_unknown": _("Choisissez un taux de TVA dans la liste."),
        "catalogue.allergen_unknown": _("Choisissez les allergènes dans la liste."),
        "catalogue.variant_twice": _(
            "La même taille et la même couleur y sont deux fois, ou il n'en reste aucune."
        ),
        "catalogue.portion_unknown": _("Choisissez la portion dans la liste."),
        "catalogue.portion_weight_wrong": _(
            "Écrivez ce que pèse à peu près une portion, de 5 g à 50 kg, par exemple 300 g."
        ),
        "tradeitems.name_missing": _("Cette ligne ne nomme pas d'article."),
        "tradeitems.one_shop_only": _(
            "« %(typed)s » est un numéro qu'un magasin se donne à lui-même : ailleurs, il désigne autre chose."
        ),
        "tradeitems.isbn_missing": _("Cette ligne n'a pas d'ISBN."),
        "tradeitems.not_a_book": _("« %(typed)s » est le code-barres d'autre chose que d'un livre."),
        "tradeitems.line_broken": _("Cette ligne n'est pas un article en JSON."),
        "tradeitems.cut_short": _(
            "Le fichier s'arrête avant sa fin : prenez-le encore une fois, puis recommencez."
        ),
        "tradeitems.not_openfoodfacts": _(
            "Ce n'est pas un fichier d'Open Food Facts : il faut son CSV, avec les colonnes code et product_name, ou son JSONL."
        ),
        "tradeitems.not_books": _(
            "Nous ne trouvons pas de livres dans ce fichier : il faut une colonne d'ISBN et une colonne de titres."
        ),
        "picture.empty": _("Cette photo est vide : prenez-la ou choisissez-la encore une fois."),
        "picture.too_big": _(
            "Votre photo est trop grande (%(megabytes)s Mo). "
            "Envoyez-la nous telle quelle jusqu'à %(most)s Mo, ou prenez-la plus petite."
        ),
        "picture.too_many_pixels": _(
            "Votre photo a trop de points : %(most)s millions au plus. Prenez-la plus petite."
        ),
        "picture.not_a_picture": _(
            "Nous ne savons pas lire cette photo. Envoyez un JPEG, un PNG, un WebP ou un AVIF."
        ),
        "picture.broken": _("Cette photo est arrivée abîmée. Envoyez-la encore une fois."),
        "picture.too_many": _("Un article montre %(most)s photos au plus. Retirez-en une d'abord."),
        "stock.not_enough": _("Il n'en reste pas assez."),
        "stock.negative": _("Le nombre en stock ne peut pas être plus petit que zéro."),
        "stock.promised": _(
            "Mis de côté pour des commandes : %(promised)s. Le nombre ne peut pas être plus petit."
        ),
        "orders.confirm_first": _(
            "Vos commandes précédentes attendent encore votre confirmation. Pressez d'abord leur lien, ou"
            " téléphonez aux boutiques."
        ),
        "orders.too_many_from_here": _(
            "Beaucoup de commandes viennent de partir d'ici, sans être confirmées. Pressez le lien de la vôtre si"
            " vous en avez une, ou réessayez dans une demi-heure : votre panier est gardé."
        ),
        "orders.empty": _("Votre panier est vide."),
        "orders.changed": _(
            "Quelque chose a changé pendant que vous écriviez. Regardez ce qui est signalé, puis confirmez."
        ),
        "orders.slot_gone": _("Ce créneau vient d'être pris. Choisissez-en un autre."),
        "orders.below_least": _(
            "La boutique livre à partir de %(amount)s : gardez-en assez, ou annulez la commande."
        ),
        "orders.not_brought_out": _("Ici, la boutique ne sort pas : entrez, et dites votre code."),
        "orders.too_early": _("Il est encore tôt : vous pourrez le dire ici à partir de %(moment)s."),
        "orders.too_late_to_move": _("Il est trop tard pour changer ici. Téléphonez à la boutique."),
        "orders.not_enough": _(
            "Quelqu'un a été plus rapide : il n'en reste pas assez. Le reste de votre panier est gardé."
        ),
        "orders.not_sold": _("« %(name)s » n'est plus en vente."),
        "orders.quantity_wrong": _(
            "Cette quantité n'est pas possible : comptez %(step)s au moins, et de %(step)s en %(step)s."
        ),
        "orders.quantity_too_large": _(
            "C'est plus qu'on ne peut réserver ici : %(most)s au plus. Pour davantage, téléphonez à la boutique."
        ),
        "orders.portions_wrong": _("Écrivez un nombre entier, par exemple 2."),
        "orders.portions_gone": _(
            "La boutique vend maintenant cet article au poids : dites combien de grammes."
        ),
        "orders.not_weighed": _("Pesez d'abord ce qui se vend au poids."),
        "orders.weight_missing": _("Écrivez le poids, ou dites qu'il manque."),
        "orders.weight_wrong": _("Écrivez le poids en grammes entiers, jusqu'à 999 kg."),
        "orders.weight_doubtful": _(
            "Vous avez écrit %(typed)s pour %(asked)s demandés. Si c'est juste, appuyez encore une fois."
        ),
        "orders.weights_wrong": _("Regardez les poids signalés."),
        "orders.weighed_meanwhile": _(
            "Vos poids ne sont pas enregistrés : comparez avec la commande, puis appuyez encore une fois."
        ),
        "orders.other_total": _(
            "La boutique vient de peser encore une fois. Regardez le nouveau prix, puis répondez."
        ),
        "orders.basket_full": _(
            "Votre panier est plein : %(most)s articles différents au plus. Commandez d'abord ceux-ci."
        ),
        "orders.not_now": _("Ce n'est plus possible : la commande est %(state)s."),
        "orders.nothing_noted": _("Ajoutez au moins un article, ou écrivez ce qu'on vous demande."),
        "orders.too_many_lines": _("C'est trop pour une seule commande : %(most)s lignes au plus."),
        "orders.free_line_unnamed": _("Écrivez ce qu'on vous demande : le prix seul ne le dit pas."),
        "orders.day_wrong": _("Choisissez un jour à partir d'aujourd'hui, dans l'année qui vient."),
        "orders.price_missing": _("Dites d'abord combien coûte « %(name)s »."),
        "orders.nothing_left": _("Il ne resterait rien de la commande. Annulez-la plutôt."),
    }
)

STATES: Mapping[str, str | Promise] = MappingProxyType(
    {
        **imports.STATES,
        **rolls.STATES,
        State.UNCONFIRMED: _("à confirmer"),
        State.PLACED: _("réservée"),
        State.TO_AGREE: _("en attente de l'accord du client"),
        State.ACCEPTED: _("acceptée"),
        State.READY: _("prête"),
        State.HANDED_OVER: _("remise"),
        State.NOT_COLLECTED: _("jamais retirée"),
        State.CANCELLED: _("annulée"),
        State.EXPIRED: _("expirée"),
    }
)

# What a shop may still have to say before its first order, as `shops.reads.missing_for_orders` names it.
MISSING: Mapping[str, str | Promise] = MappingProxyType(
    {
        "legal_name": _("le nom légal"),
        "siret": _("le SIRET"),
        "phone": _("le téléphone"),
        "vat_regime": _("le régime de TVA"),
        "mediator": _("le médiateur"),
        "address": _("l'adresse"),
        "hours": _("les horaires"),
    }
)


def _weekday(number: int) -> str:
    return str(get_day_names("wide", locale=formats.locale())[number]).capitalize()


def _missing(names: list[str]) -> str:
    return format_list([str(MISSING.get(name, name)) for name in names], locale=formats.locale())


# How a detail is said; what is not here is said as it is.
SAID: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "weekday": _weekday,
        "moment": formats.moment,
        "amount": formats.money,
        "missing": _missing,
        "names": lambda names: format_list(names, locale=formats.locale()),
        "until": lambda moment: formats.moment(dt.datetime.fromisoformat(moment)),
        "state": lambda state: str(STATES.get(state, state)),
        "at": formats.time_of_day,
        "promised": lambda number: formats.quantity(Decimal(number)),
    }
)


def say(refused: Refused) -> str:
    """The sentence for a refusal, in the active language."""
    details: dict[str, Any] = {
        name: SAID[name](value) if name in SAID else value for name, value in refused.details.items()
    }
    if details.get("unit") in STEPS:
        details["step"] = formats.quantity(STEPS[Unit(details["unit"])], details["unit"])
        details["most"] = formats.quantity(details.get("most"), details["unit"])
    return str(SENTENCES[refused.code]) % details
