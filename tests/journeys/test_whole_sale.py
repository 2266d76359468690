# SPDX-License-Identifier: AGPL-3.0-or-later
"""From an empty shop to a loaf in somebody's hands, on a phone."""

import re
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from halles.domain.shops import actions as shops
from halles.domain.shops.models import Market, Shop
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM
from tests.browser import PHONE, Live, axe, come_until, look, open_context
from tests.factories import SIRET, a_category, a_market, a_product, a_shop

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MERCHANT = "boulangere@example.org"
NEIGHBOUR = "cliente@example.org"


def text_of(letter: EmailMessage) -> str:
    """What the letter says, for those who read plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, containing: str) -> str:
    """The first address in a letter that contains this."""
    found = re.search(rf"https?://\S*{containing}\S*", text_of(letter))
    assert found, text_of(letter)
    return found[0]


def open_shop(page: Page, live: Live) -> None:
    """Sign up with an address, a name, a trade and a postal code; the code comes by mail."""
    page.goto("/compte/ouvrir")
    axe(page)
    page.get_by_label("Nom de la boutique").fill("Le Fournil du Pont-Neuf")
    page.get_by_label("Boulangerie").check()
    page.get_by_label("Code postal").fill("86000")
    page.get_by_label("adresse électronique").fill(MERCHANT)
    look(page, "ouvrir")
    page.get_by_role("button", name="Recevoir mon code").click()
    axe(page)
    subject = str(live.letter(MERCHANT)["Subject"])
    code = re.search(r"\d{3}\s?\d{3}", subject)
    assert code, subject
    page.locator("input[autocomplete=one-time-code]").fill(code[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/gestion/"))


def make_lawful(page: Page) -> None:
    """Who sells, where and when: what the law wants before the first order."""
    page.goto("/gestion/identite")
    axe(page)
    page.get_by_label("Nom légal").fill("Le Fournil du Pont-Neuf SARL")
    page.get_by_label("SIRET").fill(SIRET)
    page.get_by_label(re.compile("293 B")).check()
    page.get_by_label("Médiateur").fill("Médiateur de la consommation, Poitiers")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto("/gestion/boutique")
    axe(page)
    page.get_by_label("Téléphone").fill("05 36 49 12 34")
    page.get_by_label("Rue et numéro").fill("4 rue du Pont-Neuf")
    page.get_by_label("Ville").fill("Poitiers")
    page.get_by_role("button", name="Enregistrer").click()
    page.goto("/gestion/horaires")
    axe(page)
    for weekday in range(7):
        times = page.locator("fieldset.day").nth(weekday).locator("input[type=time]")
        times.nth(0).fill("00:00")
        times.nth(1).fill("23:59")
    look(page, "horaires")
    page.get_by_role("button", name="Enregistrer les horaires").click()
    page.goto("/gestion/commandes/reglages")
    axe(page)
    page.get_by_label("prend des commandes").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("prend des commandes")).to_be_checked()


def publish_loaf(page: Page, photo: Path) -> None:
    """A photograph, a name, a price: online."""
    page.goto("/gestion/articles/nouveau")
    axe(page)
    page.locator("input[type=file]").first.set_input_files(photo)
    page.get_by_label("Nom", exact=True).fill("Pain au levain")
    page.get_by_label("Prix", exact=True).fill("4,20")
    look(page, "article-nouveau")
    page.get_by_role("button", name="Mettre en ligne").click()
    expect(page.get_by_role("link", name="Pain au levain")).to_be_visible()


def order_from_two(page: Page, shop: Shop, other: str, neighbour: str) -> str:
    """A basket over two shops, ordered without an account; the address of the order's link."""
    page.goto("/")
    page.get_by_role("searchbox").fill("pains")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/recherche"))
    loaf = page.get_by_role("link", name="Pain au levain")
    come_until(page, page.url, loaf)
    loaf.first.click()
    page.get_by_role("button", name="Ajouter au panier").click()
    page.goto(other)
    page.get_by_role("button", name="Ajouter au panier").click()
    expect(page.get_by_role("heading", name="Quand passez-vous ?")).to_be_visible()
    page.get_by_role("button", name="Commander").click()
    page.get_by_label("Votre nom").fill("Cliente")
    page.get_by_label("Votre adresse électronique").fill(neighbour)
    page.get_by_role("button", name="Réserver, je paie à la boutique").click()
    expect(page).to_have_url(re.compile("/commande/"))
    expect(page.get_by_text(shop.name).first).to_be_visible()
    return page.url


@pytest.fixture
def market() -> Market:
    """A market with something to search in."""
    made = a_market(name="Marché d'essai")
    a_category(made, slug="pains", name="Pains")
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """What a phone's camera might send."""
    image = Image.effect_noise((1600, 1200), 40).convert("RGB")
    buffer = BytesIO()
    image.save(buffer, "JPEG")
    path = tmp_path / "photo.jpg"
    path.write_bytes(buffer.getvalue())
    return path


