# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the names of columns mean, as shops and suppliers write them in French and English; and those of our own export."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from halles.domain.imports.drafts import Meaning
from halles.kernel.identifiers import fold
from halles.kernel.units import Unit

# The table that `halles export` writes and that is read back without a difference. Decimals there are after OUR_MARK.
OUR_COLUMNS: list[tuple[str, Meaning]] = [
    ("Identifiant", Meaning.KEY),
    ("Nom", Meaning.NAME),
    ("Marque ou auteur", Meaning.MAKER),
    ("Description", Meaning.DESCRIPTION),
    ("Rayon", Meaning.CATEGORY),
    ("Sorte", Meaning.KIND),
    ("Référence", Meaning.REFERENCE),
    ("Code-barres", Meaning.GTIN),
    ("Taille", Meaning.SIZE),
    ("Couleur", Meaning.COLOUR),
    ("Contenance", Meaning.CONTENT),
    ("Prix TTC", Meaning.PRICE),
    ("Taux de TVA", Meaning.VAT),
    ("Unité", Meaning.UNIT),
    ("Disponibilité", Meaning.AVAILABILITY),
    ("Stock", Meaning.STOCK),
    ("Épuisé", Meaning.SOLD_OUT),
    ("Par jour", Meaning.DAILY),
    ("Délai (jours)", Meaning.DELAY),
    ("En ligne", Meaning.ONLINE),
    ("Pièce unique", Meaning.UNIQUE),
    ("Alcool", Meaning.ALCOHOL),
    ("Ingrédients", Meaning.INGREDIENTS),
    ("Allergènes", Meaning.ALLERGENS),
    ("Origine", Meaning.ORIGIN),
    ("Photos", Meaning.PICTURES),
    ("Portion", Meaning.PORTION),
]
LATER = 1  # how many of them, the last, tables that left earlier do not have
OUR_MARK = ","

