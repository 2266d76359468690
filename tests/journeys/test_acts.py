# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one does seldom in « Ma boutique », each by its button on a small telephone: the shop, its people, an article, an order."""

import datetime as dt
import io
import re
import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from halles.domain.catalogue.models import Product
from halles.domain.conversations.models import Conversation
from halles.domain.imports.actions import ask
from halles.domain.imports.drafts import Choices
from halles.domain.orders.actions import pick, prepare
from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Shop
from halles.domain.stock import reads as stock
from halles.kernel.actor import SYSTEM
from tests import factories as make
from tests.browser import Live, open_context
from tests.journeys.test_whole_sale import link_in
from tests.pushserver import Browser as FarBrowser
from tests.ringing import a_device
from tests.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}


@pytest.fixture
def shop(live: Live, settings: Any) -> Shop:
    """A shop that sells."""
    settings.DATA, settings.MEDIA_ROOT = live.data, live.data / "media"
    return make.a_shop(make.a_market(), name="Le Bocal levé")


@pytest.fixture
def page(browser: Browser, live: Live, shop: Shop) -> Iterator[Page]:
    """Its owner's small telephone."""
    context = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True)
    page = context.new_page()
    sign_in(page, make.owner_of(shop))
    yield page
    context.close()


def press(page: Page, name: str, then: str) -> None:
    """Tap a button that can be seen, and read that it is done, by the worker too."""
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.tap()
    expect(page.get_by_text(then).first).to_be_visible(timeout=20_000)


def unfold(page: Page, words: str) -> None:
    """Open a fold."""
    page.locator("summary", has_text=words).tap()


def test_the_doors_and_what_the_shop_lends_and_hears(page: Page, shop: Shop) -> None:
    device = a_device(make.owner_of(shop), FarBrowser("un", "https://push.example.org"))
    page.goto("/gestion/")
    press(page, "Fermé", "La boutique est fermée")
    press(page, "Ouvert", "La boutique est ouverte")
    page.goto("/gestion/questions")
    press(page, "Ne plus prendre de questions", "On ne peut plus vous poser de nouvelle question")
    press(page, "Prendre des questions", "On peut vous poser des questions")
    page.goto("/gestion/boutique/entre-boutiques")
    page.get_by_label("Rien").check()
    press(page, "Enregistrer", "C'est enregistré")
    page.goto("/gestion/sonnette")
    page.get_by_role("group", name="Questions des clients").get_by_label("Jamais").check()
    press(page, "Enregistrer", "C'est enregistré")
    page.get_by_role("button", name="Retirer : ").tap()
    expect(page.get_by_text("ne sonne plus")).to_be_visible()
    shop.refresh_from_db()
    assert (shop.doors, shop.takes_questions, shop.lends) == ("open", True, "nothing")
    assert not type(device).objects.exists()


def test_the_days_and_places_of_the_shop(page: Page, shop: Shop) -> None:
    first = timezone.localdate() + dt.timedelta(30)
    page.goto("/gestion/horaires")
    unfold(page, "Annoncer des congés")
    page.get_by_label("Du", exact=True).fill(first.isoformat())
    page.get_by_label("Au, compris").fill((first + dt.timedelta(7)).isoformat())
    press(page, "Noter les congés", "Les congés sont notés")
    press(page, "Annuler", "Les congés sont annulés")
    page.get_by_label("Fermé les jours fériés").check()
    press(page, "Enregistrer", "C'est enregistré")
    unfold(page, "Ajouter un lieu")
    page.get_by_label("Nom du lieu").fill("Marché Notre-Dame")
    page.locator("#lieu_postal_code").fill("86000")
    press(page, "Ajouter ce lieu", "Le lieu est ajouté")
    saturday = page.locator("fieldset.day").nth(5).locator("input[type=time]")
    saturday.nth(0).fill("08:00")
    saturday.nth(1).fill("13:00")
    press(page, "Enregistrer les horaires", "Les horaires sont enregistrés")
    stall = shop.places.get(name="Marché Notre-Dame")
    assert stall.periods.get().weekday == 5
    press(page, "Retirer ce lieu", "Le lieu est retiré")
    shop.refresh_from_db()
    assert shop.closed_on_holidays and not shop.closures.exists()


