# SPDX-License-Identifier: AGPL-3.0-or-later
"""In a real browser: photographs are dropped, sent one by one, gone on with after an interruption, and find their articles."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from tests import factories as make
from tests.browser import Live, axe, look
from tests.sign_in import sign_in

from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Product
from halles.domain.rolls.actions import take
from halles.domain.rolls.actions.look import look as look_at
from halles.domain.shops.models import Shop
from halles.kernel.actor import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HERE = "/gestion/articles/photos"
DROP = """(field, files) => {
    const all = new DataTransfer();
    for (const [name, content] of files)
        all.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
    for (const kind of ["dragover", "drop"])
        field.dispatchEvent(new DragEvent(kind, { dataTransfer: all, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(autouse=True)
def same_folder(live: Live, settings: object) -> None:
    """Files that a test hands over lie where the server looks for them."""
    settings.DATA = live.data  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = live.data / "media"  # type: ignore[attr-defined]


@pytest.fixture
def shop(live: Live) -> Shop:
    return make.a_shop()


@pytest.fixture
def honey(shop: Shop) -> Product:
    return make.a_product(
        shop, name="Miel de lavande du Poitou, pot de 500 g", variants=[VariantFacts(reference="REF-12")]
    )


def a_photo(number: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300 + number, 200), (200, 90 + 20 * number, 40)).save(file, "JPEG")
    return file.getvalue()


def test_three_dropped_files_find_their_article(
    live: Live, desktop: Page, shop: Shop, honey: Product
) -> None:
    sign_in(desktop, make.owner_of(shop))
    desktop.goto(HERE)
    names = ["REF-12.jpg", "REF-12 (2).JPG", "IMG_0001.jpg"]
    files = [[name, base64.b64encode(a_photo(number)).decode()] for number, name in enumerate(names)]
    desktop.get_by_label("Vos photos, ou un ZIP").evaluate(DROP, files)
    expect(desktop.get_by_text("Photos choisies")).to_contain_text("3")
    desktop.get_by_role("button", name="Envoyer les photos").click()
    desktop.get_by_role("button", name="Ajouter 2 photos").click(timeout=20_000)
    expect(desktop.get_by_text("2 photos ajoutées")).to_be_visible(timeout=20_000)
    desktop.get_by_role("link", name="IMG_0001.jpg").click()
    desktop.get_by_role("searchbox", name="Chercher un article").fill("miel")
    desktop.get_by_role("button", name="Chercher").click()
    desktop.get_by_role("button", name="C'est « Miel").click()
    expect(desktop.get_by_text("3 photos ajoutées")).to_be_visible(timeout=20_000)
    assert honey.pictures.count() == 3
    desktop.get_by_role("button", name="Annuler cet ajout").click()
    desktop.get_by_role("dialog").get_by_role("button", name="Annuler cet ajout").click()
    expect(desktop.get_by_text("Cet ajout est annulé")).to_be_visible()
    assert honey.pictures.count() == 0


def test_what_arrived_before_an_interruption_is_not_sent_again(
    live: Live, phone: Page, shop: Shop, honey: Product, tmp_path: Path
) -> None:
    paths = [tmp_path / f"REF-12_{number}.jpg" for number in (1, 2, 3)]
    for number, path in enumerate(paths):
        path.write_bytes(a_photo(number))
    sign_in(phone, make.owner_of(shop))
    sends: list[str] = []

    def lose_the_second(route: Route) -> None:
        sends.append(route.request.url)
        if len(sends) == 2:
            route.abort()
        else:
            route.continue_()

    phone.route(re.compile("/photos/[^/]+/envoyer$"), lose_the_second)
    phone.goto(HERE)
    field = phone.get_by_label("Vos photos, ou un ZIP")
    field.set_input_files(paths)
    phone.get_by_role("button", name="Envoyer les photos").click()
    expect(phone.get_by_text("Nous réessayons")).to_be_visible()
    phone.wait_for_url(re.compile("/photos/.+"))
    phone.reload()  # as if the telephone had gone to sleep
    expect(phone.get_by_text("1 photo reçue")).to_be_visible()
    axe(phone)
    look(phone, "roll-receiving")
    field.set_input_files(paths)
    phone.get_by_role("button", name="Envoyer les photos").click()
    expect(phone.get_by_role("button", name="Ajouter 3 photos")).to_be_visible(timeout=20_000)
    assert len(sends) == 4


def test_without_script_all_are_sent_at_once(
    live: Live, plain_phone: Page, shop: Shop, honey: Product, tmp_path: Path
) -> None:
    path = tmp_path / "REF-12.jpg"
    path.write_bytes(a_photo(1))
    sign_in(plain_phone, make.owner_of(shop))
    plain_phone.goto(HERE)
    expect(plain_phone.locator("noscript p")).to_be_visible()  # how much may be sent at once
    plain_phone.get_by_label("Vos photos, ou un ZIP").set_input_files(path)
    plain_phone.get_by_role("button", name="Envoyer les photos").click()
    for _ in range(40):
        if plain_phone.get_by_role("button", name="Ajouter 1 photo").count():
            break
        plain_phone.wait_for_timeout(250)
        plain_phone.get_by_role("link", name="Voir où ça en est").click()
    plain_phone.get_by_role("button", name="Ajouter 1 photo").click()
    plain_phone.get_by_text("C'est fait").or_(
        plain_phone.get_by_role("link", name="Voir où ça en est")
    ).first.wait_for()


def test_each_page_is_seen_whole_and_by_all(live: Live, phone: Page, shop: Shop, honey: Product) -> None:
    roll = take.begin(shop, by=SYSTEM)
    names = [
        "REF-12.jpg",
        "REF-12_dos.jpg",
        "IMG_20240611_101530.jpg",
        "photo-extraordinairement-longue-de-pot.jpg",
    ]
    for number, name in enumerate(names):
        take.take(roll, io.BytesIO(a_photo(number)), name)
    take.take(roll, io.BytesIO(b"x"), "lisez-moi.txt")
    take.close(roll, alone=True)
    look_at(roll)
    sign_in(phone, make.owner_of(shop))
    shot = roll.shots.get(name=names[2])
    pages = {"rolls": HERE, "roll-looked": f"{HERE}/{roll.id}", "shot": f"{HERE}/{roll.id}/{shot.id}?q=miel"}
    for name, address in pages.items():
        phone.set_viewport_size({"width": 390, "height": 844})
        phone.goto(address)
        phone.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true })")
        phone.wait_for_load_state("networkidle")
        axe(phone)
        look(phone, name)
        phone.set_viewport_size({"width": 320, "height": 740})
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        phone.evaluate("document.documentElement.style.fontSize = '200%'")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
