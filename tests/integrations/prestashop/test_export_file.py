# SPDX-License-Identifier: AGPL-3.0-or-later
"""PrestaShop's set of tables, from its own samples and in the languages of shops."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.readers import choices_of, material, meanings, read

from halles.domain.catalogue.models import Availability
from halles.domain.imports.drafts import Choices, Draft, DraftVariant, Material, Where
from halles.domain.imports.sheets import open_sheet
from halles.integrations.prestashop.export_file import READER

PRODUCTS = (
    "ID;Actif (0/1);Nom *;Catégories (x,y,z...);Prix HT;Prix TTC;ID règle de taxes;Montant de la remise;Référence n°;Marque;"
    "EAN13;Quantité;Visibilité;Récapitulatif;Description;Disponible à la vente (0 = Non, 1 = Oui);"
    "URL des images (x,y,z...);Action en cas de rupture de stock\n"
)
COMBINATIONS = (
    "Product ID*;Product Reference;Attribute (Name:Type:Position)*;Value (Value:Position)*;Reference;EAN13;Impact on price;"
    "Quantity;Image URLs (x,y,z...)\n"
)
NO_CHOICE = Choices()
CATEGORIES = "Category ID;Active (0/1);Name *;Parent category;Root category (0/1);Description\n"


@pytest.mark.corpus
def test_the_sample_of_1_4_with_its_combinations_and_categories(real_input: Path) -> None:
    names = [
        f"prestashop14_{name}_import.csv"
        for name in ("products", "combinations", "categories", "customers", "suppliers", "manufacturers")
    ]
    given = Material({name: open_sheet(real_input / "catalogues" / name) for name in names})
    found = read(READER, given, vat_rate=Decimal(20))
    assert (len(found.drafts), found.bad, found.warnings) == (2, {}, [])
    table = "prestashop14_combinations_import.csv"
    assert found.drafts[0] == Draft(
        name="iPod Nano",
        variants=(
            DraftVariant(
                where=Where(2, table),
                key="1 16GO/Blue",
                reference="958456",
                size="16GO",
                colour="Blue",
                price=Decimal(108),  # (49 + 41) and a fifth
                stock=Decimal(50),
            ),
            DraftVariant(
                where=Where(3, table),
                key="1 8GO/pINK",
                reference="958456",
                size="8GO",
                colour="pINK",
                price=Decimal("58.80"),
            ),
        ),
        key="1",
        maker="Apple Computer, Inc",
        description="New design. New features. Now i….\n\nCurved ahead of the curve. For those about to rock, we give you"
        " nine amazing colors. But that's only part of the story. Feel the curved, all-aluminum and glass de...",
        category=("iPods",),
        vat_rate=Decimal(20),
        availability=Availability.COUNTED,
        online=True,
        pictures=("http://youdomain.com/img.jpg", "http://yourdomain.com/img1.jpg"),
    )
    shuffle = found.drafts[1].variants[0]
    assert (shuffle.price, shuffle.stock, shuffle.reference) == (Decimal("79.26"), 500, "92458845")
    columns = {(column.table, column.name): column.meaning for column in READER.columns(given, NO_CHOICE)}
    assert columns["prestashop14_customers_import.csv", "E-mail*"] == ""
    assert columns[table, "Options (Group:Value)*"] == "size"


@pytest.mark.corpus
def test_without_a_rate_its_prices_mean_nothing(real_input: Path) -> None:
    given = Material({"": open_sheet(real_input / "catalogues" / "prestashop14_products_import.csv")})
    assert read(READER, given).rows == {2: "imports.vat_needed", 3: "imports.vat_needed"}
    with_tax = read(READER, given, without_tax=False)
    assert [draft.variants[0].price for draft in with_tax.drafts] == [49, Decimal("66.05")]


@pytest.mark.corpus
def test_tables_without_products_are_nobodys(real_input: Path) -> None:
    for name in ("combinations", "categories", "customers"):
        file = real_input / "catalogues" / f"prestashop14_{name}_import.csv"
        assert not READER.recognises(Material({"": open_sheet(file)}))


def test_a_french_shop(tmp_path: Path) -> None:
    given = material(
        tmp_path,
        produits=PRODUCTS
        + "7;1;Miel;12;8,056872;8,50;3;2;M7;Rucher;3017620422003;12;both;<p>Doux</p>;<p>Doux, de printemps</p>;1;"
        "https://x.example/a.jpg,https://x.example/b.jpg;0\n"
        "8;0;Pain;Épicerie/Pains,Accueil;2.50;;0;;P8;;123;;;;;0;a.jpg,b.jpg;1\n",
        categories=CATEGORIES + "2;1;Accueil;1;0;\n10;1;Épicerie;2;0;\n12;1;Miels;Épicerie;0;\n",
    )
    found = read(READER, given)
    miel, pain = found.drafts
    assert miel == Draft(
        name="Miel",
        variants=(
            DraftVariant(
                where=Where(2, "produits"),
                key="7 /",
                reference="M7",
                gtin="03017620422003",
                price=Decimal("8.50"),
                stock=Decimal(12),
            ),
        ),
        key="7",
        maker="Rucher",
        description="Doux, de printemps",
        category=("Épicerie", "Miels"),
        vat_rate=Decimal("5.5"),  # the only rate that makes 8,50 of 8,056872
        availability=Availability.COUNTED,
        online=True,
        pictures=("https://x.example/a.jpg", "https://x.example/b.jpg"),
        warnings=miel.warnings,
    )
    assert found.warnings == [(2, "imports.sale_price_left"), (3, "imports.code_wrong")]
    assert (pain.category, pain.online, pain.vat_rate) == (("Épicerie", "Pains"), False, 0)
    assert (pain.availability, pain.pictures) == (Availability.AVAILABLE, ("a.jpg", "b.jpg"))
    assert (pain.variants[0].price, pain.variants[0].sold_out) == (Decimal("2.50"), True)
    assert [column.meaning for column in READER.columns(given, NO_CHOICE)][4:7] == [
        "price_without_tax",
        "price",
        "vat",
    ]


def test_combinations_by_number_and_by_reference(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            produits=PRODUCTS + "1;1;Pull;;50;;1;;PULL;;;;;;;;;\n;1;Bonnet;;10;;1;;BON;;;;;;;;;\n",
            declinaisons=COMBINATIONS + "9;;Taille:select:0;S:0;X;;0;1;\n"
            ";BON;Taille:select:0, Matière:radio:1;U:0, Laine:1;B1;3017620422003;0;4;https://x.example/b.jpg\n"
            ";PULL;Taille:select:0, Couleur:color:1;M:1, Bleu: nuit:0;P1;;-5;2;\n"
            "1;;Taille:select:0, Couleur:color:1;L:2, Bleu: nuit:0;P2;;5,5;;\n"
            "1;;Taille:select:0, Couleur:color:1;L:2, Bleu: nuit:0;P3;;0;;\n"
            "1;;Taille:select:0, Couleur:color:1;XL:3;P4;;0;;\n"
            "1;;Taille:select:0, Couleur:color:1;S:0, Rouge:0;P5;;-60;;\n",
        ),
        vat_rate=Decimal(20),
    )
    pull, bonnet = found.drafts
    assert [(v.reference, v.size, v.colour, v.price) for v in pull.variants] == [
        ("P1", "M", "Bleu: nuit", Decimal(54)),
        ("P2", "L", "Bleu: nuit", Decimal("66.60")),
    ]
    assert (choices_of(bonnet), bonnet.key) == ([("U", "Laine")], "BON")
    assert bonnet.pictures == ("https://x.example/b.jpg",)
    assert found.bad == {
        ("declinaisons", 2): "imports.parent_missing",
        ("declinaisons", 6): "imports.variant_twice",
        ("declinaisons", 7): "imports.attributes_wrong",
        ("declinaisons", 8): "imports.price_negative",
    }


def test_a_bad_product_takes_its_combinations_along(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            produits=PRODUCTS
            + "1;1;;;50;;0;;PULL;;;;;;;;;\n2;1;Bol;;dix;;0;;;;;;;;;;;\n3;1;Pot;99;3;;0;;;;;;;;;;;\n3;1;Pot;;4;;0;;;;;;;;;;;\n",
            declinaisons=COMBINATIONS + "1;;Taille:select:0;S:0;X;;0;1;\n",
        ),
    )
    assert found.bad == {
        ("produits", 2): "imports.name_missing",
        ("declinaisons", 2): "imports.parent_refused",
        ("produits", 3): "imports.price_wrong",
        ("produits", 5): "imports.row_twice",
    }
    assert (found.only.key, found.only.category) == ("3", None)
    assert found.warnings == [(4, "imports.category_number_unknown")]


@pytest.mark.parametrize(
    ("header", "row", "rate"),
    [
        (  # 1.7 and 8, whatever the language
            "Product ID;Image;Nom;Référence;Catégorie;Prix (HT);Prix (TTC);Quantité;État;Position",
            "4;https://x.example/24-small_default/a.jpg;Pull;P4;Hommes;23,90 €;28,68 €;5;1;0",
            Decimal(20),
        ),
        (
            "Product ID;Bild;Name;Artikel-Nr.;Kategorie;Preis (zzgl. MwSt.);Preis (inkl. MwSt.);Menge;Status;Position",
            "4;https://x.example/24-small_default/a.jpg;Pull;P4;Hommes;23.9;28.68;5;;0",
            Decimal(20),
        ),
        (
            "ID;Image;Nom;Référence;Catégorie;Prix de base;Prix final;Quantité;État",
            "4;img/p/4-4-small.jpg;Pull;P4;Hommes;23.90;28.68;5;0",
            Decimal(20),
        ),
    ],
)
def test_the_list_of_products(tmp_path: Path, header: str, row: str, rate: Decimal) -> None:
    draft = read(READER, material(tmp_path, liste=f"{header}\n{row}\n")).only
    (variant,) = draft.variants
    assert (draft.key, draft.name, draft.category, draft.vat_rate) == ("4", "Pull", ("Hommes",), rate)
    assert (variant.price, variant.reference, variant.stock) == (Decimal("28.68"), "P4", 5)
    assert draft.online is (False if row.endswith(";0") and "Position" not in header else None)
    assert draft.pictures == ()  # thumbnails


@pytest.mark.parametrize(
    ("without", "including", "rate"),
    [("8.33", "10.00", Decimal(20)), ("0.10", "0.11", None), ("10", "13", None)],
)
def test_a_rate_is_told_by_two_prices_or_not_at_all(
    tmp_path: Path, without: str, including: str, rate: Decimal | None
) -> None:
    row = f"1;1;Bol;;{without};{including};1;;;;;;;;;;;\n"
    draft = read(READER, material(tmp_path, produits=PRODUCTS + row)).only
    assert (draft.vat_rate, draft.variants[0].price) == (rate, Decimal(including))


def test_a_language_nobody_taught(tmp_path: Path) -> None:
    """The signs in the headers and their order are the same everywhere."""
    header = (
        "Tuote ID;Aktiivinen (0/1);Nimi *;Kategoriat (x,y,z...);Veroton;Verosääntö;c6;Ale (0/1);c8;c9;c10;c11;Viite;c13;c14;"
        "Merkki;EAN13;UPC;MPN;c19;c20;c21;c22;c23;c24;c25;Määrä;c27;c28;c29;c30;c31;c32;c33;Lyhyt;Kuvaus;"
        "Tunnisteet (x,y,z...);c37;c38;c39;c40;c41;c42;c43;c44;c45;c46;Kuvat (x,y,z...);c48\n"
    )
    cells = [""] * 49
    cells[:6] = ["5", "1", "Kahvi", "Juomat", "10", "1"]
    cells[12], cells[15], cells[26], cells[34], cells[35] = "K5", "Paahtimo", "7", "Hyvä", "Hyvä kahvi"
    cells[47] = "https://x.example/k.jpg"
    given = material(tmp_path, tuotteet=header + ";".join(cells) + "\n")
    draft = read(READER, given, vat_rate=Decimal(10)).only
    assert (draft.key, draft.name, draft.category, draft.maker) == ("5", "Kahvi", ("Juomat",), "Paahtimo")
    assert (draft.description, draft.pictures) == ("Hyvä kahvi", ("https://x.example/k.jpg",))
    assert (draft.variants[0].price, draft.variants[0].stock, draft.variants[0].reference) == (11, 7, "K5")
    assert meanings(READER, given)["Kuvat (x,y,z...)"] == "pictures"


def test_a_tree_that_bites_its_tail(tmp_path: Path) -> None:
    found = read(
        READER,
        material(
            tmp_path,
            produits=PRODUCTS + "1;1;Bol;11;5;;0;;;;;;;;;;;\n",
            categories=CATEGORIES + "10;1;A;11;0;\n11;1;B;10;0;\n",
        ),
    )
    assert found.only.category == ("A", "B")