def test_a_way_is_set_up_stopped_offered_again_and_taken_away(page: Page, shop: Shop) -> None:
    page.goto("/gestion/remises")
    page.get_by_role("link", name=re.compile("Un point de dépôt")).tap()
    page.get_by_label("Nom du lieu").fill("Café du Marché")
    page.get_by_label("Code postal").fill("86180")
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.locator(".way-said")).to_contain_text("Dépôt Café du Marché")
    press(page, "Enregistrer", "C'est enregistré")
    press(page, "Arrêter : Café du Marché", "Proposer à mes clients")
    press(page, "Proposer à mes clients : Café du Marché", "Arrêter")
    press(page, "Retirer cette remise", "Remises")
    assert not shop.places.filter(name="Café du Marché").exists()


def test_somebody_joins_the_team_leaves_it_and_opens_a_shop(
    page: Page, shop: Shop, live: Live, browser: Browser
) -> None:
    seller = make.an_account(email="vendeur@example.org", name="vendeur du samedi")
    page.goto("/gestion/equipe")
    page.get_by_label("Son adresse électronique").fill(seller.email)
    press(page, "Envoyer l'invitation", "L'invitation part")
    theirs = open_context(browser, live, viewport=NARROW, has_touch=True, is_mobile=True).new_page()
    sign_in(theirs, seller)
    theirs.goto(link_in(live.letter(seller.email), "/rejoindre/"))
    press(theirs, "Rejoindre l'équipe", "Bienvenue dans l'équipe")
    theirs.goto("/gestion/ouvrir")
    theirs.get_by_label("Nom de la boutique").fill("La Brouette")
    theirs.get_by_label("Fleuriste").check()
    theirs.get_by_label("Code postal").fill("86000")
    press(theirs, "Ouvrir la boutique", "La Brouette")
    theirs.get_by_role("button", name="Changer").tap()
    press(theirs, shop.name, "Aujourd'hui")
    expect(theirs.get_by_role("banner").get_by_text(shop.name)).to_be_visible()
    page.goto("/gestion/equipe")
    page.get_by_role("button", name="Retirer vendeur du samedi de l'équipe").tap()
    expect(page.get_by_text("ne fait plus partie de l'équipe")).to_be_visible()
    page.goto("/gestion/journal")
    expect(page.get_by_role("main")).to_contain_text("vendeur du samedi")
    theirs.context.close()


@pytest.fixture
def honey(shop: Shop) -> Product:
    """A counted article."""
    return make.a_product(shop, name="Miel de tournesol", stock_of=12)


def a_photo(folder: Path, name: str) -> Path:
    """What a telephone might send."""
    path = folder / name
    Image.effect_noise((900, 600), 40).convert("RGB").save(path, "JPEG")
    return path


def test_the_photographs_of_an_article(page: Page, honey: Product, tmp_path: Path) -> None:
    here = f"/gestion/articles/{honey.id}"
    page.goto(here)
    for name in ("pot.jpg", "dos.jpg"):
        page.locator("input[type=file]").first.set_input_files(a_photo(tmp_path, name))
        press(page, "Enregistrer", "C'est enregistré")
    assert honey.pictures.count() == 2
    unfold(page, "Photo 2")
    press(page, "Mettre en premier", "Cette photo vient en premier")
    unfold(page, "Première photo")
    page.get_by_label("Ce qu'on y voit").locator("visible=true").fill("dos du pot")
    page.locator("details[open]").get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("C'est enregistré")).to_be_visible()
    assert honey.pictures.get(view="dos du pot") == honey.pictures.order_by("position").first()
    unfold(page, "Première photo")
    press(page, "Retirer", "La photo est retirée")
    assert honey.pictures.count() == 1


