# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: a catalogue comes in while one looks on, on a telephone, with and without script."""

import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests import factories as make
from tests.browser import Live, axe, look
from tests.sign_in import sign_in

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.models import Product
from halles.domain.imports.actions import ask, undo, work
from halles.domain.imports.actions import pictures as fetching
from halles.domain.imports.drafts import Choices
from halles.domain.imports.models import Import
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEADER = "Référence;Désignation;Prix TTC;Stock;Catégorie;Description;Photos"
ROWS = [
    "R1;Miel de tilleul du Poitou, pot de 500 g;8,50;12;Épicerie;Récolté à Vouneuil;",
    "R2;Confiture extraordinairement longue d'anticonstitutionnellement;5,20;;Inconnu;;confiture.jpg",
    "R3;Pain d'épices;gratuit;;;;",
    "R4;Nougat;6;;;;",
]
CUT = """() => [...document.querySelectorAll("main *, header *")].filter((e) =>
    e.getClientRects().length && !e.closest(".chips.scroll, .unseen, svg, .sheet")
    && e.getBoundingClientRect().right > innerWidth + 1
).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.fixture(autouse=True)
def same_folder(live: Live, settings: object) -> None:
    """Files that a test hands over lie where the server looks for them."""
    settings.DATA = live.data  # type: ignore[attr-defined]


@pytest.fixture
def shop(live: Live) -> Shop:
    return make.a_shop()


def a_table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "tarif-printemps.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8-sig")
    return path


def an_import(shop: Shop, *rows: str, header: str = HEADER) -> Import:
    """One that no worker touches: it stays as it is."""
    file = io.BytesIO("\n".join([header, *rows]).encode())
    return ask.hand_over(shop, file, "tarif-printemps.csv", Choices(online=True), alone=True, by=SYSTEM)


def test_a_catalogue_comes_in_while_one_looks_on(live: Live, phone: Page, shop: Shop, tmp_path: Path) -> None:
    sign_in(phone, make.owner_of(shop))
    phone.goto("/gestion/articles")
    phone.get_by_role("link", name="Importez-le d'un fichier").click()
    phone.get_by_label("Votre fichier").set_input_files(a_table(tmp_path, *ROWS))
    phone.get_by_role("radio", name="Mettre en ligne").check()
    phone.get_by_role("button", name="Regarder ce fichier").click()
    phone.get_by_role("button", name="Importer 3 articles").click(timeout=20_000)
    expect(phone.get_by_text("C'est fait.")).to_be_visible(timeout=20_000)
    expect(phone.get_by_text("1 photo manque")).to_be_visible(timeout=20_000)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Télécharger les lignes refusées").click()
    assert download.value.suggested_filename == "tarif-printemps-refuses.csv"
    assert "R3;Pain d'épices;gratuit" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    phone.get_by_role("button", name="Annuler cet import").click()
    phone.get_by_role("dialog").get_by_role("button", name="Annuler cet import").click()
    expect(phone.get_by_text("Cet import est annulé")).to_be_visible()
    assert not Product.objects.filter(shop=shop).exclude(status="deleted").exists()


def test_without_script_one_looks_again_by_hand(
    live: Live, plain_phone: Page, shop: Shop, tmp_path: Path
) -> None:
    sign_in(plain_phone, make.owner_of(shop))
    plain_phone.goto("/gestion/articles/importer")
    plain_phone.get_by_label("Votre fichier").set_input_files(a_table(tmp_path, *ROWS))
    plain_phone.get_by_role("button", name="Regarder ce fichier").click()
    plain_phone.wait_for_url(re.compile("/importer/.+"))
    for _ in range(40):
        if plain_phone.get_by_role("button", name="Importer 3 articles").count():
            break
        plain_phone.wait_for_timeout(250)
        plain_phone.get_by_role("link", name="Voir où ça en est").click()
    plain_phone.get_by_role("button", name="Importer 3 articles").click()
    plain_phone.get_by_role("link", name="Voir les articles").or_(
        plain_phone.get_by_role("link", name="Voir où ça en est")
    ).first.wait_for()


def states(shop: Shop) -> dict[str, Import]:
    """An import in each state."""
    found = {name: an_import(shop, *ROWS) for name in ("looking", "looked", "running")}
    catalogue.create(
        shop,
        catalogue.ProductFacts(
            name="Nougat", price=make.Decimal("5.40"), variants=[catalogue.VariantFacts(reference="R4")]
        ),
        by=SYSTEM,
    )
    found["failed"] = an_import(shop, "Miel;4;Doux", "Sel;1;Gris", header="Machin;Truc;Chose")
    for name in ("looked", "running", "failed"):
        ask.look(found[name])
    ask.start(found["running"], alone=True, by=SYSTEM)
    found["done"] = an_import(shop, *ROWS)
    ask.look(found["done"])
    ask.start(found["done"], alone=True, by=SYSTEM)
    work.go_on(found["done"])
    fetching.fetch(found["done"])
    found["undone"] = an_import(shop, "R9;Sel;1;;;;")
    ask.look(found["undone"])
    ask.start(found["undone"], alone=True, by=SYSTEM)
    work.go_on(found["undone"])
    undo.undo(found["undone"], by=SYSTEM)
    return found


def test_each_state_is_seen_whole_and_by_all(live: Live, phone: Page, shop: Shop) -> None:
    sign_in(phone, make.owner_of(shop))
    pages = {name: f"/gestion/articles/importer/{one.id}" for name, one in states(shop).items()}
    pages |= {"list": "/gestion/articles/importer", "change": f"{pages['failed']}/changer"}
    for name, address in pages.items():
        phone.set_viewport_size({"width": 390, "height": 844})
        phone.goto(address)
        expect(
            phone.get_by_role("heading", level=1, name=re.compile("tarif-printemps|Importer"))
        ).to_be_visible()
        axe(phone)
        look(phone, f"import-{name}")
        phone.set_viewport_size({"width": 320, "height": 740})
        phone.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        assert not phone.evaluate(CUT), name
        look(phone, f"import-{name}-open")
        phone.set_viewport_size({"width": 360, "height": 740})
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert not phone.evaluate(CUT), name
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
