# SPDX-License-Identifier: AGPL-3.0-or-later
"""A supplier's or one's own table, with headers as people write them, or none."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.readers import choices_of, material, meanings, read
from tests.workbooks import write_xlsx

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import Bad, Choices, Draft, Material, Meaning
from halles.domain.imports.sheets import open_sheet
from halles.domain.imports.spreadsheet import READER, propose
from halles.domain.imports.spreadsheet.firsts import Firsts
from halles.domain.imports.spreadsheet.headers import named
from halles.kernel.errors import Refused
from halles.kernel.units import Unit

PLAIN = "Désignation;Réf.;Code-barres;Prix TTC;TVA;Stock\n"
HONEY = "Miel de tournesol;M1;3760091720115;6,20 €;5,5 %;12\n"


@pytest.mark.parametrize(
    ("meaning", "names"),
    [
        (Meaning.NAME, "Désignation|Libellé|Nom du produit|PRODUIT|Product name|product_name|Titre|nom *"),
        (
            Meaning.PRICE,
            "Prix TTC (€)|PV TTC|Prix de vente T.T.C.|Prix|Prix public en euros|PrixTTC|Price|P.U. TTC",
        ),
        (Meaning.PRICE_WITHOUT_TAX, "Prix HT|Prix unitaire HT en €|PV H.T.|Tarif hors taxes|Price tax excl."),
        (Meaning.REFERENCE, "Réf.|Code article|SKU|Référence|N° article"),
        (Meaning.GTIN, "Code-barres|EAN13|EAN 13|GTIN|Gencod|ISBN|isbn13|Code barre"),
        (Meaning.MAKER, "Marque|Auteur(s)|Éditeur|brand"),
        (Meaning.CATEGORY, "Rayon|Catégorie|Famille|Sous-famille|Famille / Sous-famille"),
        (Meaning.VAT, "TVA|Taux de TVA (%)|VAT rate"),
        (Meaning.UNIT, "Unité|Vendu par"),
        (Meaning.CONTENT, "Contenance|Poids net (g)|Volume (cl)"),
        (Meaning.STOCK, "Stock|Qté|Quantité en stock|Disponible|On hand"),
        (Meaning.ONLINE, "En ligne|Publié|Actif (0/1)"),
        (Meaning.SIZE, "Taille|Pointure"),
        (Meaning.COLOUR, "Couleur|Coloris"),
        (Meaning.PICTURES, "Photo(s)|Image URL|image_url|Photo 2"),
        (Meaning.INGREDIENTS, "Ingrédients|ingredients_text"),
        (Meaning.ALLERGENS, "Allergènes|allergens"),
        (Meaning.ORIGIN, "Origine|Pays d'origine"),
        (Meaning.DESCRIPTION, "Description|Descriptif|Short description"),
    ],
)
def test_names_of_columns(meaning: Meaning, names: str) -> None:
    found = {name: named(name) for name in names.split("|")}
    assert {name: said and said.meaning for name, said in found.items()} == dict.fromkeys(found, meaning)


@pytest.mark.parametrize(
    "name", ["Prix achat", "Prix d'achat HT", "PA HT", "Prix de revient", "Prix (fournisseur)", "Prix barré",
             "Wholesale price", "Poids", "Poids brut", "Fournisseur", "Date", "", "x" * 5000],
)  # fmt: skip
def test_what_is_not_kept(name: str) -> None:
    assert named(name) is None


def test_the_better_of_two_columns_counts(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        table="Produit;Désignation;Prix;Prix TTC;Prix HT;Éditeur;Auteur;Rayon;Sous-famille;Prix/kg\nx;y;1;2;3;e;a;R;S;9\n",
    )
    assert meanings(READER, given) == {
        "Désignation": "name",
        "Prix TTC": "price",
        "Auteur": "maker",
        "Rayon": "category",
        "Sous-famille": "category",
    }
    draft = read(READER, given).only
    assert (draft.name, draft.maker, draft.category, draft.variants[0].price) == ("y", "a", ("R", "S"), 2)


def test_an_article_with_all_that_can_be_said(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        table="ID;Nom;Description courte;Description;Marque;Rayon;Prix TTC;TVA;Unité;Poids net (g);Stock;En ligne;Photo 1;"
        "Photo 2;Ingrédients;Allergènes;Origine;Alcool;Délai;EAN\n"
        "7;Tourteau  fromager;Doux.;<p>Doux. Cuit au <b>four</b>.</p>;Le Fournil;Pains > Gâteaux;7,9055;5,5;pièce;320;4;oui;"
        "https://exemple.fr/a.jpg;https://exemple.fr/b.jpg;Lait, œufs, blé;Lait, Œufs et blé, kiwi;Poitou;non;2 jours;"
        "3760091720115\n",
    )
    outcome = read(READER, given)
    draft = outcome.only
    (variant,) = draft.variants
    assert (draft.key, draft.name, draft.maker) == ("id:7", "Tourteau fromager", "Le Fournil")
    assert draft.description == "Doux. Cuit au four."
    assert draft.category == ("Pains", "Gâteaux")
    assert (draft.vat_rate, draft.unit, draft.delay_days) == (Decimal("5.5"), Unit.PIECE, 2)
    assert (draft.online, draft.is_alcohol, draft.origin) == (True, False, "Poitou")
    assert draft.ingredients == "Lait, œufs, blé"
    assert draft.allergens == ("milk", "eggs", "gluten")
    assert draft.pictures == ("https://exemple.fr/a.jpg", "https://exemple.fr/b.jpg")
    assert (variant.gtin, variant.price, variant.stock) == ("03760091720115", Decimal("7.91"), 4)
    assert (variant.content, variant.content_unit) == (320, "g")
    assert outcome.warnings == [(2, "imports.allergen_unknown"), (2, "imports.price_rounded")]


def test_prices_without_tax(tmp_path: Path) -> None:
    rows = "Miel;5,00;5,5\nBougie;5,00 TTC;20\nSavon;5,00;19,6\nLivre;5,00;\n"
    given = material(tmp_path, table=f"Nom;Prix HT;TVA\n{rows}")
    outcome = read(READER, given)
    assert [d.variants[0].price for d in outcome.drafts] == [Decimal("5.28"), Decimal("5.00")]
    assert outcome.rows == {4: "imports.vat_unknown", 5: "imports.vat_needed"}
    chosen = read(READER, given, vat_rate=Decimal(10))
    assert chosen.drafts[2].variants[0].price == Decimal("5.50")
    unsaid = material(tmp_path, table="Nom;Prix;TVA\nMiel;5,00;5,5\n")
    assert read(READER, unsaid).only.variants[0].price == 5
    assert read(READER, unsaid, without_tax=True).only.variants[0].price == Decimal("5.28")
    assert meanings(READER, unsaid, without_tax=True)["Prix"] == "price_without_tax"


def test_a_rate_that_is_none_is_said_where_the_price_does_without(tmp_path: Path) -> None:
    outcome = read(READER, material(tmp_path, table="Nom;Prix TTC;TVA\nMiel;5,00;19,6\n"))
    assert (outcome.only.vat_rate, outcome.warnings) == (None, [(2, "imports.vat_unknown")])


def test_the_column_says_what_a_comma_means(tmp_path: Path) -> None:
    french = material(tmp_path, table='Nom,Prix,Stock\nA,"1,250",1\nB,"3,20",2\n')
    assert [d.variants[0].price for d in read(READER, french).drafts] == [Decimal("1.25"), Decimal("3.20")]
    english = material(tmp_path, table='Name,Price,Stock\nA,"1,250",1\nB,3.20,2\n')
    assert [d.variants[0].price for d in read(READER, english).drafts] == [1250, Decimal("3.20")]
    open_ = material(tmp_path, table='Name,Price,Stock\nA,"1,250",1\nB,3,2\n')
    assert read(READER, open_).rows == {2: "imports.number_ambiguous"}
    assert read(READER, open_, decimal_mark=",").drafts[0].variants[0].price == Decimal("1.25")


def test_codes(tmp_path: Path) -> None:
    """Zeros that a spreadsheet cut off come back only where the column as a whole has lost them."""
    lost = "".join(
        f"Article {n};1,00;{code}\n" for n, code in enumerate([36000291452, 12345670, 4006381333931])
    )
    given = material(tmp_path, table=f"Nom;Prix;EAN\n{lost}Z;1,00;9,78014E+12\n")
    outcome = read(READER, given)
    assert [d.variants[0].gtin for d in outcome.drafts] == [
        "00036000291452", "00000012345670", "04006381333931", None,
    ]  # fmt: skip
    assert outcome.warnings == [(5, "imports.code_damaged")]
    wrong = "".join(
        f"Article {n};1,00;{code}\n" for n, code in enumerate([36000291452, 12345678901, 98765432101])
    )
    outcome = read(READER, material(tmp_path, table=f"Nom;Prix;EAN\n{wrong}"))
    assert {d.variants[0].gtin for d in outcome.drafts} == {None}
    assert outcome.warnings[0] == (2, "imports.code_short")


def test_sizes_and_colours(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        table="Nom;Réf;Taille;Coloris;Prix;Stock\nPull;P1;S;Écru;49;1\nPull;P2;M;Écru;49;2\nPull;P3;m;écru;49;2\n"
        "Pull;P4;L;Noir;cher;0\nÉcharpe;E1;;;19;3\nPull;P2;XL;;49;1\n",
    )
    outcome = read(READER, given)
    jumper, scarf = outcome.drafts
    assert choices_of(jumper) == [("S", "Écru"), ("M", "Écru")]
    assert [v.reference for v in jumper.variants] == ["P1", "P2"]
    assert (scarf.name, choices_of(scarf)) == ("Écharpe", [("", "")])
    assert outcome.rows == {4: "imports.variant_twice", 5: "imports.price_wrong", 7: "imports.twice"}


def test_sizes_of_one_reference_keep_their_own_keys(tmp_path: Path) -> None:
    given = material(tmp_path, table="Nom;Réf;Taille;Prix\nPull;P1;S;49\nPull;P1;M;49\n")
    assert [v.key for v in read(READER, given).only.variants] == ["ref:P1 S/", "ref:P1 M/"]


def test_sizes_that_point_at_their_article(tmp_path: Path) -> None:
    table = (
        "Réf;Réf parent;Nom;Description;Taille;Prix;TVA\nP;;Pull;Doux.;;49;20\nP-S;P;;;S;;\nP-M;P;;;M;55;\n"
    )
    draft = read(READER, material(tmp_path, table=table)).only
    assert (draft.key, draft.name, draft.description) == ("parent:P", "Pull", "Doux.")
    assert [(v.reference, v.size, v.price) for v in draft.variants] == [("P-S", "S", 49), ("P-M", "M", 55)]
    nameless = material(tmp_path, table=table.replace("Pull", ""))
    assert read(READER, nameless).rows == {
        2: "imports.name_missing", 3: "imports.parent_refused", 4: "imports.parent_refused",
    }  # fmt: skip
    alone = material(
        tmp_path, table="Réf;Parent;Nom;Taille;Prix\nA;X;Pull;S;4\nB;X;Pull;M;5\nC;Y;Gilet;M;5\n"
    )
    assert [(d.key, len(d.variants)) for d in read(READER, alone).drafts] == [
        ("parent:X", 2),
        ("parent:Y", 1),
    ]


def test_what_stands_twice(tmp_path: Path) -> None:
    other = HONEY.replace("M1", "M2")
    given = material(
        tmp_path, table=PLAIN + HONEY + "Pain;;;1,00;;\n" + other + "PAIN;;;2,00;;\nPain;P9;;1;;\n"
    )
    outcome = read(READER, given)
    assert [d.variants[0].reference for d in outcome.drafts] == ["M1", None, "P9"]
    assert outcome.rows == {4: "imports.twice", 5: "imports.twice"}
    (twice, _) = [each.refused for each in READER.drafts(given, Choices()) if isinstance(each, Bad)]
    assert twice.details == {"row": 2}


def test_firsts() -> None:
    firsts = Firsts()
    assert all(firsts.first("ref", f"R{n}", n) == n for n in range(1, 20_000))
    assert all(firsts.first("ref", f"R{n}", 50_000) == n for n in range(1, 20_000))
    assert firsts.first("gtin", "R1", 7) == 7


def test_stock_in_numbers_and_words(tmp_path: Path) -> None:
    words = ["12", "3,5", "-2", "En stock", "Rupture", "Sur commande", "", "beaucoup"]
    rows = "".join(f"Article {n};1,00;{word}\n" for n, word in enumerate(words))
    outcome = read(READER, material(tmp_path, table=f"Nom;Prix;Disponible\n{rows}"))
    assert [(d.variants[0].stock, d.variants[0].sold_out, d.availability) for d in outcome.drafts] == [
        (12, None, None),
        (Decimal("3.5"), None, None),
        (0, None, None),
        (None, False, Availability.AVAILABLE),
        (None, True, Availability.AVAILABLE),
        (None, False, Availability.TO_ORDER),
        (None, None, None),
    ]
    assert (outcome.rows, outcome.warnings) == (
        {9: "imports.quantity_wrong"},
        [(4, "imports.quantity_negative")],
    )


def test_availability_in_our_words_and_in_those_of_stocks(tmp_path: Path) -> None:
    words = ["à confirmer", "Sur commande", "Rupture de stock", "7", "Disponible", "bientôt"]
    rows = "".join(f"Article {n};1,00;{word}\n" for n, word in enumerate(words))
    outcome = read(READER, material(tmp_path, table=f"Nom;Prix;Disponibilité\n{rows}"))
    assert [(d.availability, d.variants[0].stock, d.variants[0].sold_out) for d in outcome.drafts] == [
        (Availability.TO_CONFIRM, None, None),
        (Availability.TO_ORDER, None, None),
        (Availability.AVAILABLE, None, True),
        (None, 7, None),
        (Availability.AVAILABLE, None, None),
    ]
    assert outcome.rows == {7: "imports.quantity_wrong"}


def test_a_workbook(tmp_path: Path) -> None:
    """Its numbers have a point, whatever its user sees."""
    table = [
        ["Désignation", "Prix TTC", "EAN", "Stock"],
        ["Miel", 1.234, 3760091720115, 2.5],
        ["Sel", 2, "", 1],
    ]
    given = Material({"": open_sheet(write_xlsx(tmp_path / "table", table))})
    outcome = read(READER, given)
    assert [d.variants[0].price for d in outcome.drafts] == [Decimal("1.23"), 2]
    assert outcome.drafts[0].variants[0].gtin == "03760091720115"
    assert outcome.warnings == [(2, "imports.price_rounded")]


def test_several_tables(tmp_path: Path) -> None:
    given = material(
        tmp_path, a="Nom;Prix\nMiel;6,20\nSel;cher\n", b="Date;Qui\n1;2\n", c="Prix HT;Libellé\n1;Pain\n"
    )
    outcome = read(READER, given, vat_rate=Decimal("5.5"))
    assert [(d.name, d.variants[0].where.table) for d in outcome.drafts] == [("Miel", "a"), ("Pain", "c")]
    assert outcome.bad == {("a", 3): "imports.price_wrong"}
    assert [column.table for column in READER.columns(given, Choices())] == ["a", "a", "c", "c"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Confiture d'abricot 350 g", (350, "g")),
        ("Jus de pomme (6 x 25cl)", (150, "cl")),
        ("Farine T65, 1 kg", (1, "kg")),
        ("Sac à dos 20 L", (None, "")),
        ("500 g de farine", (None, "")),
        ("Lot 250 g + 500 g", (None, "")),
        ("Tome 3", (None, "")),
    ],
)
def test_a_content_at_the_end_of_a_name(tmp_path: Path, name: str, content: tuple[object, str]) -> None:
    draft = read(READER, material(tmp_path, table=f"Nom;Prix\n{name};4,00\n")).only
    assert (draft.name, draft.variants[0].content, draft.variants[0].content_unit) == (name, *content)
    told = material(tmp_path, table=f"Nom;Prix;Contenance\n{name};4,00;\n")
    assert read(READER, told).only.variants[0].content is None  # a column says it, and says nothing here
    by_weight = material(tmp_path, table=f"Nom;Prix\n{name};4,00 €/kg\n")
    draft = read(READER, by_weight).only
    assert (draft.unit, draft.variants[0].content) == (Unit.KILOGRAM, None)


def test_a_quantity_is_a_content_where_the_values_say_so(tmp_path: Path) -> None:
    given = material(
        tmp_path, table="Name,Price,Quantity,Code\nOats,2.00,500 g,3760091720115\nMilk,1.00,1 l,\n"
    )
    assert meanings(READER, given) == {
        "Name": "name",
        "Price": "price",
        "Quantity": "content",
        "Code": "gtin",
    }
    given = material(tmp_path, table="Name,Price,Quantity,Code\nOats,2.00,5,AV-1\nMilk,1.00,1,LA-2\n")
    assert meanings(READER, given)["Quantity"] == "stock"
    assert meanings(READER, given)["Code"] == "reference"


def test_rows_that_are_broken_or_hostile(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        table=PLAIN + HONEY + ";M2;;1,00;;\n=cmd|'/C calc'!A0;M3;;2,00;;\nPain;M4;;1,00;;;;trop\nSel;M5;;\n",
    )
    outcome = read(READER, given)
    assert [d.name for d in outcome.drafts] == ["Miel de tournesol", "=cmd|'/C calc'!A0", "Sel"]
    assert outcome.drafts[2].variants[0].price is None  # the catalogue refuses it, if it is new
    assert outcome.rows == {3: "imports.name_missing", 5: "imports.row_shifted"}


def test_a_person_s_word_counts(tmp_path: Path) -> None:
    given = material(tmp_path, table="Machin;Prix;Truc\nMiel;6,20;M1\nSel;2,00;M2\n")
    assert not READER.recognises(given)
    chosen = {0: Meaning.NAME, 2: Meaning.REFERENCE}
    drafts = list(READER.drafts(given, Choices(columns=chosen)))
    assert [(d.name, d.variants[0].reference, d.variants[0].price) for d in drafts if isinstance(d, Draft)] == [
        ("Miel", "M1", Decimal("6.20")), ("Sel", "M2", 2),
    ]  # fmt: skip
    without = Choices(columns={0: Meaning.NAME, 1: Meaning.IGNORED, 2: Meaning.IGNORED})
    assert [c.meaning for c in READER.columns(given, without)] == [
        Meaning.NAME,
        Meaning.IGNORED,
        Meaning.IGNORED,
    ]
    taxed = Choices(columns={0: Meaning.NAME, 1: Meaning.PRICE_WITHOUT_TAX}, vat_rate=Decimal(20))
    first = next(iter(READER.drafts(given, taxed)))
    assert isinstance(first, Draft)
    assert first.variants[0].price == Decimal("7.44")


def test_a_file_that_falls_apart_gives_what_was_whole(tmp_path: Path) -> None:
    given = material(tmp_path, table="Nom;Prix\nMiel;6,20\n" + f'"{"x" * 140_000}";1\n' * 150)
    found: list[Draft | Bad] = []
    with pytest.raises(Refused, match=r"imports\.too_damaged"):
        found.extend(READER.drafts(given, Choices()))
    assert [each.name for each in found if isinstance(each, Draft)] == ["Miel"]
    assert {each.refused.code for each in found if isinstance(each, Bad)} == {"imports.row_unreadable"}


def test_proposals_for_a_table_without_header(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},Confiture no {chr(65 + n)} de la maison,{code},4.{n}0,{(n + 2) % 3},5.5 %,https://exemple.fr/{n}.jpg\n"
        for n, code in enumerate(["3760091720115", "4006381333931", "0036000291452"])
    )
    path = tmp_path / "table"
    path.write_text(rows)
    sheet = open_sheet(path, has_header=False)
    assert propose(sheet) == {
        1: Meaning.NAME, 2: Meaning.GTIN, 3: Meaning.PRICE, 4: Meaning.STOCK, 5: Meaning.VAT, 6: Meaning.PICTURES,
    }  # fmt: skip