# The better name first.
ALIASES: Mapping[Meaning, str] = MappingProxyType(
    {
        Meaning.KEY: "identifiant|id|id produit|id article|identifiant produit|product id|item id|clé|book id",
        Meaning.NAME: "nom du produit|nom de l'article|désignation|désignation article|désignation produit|libellé|"
        "libellé article|libellé produit|product name|product title|nom|name|titre|title|intitulé|dénomination|"
        "nom commercial|item name|produit|product|article|item",
        Meaning.MAKER: "auteur|auteurs|auteur(s)|autrice|author|authors|marque|marque ou auteur|brand|brands|fabricant|"
        "manufacturer|producteur|productrice|producer|artisan|artiste|créateur|créatrice|maker|domaine|vendor|éditeur|"
        "éditeur(s)|publisher",
        Meaning.KIND: "sorte|sorte d'article",
        Meaning.REFERENCE: "référence|réf|référence article|réf article|référence produit|réf produit|reference number|"
        "code article|code produit|sku|product code|item code|item number|part number|article number|n° article|"
        "numéro d'article|code interne|référence interne|internal reference|code|référence fournisseur|"
        "réf fournisseur|supplier reference|réf catalogue",
        Meaning.GTIN: "ean13|ean 13|ean|code ean|ean code|code ean13|gtin|gtin13|gtin14|gtin 14|code gtin|code-barres|"
        "code-barre|codes-barres|codebarre|barcode|bar code|gencod|gencode|isbn13|isbn 13|ean isbn|isbn ean|isbn|"
        "code isbn|upc|ean8|isbn10|isbn 10",
        Meaning.PRICE: "prix de vente public|prix public de vente|prix de vente|prix de vente unitaire|prix public|"
        "pv|pvp|pvc|ppc|prix|prix unitaire|pu|price|retail price|selling price|sales price|unit price|tarif|"
        "tarif public|prix client|prix boutique|prix magasin|prix conseillé|prix public conseillé|"
        "prix de vente conseillé|recommended price|rrp|montant",
        Meaning.VAT: "taux de tva|tva|tx tva|taux tva applicable|vat rate|vat|tax rate|taux|taux de taxe",
        Meaning.UNIT: "unité de vente|unité|unit|unité de mesure|vendu par|vendu au|vendu à|sales unit|sold by|udv",
        Meaning.PORTION: "portion|portions",
        Meaning.CONTENT: "contenance|poids net|contenu|contenu net|quantité nette|volume|volume net|grammage|"
        "net weight|net content|content|net quantity|poids volume|poids / volume",
        Meaning.STOCK: "quantité en stock|stock|en stock|stock disponible|stock réel|stock actuel|stock physique|"
        "qté en stock|qté stock|stock qty|stock quantity|in stock|on hand|quantity on hand|qté disponible|"
        "quantité disponible|available quantity|inventory|quantité|quantity|qté|qty|qte dispo|disponible|dispo",
        Meaning.SOLD_OUT: "épuisé|sold out",
        Meaning.DAILY: "par jour|quantité par jour|per day|daily quantity",
        Meaning.AVAILABILITY: "disponibilité|availability|état du stock|stock status",
        Meaning.DELAY: "délai (jours)|délai|délai de fabrication|délai en jours|lead time|lead time (days)",
        Meaning.ONLINE: "en ligne|publié|publié en ligne|online|published|visible|mis en ligne|actif|active|en vente",
        Meaning.SIZE: "taille|size|pointure|tailles",
        Meaning.COLOUR: "couleur|coloris|color|colour|teinte",
        Meaning.PARENT: "article parent|produit parent|référence parent|réf parent|parent|parent sku|parent id|"
        "sku parent|référence modèle|réf modèle|code modèle",
        Meaning.PICTURES: "photos|photo|photo(s)|images|image|image(s)|url image|image url|url photo|photo url|"
        "images url|url de l'image|lien image|lien photo|image link|image src|picture|pictures|picture url|visuel|"
        "visuels|photo principale|image principale",
        Meaning.INGREDIENTS: "ingrédients|ingredients|liste des ingrédients|ingredients text|ingredient list",
        Meaning.ALLERGENS: "allergènes|allergens|contient|allergène(s)|allergènes présents",
        Meaning.ORIGIN: "origine|pays d'origine|provenance|origin|country of origin|origine produit|origins",
        Meaning.ALCOHOL: "alcool|alcohol|taux d'alcool|degré d'alcool|degré alcoolique|alcohol by volume|abv",
        Meaning.UNIQUE: "pièce unique|unique|exemplaire unique",
    }
)
# Of these, columns of different depth are put together, the widest or shortest first.
DEPTHS: Mapping[Meaning, tuple[str, ...]] = MappingProxyType(
    {
        Meaning.CATEGORY: (
            "univers|secteur",
            "rayon|département|department",
            "catégorie|category|famille|catégorie générale|product category|famille / sous-famille|"
            "catégorie / sous-catégorie|groupe|catégories|categories|type de produit|product type",
            "sous-catégorie|sous-famille|subcategory|sub category|sous-rayon",
            "sous-sous-famille|sous-sous-catégorie",
        ),
        Meaning.DESCRIPTION: (
            "description courte|résumé|short description|accroche|courte description",
            "description|description longue|long description|descriptif|description détaillée|présentation|texte|"
            "product description|body",
        ),
    }
)
SEVERAL = frozenset({Meaning.PICTURES, Meaning.GTIN})  # each column of these adds something
# What only the values tell: a table of stock or of foods, a supplier's code or the one under the bars.
DOUBTFUL: Mapping[str, Meaning] = MappingProxyType(
    {"quantite": Meaning.CONTENT, "quantity": Meaning.CONTENT, "code": Meaning.GTIN}
)

EXCLUDED = re.compile(
    r"horstaxes?|horstva|taxexcl(?:uded|usive)?|excl(?:uding)?(?:tax|vat)|(?:ex|without)(?:tax|vat)|ht"
)
INCLUDED = re.compile(
    r"toutestaxescomprises|tvacomprise|tvaincluse|taxincl(?:uded|usive)?|incl(?:uding)?(?:tax|vat)|withtax|ttc"
)
PER = (
    (re.compile(r"(?:par)?(?:kg|kilo|kilogramme)$"), Unit.KILOGRAM),
    (re.compile(r"(?:par)?litre$"), Unit.LITRE),
)
CONTENT_UNIT = re.compile(r"\(\s*(?:en\s+)?(kg|g|gr|grammes?|ml|cl|l|litres?)\s*\)\s*\*?$")
HARMLESS = re.compile(
    r"\((?:0\s*[/=]\s*1|1\s*/\s*0|oui\s*/\s*non|o\s*/\s*n|yes\s*/\s*no|y\s*/\s*n|obligatoire|facultatif|optionnel"
    r"|required|optional|url|en\s+%|%)\)"
)
SILENT = frozenset(
    {"de", "du", "des", "d", "la", "le", "les", "l", "the", "of", "au", "eur", "euro", "euros"}
)
MOST_NAME = 120  # characters


