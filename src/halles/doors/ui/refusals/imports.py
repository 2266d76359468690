# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said of a file of articles: of the whole, of a row that is left out, of a cell that one may want to look at.

The sentence stands beside the row as it came, in the page and in the file of refused rows: it says what to write there.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, str | Promise] = MappingProxyType(
    {
        # The whole file
        "imports.cannot_read": _("Ce fichier n'a pas pu être ouvert. Envoyez-le encore une fois."),
        "imports.disk_full": _(
            "Il n'y a plus de place sur le disque : prévenez l'équipe du marché, puis recommencez."
        ),
        "imports.empty": _("Il n'y a rien dans ce fichier. Vérifiez que c'est le bon."),
        "imports.is_bundle": _("C'est un dossier ZIP : envoyez-le tel quel, ou le tableau qu'il contient."),
        "imports.is_xml": _(
            "C'est un fichier XML. Nous lisons celui que WordPress exporte, et les tableaux CSV ou Excel."
        ),
        "imports.locked": _(
            "Ce classeur est protégé par un mot de passe. Enregistrez-le sans, puis renvoyez-le."
        ),
        "imports.not_a_table": _(
            "Ce fichier n'est pas un tableau que nous savons lire. Envoyez un CSV, un classeur Excel ou LibreOffice."
        ),
        "imports.not_now": _("Ce n'est plus possible : cet import est %(state)s."),
        "imports.not_recognised": _(
            "Nous n'avons pas reconnu les colonnes. Dites-nous laquelle contient le nom et laquelle le prix."
        ),
        "imports.not_wxr": _(
            "Ce fichier XML n'est pas un export de WordPress. Dans WordPress : Outils, Exporter, Tout le contenu."
        ),
        "imports.too_damaged": _(
            "Ce fichier est trop abîmé pour être lu jusqu'au bout. Exportez-le encore une fois."
        ),
        "imports.too_large": _(
            "Ce fichier est trop grand. Partagez-le en plusieurs, puis envoyez-les l'un après l'autre."
        ),
        "imports.too_many_columns": _(
            "Ce tableau a %(columns)s colonnes, et nous en lisons %(most)s. Retirez celles qui ne servent pas."
        ),
        "imports.xml_broken": _(
            "Ce fichier XML s'interrompt ou se contredit à la ligne %(line)s. Exportez-le encore une fois."
        ),
        "imports.xml_entities": _(
            "Ce fichier XML contient des raccourcis que nous n'ouvrons pas, par prudence. Exportez-le encore une fois"
            " depuis WordPress."
        ),
        "imports.xml_too_large": _("Un élément de ce fichier XML est trop grand pour être lu."),
        "imports.zip_broken": _("Ce fichier ZIP est arrivé incomplet ou abîmé. Envoyez-le encore une fois."),
        "imports.zip_locked": _(
            "Ce fichier ZIP est protégé par un mot de passe. Refaites-le sans, puis renvoyez-le."
        ),
        "imports.zip_unsafe": _(
            "Ce fichier ZIP n'est pas sûr : trop de fichiers, trop grands une fois ouverts, ou qui sortent du dossier."
            " Refaites-le avec vos tableaux et vos photos seulement."
        ),
        # A row
        "imports.row_cut": _("Le fichier, ou un guillemet, s'arrête au milieu de cette ligne. Complétez-la."),
        "imports.row_damaged": _(
            "Des lettres sont illisibles dans cette ligne. Relisez l'article, et corrigez ce qui manque."
        ),
        "imports.row_shifted": _(
            "Cette ligne a plus de cellules que le tableau n'a de colonnes : une virgule ou un point-virgule de trop"
            " l'a décalée."
        ),
        "imports.row_too_wide": _("Cette ligne a trop de cellules pour être lue."),
        "imports.row_twice": _("Cet article est déjà à la ligne %(row)s."),
        "imports.row_unreadable": _(
            "Cette ligne n'a pas de fin, sans doute à cause d'un guillemet de trop. Corrigez-la."
        ),
        "imports.twice": _(
            "Cet article est déjà à la ligne %(row)s : la même référence, le même code-barres ou le même nom."
        ),
        # Which article it is
        "imports.in_the_bin": _("Cet article était à la corbeille."),
        "imports.name_missing": _("Cette ligne ne nomme pas d'article."),
        "imports.type_not_sold": _(
            "Ce n'est pas un article qu'une boutique remet : un lot, un téléchargement, ou un lien vers"
            " un autre site."
        ),
        "imports.category_number_unknown": _(
            "Le rayon n° %(category)s n'est expliqué dans aucun des fichiers : l'article est sans rayon."
        ),
        "imports.category_unknown": _(
            "Le marché n'a pas de rayon « %(name)s » : l'article est sans rayon. Choisissez-en un ensuite."
        ),
        "imports.kind_unknown": _(
            "« %(typed)s » n'est pas une sorte d'article : vérifiez celle qui est proposée."
        ),
        # Sizes and colours
        "imports.attributes_wrong": _(
            "Cette taille ou couleur n'a pas autant de valeurs que de noms : « %(typed)s »."
        ),
        "imports.choice_open": _(
            "« %(attribute)s » restait au choix du client. Ajoutez les tailles ou couleurs que vous vendez."
        ),
        "imports.parent_missing": _(
            "L'article dont cette ligne est une taille ou une couleur n'est pas dans le fichier : « %(parent)s »."
        ),
        "imports.parent_refused": _(
            "L'article auquel cette ligne appartient (ligne %(row)s) n'a pas pu être repris."
        ),
        "imports.too_many_variants": _("Un article a %(most)s tailles et couleurs au plus."),
        "imports.variant_hidden": _(
            "Cette taille ou couleur n'était pas en vente : elle est marquée épuisée."
        ),
        "imports.variant_twice": _("La même taille et la même couleur sont déjà à la ligne %(row)s."),
        "imports.variants_missing": _(
            "Cet article se vend par taille ou par couleur, et aucune n'a pu être reprise du fichier."
        ),
        # Codes
        "imports.code_ambiguous": _(
            "Le code-barres « %(typed)s » a perdu un zéro, et deux numéros sont possibles. Scannez-le."
        ),
        "imports.code_damaged": _(
            "Le tableur a arrondi le code-barres (%(typed)s) : ses derniers chiffres sont perdus. Scannez-le, ou mettez"
            " la colonne au format texte avant de la remplir."
        ),
        "imports.code_short": _(
            "Il manque des chiffres au code-barres « %(typed)s », peut-être des zéros au début. Scannez-le."
        ),
        "imports.code_wrong": _(
            "« %(typed)s » n'est pas un code-barres : relisez ses chiffres, ou scannez-le."
        ),
        # Numbers
        "imports.cell_empty": _("Une cellule est vide, et nous en avons besoin. Remplissez-la."),
        "imports.number_ambiguous": _(
            "« %(typed)s » peut se lire de deux façons. Dites si la virgule ou le point sépare les décimales."
        ),
        "imports.content_wrong": _(
            "Nous ne savons pas lire la contenance « %(typed)s ». Écrivez par exemple 250 g, 75 cl ou 6 x 25 cl."
        ),
        "imports.unit_unknown": _(
            "L'unité « %(unit)s » n'est pas connue ici. Écrivez pièce, kg, litre, botte, mètre ou heure."
        ),
        "imports.delay_wrong": _(
            "Nous ne savons pas lire le délai « %(typed)s ». Écrivez un nombre de jours."
        ),
        "imports.yes_no_wrong": _("« %(typed)s » ne dit ni oui ni non. Écrivez oui ou non."),
        "imports.allergen_unknown": _(
            "« %(typed)s » n'est pas dans la liste des allergènes : complétez ceux de l'article."
        ),
        "imports.portion_wrong": _(
            "Nous ne savons pas lire la portion « %(typed)s ». Écrivez par exemple part 300 g."
        ),
        # Prices
        "imports.price_missing": _("Il manque un prix. Écrivez-le en euros, par exemple 4,20."),
        "imports.price_wrong": _("Nous ne savons pas lire le prix « %(typed)s ». Écrivez par exemple 4,20."),
        "imports.price_negative": _("Un prix ne peut pas être plus petit que zéro : « %(typed)s »."),
        "imports.price_too_high": _("Ce prix est trop grand : « %(typed)s ». Vérifiez la virgule."),
        "imports.price_rounded": _("Ce prix (%(typed)s) est arrondi au centime."),
        "imports.price_before_left": _(
            "L'ancien prix (%(typed)s) n'est pas repris : annoncez la baisse ici."
        ),
        "imports.sale_price_left": _(
            "Le prix normal est repris, le prix réduit (%(typed)s) ne l'est pas : annoncez la baisse ici."
        ),
        "imports.currency_wrong": _("Ce prix n'est pas en euros : « %(typed)s ». Écrivez-le en euros."),
        "imports.vat_needed": _("Ce prix est hors taxes : dites quel taux de TVA il faut y ajouter."),
        "imports.vat_unknown": _(
            "« %(typed)s » n'est pas un taux de TVA français. Écrivez 20, 10, 5,5, 2,1 ou 0."
        ),
        "imports.vat_differs": _("Cette taille ou couleur n'a pas le même taux de TVA que son article."),
        "imports.tax_class_unknown": _(
            "Nous ne savons pas quel taux de TVA est « %(typed)s » : vérifiez celui de l'article."
        ),
        # Stock
        "imports.quantity_wrong": _(
            "Nous ne savons pas lire la quantité « %(typed)s ». Écrivez un nombre, en stock, rupture ou sur commande."
        ),
        "imports.quantity_negative": _(
            "Le stock était plus petit que zéro (%(typed)s) : nous avons mis zéro."
        ),
        "imports.stock_promised": _(
            "Mis de côté pour des commandes : %(promised)s. Le stock du fichier est plus petit, il n'est pas repris."
        ),
        "imports.stock_shared": _(
            "Toutes les tailles et couleurs avaient un stock commun : dites combien il reste de chacune."
        ),
        "imports.backorders_left": _(
            "On pouvait commander au-delà du stock. Ici, seul ce qui est en stock est proposé."
        ),
        # Photographs
        "imports.picture_inside": _("Cette adresse de photo mène à un réseau privé : elle n'est pas suivie."),
        "imports.picture_missing": _(
            "Cette photo n'est pas dans le dossier ZIP. Ajoutez-la, ou vérifiez le nom du fichier."
        ),
        "imports.picture_too_many": _("Un article montre moins de photos : celle-ci n'est pas reprise."),
        "imports.picture_unreachable": _(
            "Cette photo n'a pas pu être prise à son adresse. L'article est là, réessayez plus tard."
        ),
    }
)

# Of an import as a whole, as `imports.models.Import.State` names them.
STATES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "looking": _("en cours de lecture"),
        "looked": _("lu, et attend votre accord"),
        "running": _("en cours"),
        "done": _("terminé"),
        "failed": _("interrompu"),
        "undoing": _("en cours d'annulation"),
        "undone": _("annulé"),
    }
)