def test_from_sign_up_to_hand_over(market: Market, live: Live, browser: Browser, photo: Path) -> None:
    grocer = a_shop(market, name="Épicerie du Coin")
    honey = a_product(grocer, name="Miel de tilleul", stock_of=3)
    merchant = open_context(browser, live, viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    neighbour = open_context(browser, live, viewport=PHONE, has_touch=True, is_mobile=True).new_page()

    open_shop(merchant, live)
    make_lawful(merchant)
    publish_loaf(merchant, photo)
    merchant.goto("/gestion/")
    merchant.get_by_role("button", name="Mettre la boutique en ligne").click()
    shop = Shop.objects.get(name="Le Fournil du Pont-Neuf")
    assert shop.standing == Shop.Standing.WAITING
    shops.approve(shop, by=SYSTEM)

    link = order_from_two(neighbour, shop, f"/boutiques/{grocer.slug}/{honey.slug}", NEIGHBOUR)
    expect(neighbour.get_by_text("Pas encore confirmée").first).to_be_visible()
    neighbour.goto(link_in(live.letter(NEIGHBOUR), "/confirmer/"))
    neighbour.get_by_role("button", name=re.compile("onfirme")).click()
    expect(neighbour).to_have_url(re.compile("/commande/[^/]+$"))
    neighbour.goto(link)
    expect(neighbour.get_by_text("Pas encore confirmée")).to_have_count(0)
    axe(neighbour)
    look(neighbour, "commande")

    live.letter(MERCHANT, count=2)  # "Nouvelle commande", after the code
    to_accept = merchant.get_by_role("main").get_by_role("link", name=re.compile("^À accepter"))
    come_until(merchant, "/gestion/", to_accept)
    axe(merchant)
    look(merchant, "aujourdhui")
    to_accept.first.click()
    expect(merchant.get_by_role("button", name="Accepter")).to_be_visible()
    axe(merchant)
    look(merchant, "commande-boutique")
    merchant.get_by_role("button", name="Accepter").click()
    merchant.get_by_role("button", name="C'est prêt").click()
    live.letter(NEIGHBOUR, count=3)

    neighbour.goto(link)
    code = (
        neighbour.locator(".errand", has_text=shop.name)
        .get_by_text(re.compile(r"^[A-Z0-9]{2}-[A-Z0-9]{3}$"))
        .first
    )
    said = (code.text_content() or "").strip()
    merchant.goto("/gestion/remise/")
    axe(merchant)
    merchant.get_by_label(re.compile("Le code")).fill(said.lower().replace("-", " "))
    merchant.get_by_role("button", name="Trouver la commande").click()
    merchant.get_by_role("button", name="Remise au client").click()
    expect(merchant.get_by_text("Cette commande est remise")).to_be_visible()
    come_until(neighbour, link, neighbour.get_by_text("Remise. Merci"))
    assert stock.broken_levels() == []


def test_the_same_order_without_any_script(market: Market, live: Live, plain_phone: Page) -> None:
    baker, grocer = a_shop(market), a_shop(market)
    a_product(baker, name="Pain au levain")
    honey = a_product(grocer, name="Miel de tilleul", stock_of=3)
    link = order_from_two(plain_phone, baker, f"/boutiques/{grocer.slug}/{honey.slug}", NEIGHBOUR)
    plain_phone.goto(link_in(live.letter(NEIGHBOUR), "/confirmer/"))
    plain_phone.get_by_role("button", name=re.compile("onfirme")).click()
    expect(plain_phone).to_have_url(re.compile("/commande/[^/]+$"))
    plain_phone.goto(link)
    plain_phone.locator(".errand", has_text=grocer.name).get_by_role("link", name="Annuler").click()
    plain_phone.get_by_role("button", name="Oui, annuler").click()
    expect(plain_phone.get_by_text("Cette commande est annulée").first).to_be_visible()
    assert stock.available([honey.variants.get().id]) == {(honey.variants.get().id, None): 3}


def test_every_public_page_is_accessible(market: Market, live: Live, phone: Page) -> None:
    shop = a_shop(market)
    product = a_product(shop, name="Pain au levain", category=market.categories.get())
    for number, path in enumerate(
        (
            "/", "/annuaire", "/recherche?q=pain", "/recherche?q=rien", "/rayons/pains", f"/boutiques/{shop.slug}",
            f"/boutiques/{shop.slug}/{product.slug}", f"/boutiques/{shop.slug}/conditions", "/mentions-legales",
            "/confidentialite", "/panier", "/en/", f"/en/boutiques/{shop.slug}/{product.slug}", "/ui/",
            "/compte/connexion", "/nulle-part",
        )
    ):  # fmt: skip
        phone.goto(path)
        axe(phone)
        overflow = phone.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, path
        look(phone, f"public-{number}")