@dataclass(frozen=True, slots=True)
class Named:
    """What a column's name says. `rank`: the lower, the better a name for it; `depth`: see DEPTHS."""

    meaning: Meaning
    rank: int = 0
    depth: int = 0
    tax_excluded: bool | None = None  # of a price; None: not said
    per: Unit | None = None  # of which unit it is the price
    content_unit: str = ""  # of bare numbers
    is_isbn: bool = False
    between: str = ">"  # what divides the levels of a category
    maybe: Meaning | None = None  # what it means instead if the values say so


def _joined(name: str) -> str:
    """A name as it is looked up: letters and digits without what says nothing ("Prix de vente T.T.C. (€)")."""
    text = fold(name[:MOST_NAME]).replace(".", "").replace("(s)", "s")
    text = re.sub(r"\ben (?=euros?\b|€)", "", HARMLESS.sub("", text))
    return "".join(word for word in re.findall(r"[a-z0-9]+", text) if word not in SILENT)


def _all_aliases() -> Iterator[tuple[str, Named]]:
    for meaning, names in ALIASES.items():
        for rank, name in enumerate(names.split("|")):
            joined = _joined(name)
            is_isbn = meaning == Meaning.GTIN and "isbn" in joined and "ean" not in joined
            yield joined, Named(meaning, rank, is_isbn=is_isbn, maybe=DOUBTFUL.get(joined))
    for meaning, depths in DEPTHS.items():
        for depth, names in enumerate(depths):
            for rank, name in enumerate(names.split("|")):
                yield _joined(name), Named(meaning, rank, depth)


def _known() -> Mapping[str, Named]:
    known: dict[str, Named] = {}
    for joined, named in _all_aliases():
        if known.setdefault(joined, named).meaning != named.meaning:
            raise ValueError(f"Two meanings for {joined}")
    return MappingProxyType(known)


KNOWN = _known()


def named(name: str) -> Named | None:
    """What a column of this name holds; None when nobody knows, or when it is nothing we keep ("Prix d'achat")."""
    joined = _joined(name)
    found = KNOWN.get(joined) or _numbered(joined) or _content(name)
    if found is None or found.meaning == Meaning.PRICE:
        return _price(joined)
    return replace(found, between="/") if found.meaning == Meaning.CATEGORY and "/" in name else found


def _content(name: str) -> Named | None:
    """ "Poids net (g)": what stands there are bare numbers."""
    folded = fold(name[:MOST_NAME])
    unit = CONTENT_UNIT.search(folded)
    bare = KNOWN.get(_joined(folded[: unit.start()])) if unit else None
    return replace(bare, content_unit=unit[1]) if unit and bare and bare.meaning == Meaning.CONTENT else None


def _numbered(joined: str) -> Named | None:
    """ "Photo 1", "Photo 2"."""
    found = KNOWN.get(joined.rstrip("0123456789"))
    return found if found and found.meaning == Meaning.PICTURES else None


def _price(joined: str) -> Named | None:
    """A price, with what is said of tax and unit. With tax is better than unsaid, and unsaid than without."""
    for pattern, excluded in ((INCLUDED, False), (None, None), (EXCLUDED, True)):
        base = pattern.sub("", joined, count=1) if pattern else joined
        if pattern and base == joined:
            continue
        rank = {False: 0, None: 100, True: 200}[excluded]
        if (found := KNOWN.get(base)) and found.meaning == Meaning.PRICE:
            return Named(_priced(excluded), rank + found.rank, tax_excluded=excluded)
        for ending, unit in PER:
            found = KNOWN.get(ending.sub("", base)) if ending.search(base) else None
            if found and found.meaning == Meaning.PRICE:
                return Named(_priced(excluded), 1000 + rank + found.rank, tax_excluded=excluded, per=unit)
    return None


def _priced(excluded: bool | None) -> Meaning:
    return Meaning.PRICE_WITHOUT_TAX if excluded else Meaning.PRICE