def test_an_article_is_counted_priced_copied_and_taken_away(page: Page, honey: Product) -> None:
    page.goto("/gestion/articles")
    page.get_by_label("Prix de Miel de tournesol").fill("7,90")
    press(page, "Enregistrer les changements", "1 article changé")
    page.goto("/gestion/stock")
    page.get_by_label("Miel de tournesol").fill("30")
    press(page, "Enregistrer", "1 nombre changé")
    page.goto(f"/gestion/articles/{honey.id}")
    press(page, "Retirer de la vente", "est retiré")
    press(page, "Annuler", "est en ligne")
    page.goto(f"/gestion/articles/{honey.id}")
    press(page, "Copier", "Voici une copie")
    press(page, "Supprimer", "est supprimé")
    press(page, "Annuler", "est revenu")
    variant = make.variant_of(honey)
    assert (variant.price, stock.available([variant.id])) == (Decimal("7.90"), {(variant.id, None): 30})
    assert sorted(Product.objects.values_list("status", flat=True)) == ["online", "withdrawn"]


def test_a_table_of_nobodys_system_is_explained_and_its_pictures_asked_for_again(
    page: Page, shop: Shop
) -> None:
    words = "Machin;Truc;Photos\nMiel de tilleul;8,50;miel.jpg\nNougat;6;"
    table = ask.hand_over(shop, io.BytesIO(words.encode()), "maison.csv", Choices(), alone=True, by=SYSTEM)
    ask.look(table)
    page.goto(f"/gestion/articles/importer/{table.id}/changer")
    page.get_by_label("Machin").select_option(label="nom")
    page.get_by_label("Truc").select_option(label="prix TTC")
    press(page, "Regarder encore", "Importer 2 articles")
    press(page, "Importer 2 articles", "1 photo manque")
    unfold(page, "1 photo manque")
    press(page, "Réessayer", "Les photos sont demandées encore une fois")


def a_part(shop: Shop, *names: str) -> ShopOrder:
    """An order of some articles, for today."""
    part = make.an_order(*(make.a_variant(shop, name=name) for name in names)).shop_orders.get()
    ShopOrder.objects.filter(pk=part.pk).update(collect_from=timezone.now())
    return part


def test_an_order_is_put_off_agreed_to_by_telephone_and_cancelled(page: Page, shop: Shop) -> None:
    part = a_part(shop, "Pain", "Miel")
    page.goto(f"/gestion/commandes/{part.id}")
    unfold(page, "Proposer un autre jour")
    press(page, "Proposer ce jour", "Le client est prévenu et dira oui ou non")
    press(page, "Le client est d'accord", "le client est d'accord")
    unfold(page, "Annuler la commande")
    page.get_by_label("Pourquoi").fill("Le four est en panne.")
    press(page, "Annuler la commande", "annulée. Le client est prévenu")
    part.refresh_from_db()
    assert part.state == "cancelled"


def test_what_was_taken_for_a_cancelled_order_goes_back(page: Page, shop: Shop) -> None:
    part = a_part(shop, "Pain")
    prepare.accept(part, by=SYSTEM)
    line = part.lines.get()
    pick.pick(shop, {line.id: line.quantity}, key=uuid.uuid4().hex, by=SYSTEM)
    prepare.cancel(part, by=SYSTEM)
    page.goto("/gestion/preparer")
    page.get_by_role("button", name=re.compile("^C'est remis")).tap()
    expect(page.get_by_text("À remettre en rayon")).to_have_count(0)
    line.refresh_from_db()
    assert not line.picked


def test_a_question_is_closed_opened_again_and_its_asker_blocked(page: Page, shop: Shop) -> None:
    asked = make.a_question(shop)
    page.goto(f"/gestion/questions/{asked.id}")
    more = "Clore, ne plus recevoir, signaler"
    unfold(page, more)
    press(page, "Clore la question", "Question close")
    page.goto(f"/gestion/questions/{asked.id}")
    press(page, "Rouvrir", "La question est rouverte")
    unfold(page, more)
    press(page, "Ne plus recevoir ses messages", "Vous ne recevrez plus ses messages")
    page.goto(f"/gestion/questions/{asked.id}")
    press(page, "Reprendre ses messages", "peut de nouveau vous écrire")
    assert not shop.blocks.exists() and Conversation.objects.exists()
