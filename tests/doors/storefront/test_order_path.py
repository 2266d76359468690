# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a product page to the order's link, through the real pages and without a script."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue.actions import VariantFacts
from halles.domain.catalogue.models import Product, Variant
from halles.domain.customers.models import Customer
from halles.domain.orders import reads as orders
from halles.domain.orders.actions import later, prepare, settle
from halles.domain.orders.actions.note import NotedLine
from halles.domain.orders.models import Basket, BasketLine, Order, ShopOrder
from halles.domain.orders.rules import IfMissing, State
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.doors.ui import formats, order_links
from halles.kernel.actor import SYSTEM
from halles.kernel.units import Unit

pytestmark = pytest.mark.django_db

CONTACT = {"nom": "Cliente", "courriel": "cliente@example.org", "telephone": ""}


def add(browser: Client, variant: Variant, quantity: str = "1", **more: str) -> Any:
    return browser.post(reverse("storefront:basket"), {"variante": variant.id, "quantite": quantity} | more)


def lines(browser: Client) -> list[Any]:
    basket = Basket.objects.get(secret=browser.cookies["panier"].value)
    return list(basket.lines.select_related("variant__product"))


def basket_form(browser: Client, **changed: str) -> dict[str, str]:
    """What the basket's form would send if nothing but `changed` was touched."""
    form: dict[str, str] = {"jour": "", "heure": ""}
    for line in lines(browser):
        form |= {
            **_amount(line),
            f"note-{line.id}": line.note,
            f"absent-{line.id}": line.if_missing,
        }
    return form | changed


def _amount(line: BasketLine) -> dict[str, str]:
    if line.portions:
        return {f"parts-{line.id}": str(line.portions)}
    factor = 1000 if line.variant.product.unit == Unit.KILOGRAM else 1
    return {f"quantite-{line.id}": f"{(line.quantity * factor).normalize():f}"}


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def checkout(browser: Client, **typed: str) -> Any:
    """Open the page, fill it in, press the button."""
    page = browser.get(reverse("storefront:checkout"))
    assert page.status_code == 200, page
    return browser.post(reverse("storefront:checkout"), hidden(page.content.decode()) | CONTACT | typed)


def text(response: Any) -> str:
    """A page's words, as they are read."""
    words = re.sub(r"<(script|style|svg)[^>]*>.*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return " ".join(words.replace("&#x27;", "'").replace("\u202f", " ").replace("\xa0", " ").split())


def test_one_basket_over_two_shops_becomes_one_order(browser: Client) -> None:
    market = factories.a_market()
    cheese = factories.a_variant(
        factories.a_shop(market, name="Fromagerie"), name="Comté", price=Decimal("24.80"), unit=Unit.KILOGRAM
    )
    bread = factories.a_variant(
        factories.a_shop(market, name="Boulangerie"), name="Pain complet", price=Decimal("4.10")
    )

    added = add(browser, cheese, "250", note="tranché")
    assert (added.status_code, added["Location"]) == (303, "/panier")
    assert added.cookies["panier"]["httponly"] and added.cookies["panier"]["samesite"] == "Lax"
    assert not added.cookies["panier"]["max-age"]  # ends with the browser
    assert add(browser, bread, "2").cookies["panier_n"].value == "2"

    page = text(browser.get("/panier"))
    assert page.index("Quand passez-vous ?") < page.index("Comté")
    assert "6,20 €" in page and "8,20 €" in page and "14,40 €" in page

    first = lines(browser)[0]
    tomorrow = factories.tomorrow()
    posted = browser.post("/panier", basket_form(browser, **{
        f"quantite-{first.id}": "500", f"absent-{first.id}": IfMissing.REMOVE, "jour": tomorrow.isoformat(), "heure": "10:30", "commander": "1"
    }))  # fmt: skip
    assert (posted.status_code, posted["Location"]) == (303, "/panier/commander")
    page = text(browser.get("/panier/commander"))
    assert "Réserver, je paie à la boutique" in page and "20,60 €" in page and "« tranché »" in page

    done = checkout(browser)
    order = Order.objects.get()
    assert (done.status_code, done["Location"]) == (303, f"/commande/{order.secret}")
    assert done.cookies["panier"]["max-age"] == 0
    parts = {part.shop.name: part for part in order.shop_orders.all()}
    assert {name: part.total for name, part in parts.items()} == {
        "Fromagerie": Decimal("12.40"),
        "Boulangerie": Decimal("8.20"),
    }
    assert timezone.localtime(parts["Boulangerie"].collect_from).time() == dt.time(10, 30)
    assert parts["Fromagerie"].lines.get().if_missing == IfMissing.REMOVE

    page = text(browser.get(done["Location"]))
    for said in (
        "Réservée",
        "Remise",
        parts["Fromagerie"].code,
        "demain, de 10 h 30",
        "Pas encore confirmée",
        "Commande passée",
    ):
        assert said.lower() in page.lower(), said


def test_pressed_twice_reloaded_or_unanswered_it_is_one_order(browser: Client) -> None:
    add(browser, factories.a_variant(stock_of=5))
    cookie = browser.cookies["panier"].value
    form = hidden(browser.get("/panier/commander").content.decode()) | CONTACT
    first = browser.post("/panier/commander", form)
    again = browser.post("/panier/commander", form)  # reloaded: the cookie is gone, the key is not
    browser.cookies["panier"] = cookie
    unanswered = browser.post("/panier/commander", form | {"key": str(uuid.uuid4()), "nom": "Autre nom"})
    assert first["Location"] == again["Location"] == unanswered["Location"]
    assert Order.objects.count() == ShopOrder.objects.count() == 1


def test_the_second_neighbour_is_told_and_keeps_the_rest() -> None:
    shop = factories.a_shop()
    last, other = (
        factories.a_variant(shop, name="Dernier vase", stock_of=1),
        factories.a_variant(shop, name="Tasse"),
    )
    one, two = (Client(headers={"Sec-Fetch-Site": "same-origin"}) for _ in range(2))
    add(one, last)
    add(two, last)
    add(two, other)
    form = (
        hidden(two.get("/panier/commander").content.decode())
        | CONTACT
        | {"nom": "Deuxième", "courriel": "deux@example.org"}
    )
    assert checkout(one).status_code == 303
    told = two.post("/panier/commander", form)
    assert told.status_code == 200
    page = text(told)
    assert "Il n'en reste plus" in page or "Épuisé depuis" in page
    assert "Tasse" in page and 'value="Deuxième"' in told.content.decode()
    gone = next(line for line in lines(two) if line.variant_id == last.id)
    two.post("/panier", basket_form(two, retirer=str(gone.id)))
    assert checkout(two).status_code == 303
    assert Order.objects.count() == 2


def test_a_house_that_orders_much_confirms_first(browser: Client) -> None:
    variant = factories.a_variant(stock_of=100)

    def order(contact: str, at: str = "192.0.2.7") -> Any:
        visitor = Client(headers={"Sec-Fetch-Site": "same-origin"}, REMOTE_ADDR=at)
        add(visitor, variant)
        return checkout(visitor, courriel=contact)

    wrong = [order("pas une adresse") for _ in range(3)]
    assert {answer.status_code for answer in wrong} == {200}  # what places nothing does not count
    assert {order(f"cliente{n}@example.org").status_code for n in range(10)} == {303}
    told = order("cliente10@example.org")
    assert told.status_code == 200 and "réessayez dans une demi-heure" in text(told)
    assert 'value="cliente10@example.org"' in told.content.decode()
    assert Order.objects.count() == 10 and not Customer.objects.filter(email="cliente10@example.org").exists()
    assert order("cliente11@example.org", at="192.0.2.8").status_code == 303
    prepare.confirm(Order.objects.get(email="cliente3@example.org"), by=SYSTEM)
    assert order("cliente3@example.org").status_code == 303  # who has proved real is not hindered


def test_two_are_left_and_one_press_takes_them(browser: Client) -> None:
    add(browser, factories.a_variant(stock_of=2), "3")
    page = browser.get("/panier")
    assert "Il n'en reste que 2" in text(page)
    line = lines(browser)[0]
    refused = browser.post("/panier", basket_form(browser, commander="1"))
    assert refused["Location"] == "/panier"
    browser.post("/panier", basket_form(browser, prendre=str(line.id)))
    assert lines(browser)[0].quantity == 2
    assert checkout(browser).status_code == 303


def test_a_price_that_changed_meanwhile_is_told(browser: Client) -> None:
    variant = factories.a_variant(price=Decimal("4.00"))
    add(browser, variant)
    form = hidden(browser.get("/panier/commander").content.decode()) | CONTACT
    catalogue.set_price(variant, Decimal("4.50"), by=SYSTEM)
    told = browser.post("/panier/commander", form)
    assert "Le prix a changé : 4,50 € au lieu de 4,00 €" in text(told)
    assert "Quelque chose a changé" in text(told)
    assert Order.objects.count() == 0
    assert browser.post("/panier/commander", hidden(told.content.decode()) | CONTACT).status_code == 303
    assert ShopOrder.objects.get().total == Decimal("4.50")


def test_a_shop_that_stops_taking_orders_is_told_in_the_basket(browser: Client) -> None:
    variant = factories.a_variant()
    add(browser, variant)
    Shop.objects.update(takes_orders=False)
    assert "ne prend pas de commande" in text(browser.get("/panier"))
    assert "Revoir le panier" in text(browser.get("/panier/commander"))


def test_sizes_and_colours_are_chosen_without_a_script(browser: Client) -> None:
    shop = factories.a_shop()
    product = factories.a_product(
        shop,
        name="Marinière",
        variants=[
            VariantFacts(size="M", colour="bleu"),
            VariantFacts(size="L", colour="bleu", price=Decimal(55)),
        ],
    )
    medium, large = product.variants.order_by("position")
    catalogue.set_sold_out([medium], True, by=SYSTEM)
    page = browser.get(reverse("storefront:product", args=[shop.slug, product.slug])).content.decode()
    assert re.search(rf'value="{medium.id}"[^>]*disabled', page)
    none = browser.post("/panier", {"article": product.id, "variante": "", "quantite": "2", "note": "cadeau"})
    assert "Choisissez d'abord une taille" in text(none) and 'value="cadeau"' in none.content.decode()
    assert add(browser, large).status_code == 303
    assert "L · bleu" in text(browser.get("/panier"))


def test_confirmed_only_by_the_letters_link(browser: Client) -> None:
    add(browser, factories.a_variant())
    checkout(browser)
    order = Order.objects.get()
    address = reverse("storefront:confirm", args=[order.secret, order_links.confirm_token(order)])
    assert browser.get(address).status_code == 200  # a machine that opens letters confirms nothing
    assert order.shop_orders.get().state == State.UNCONFIRMED
    other = factories.an_order()
    for wrong in ("nonsense", "a:b:c", order_links.confirm_token(other)):
        assert browser.post(reverse("storefront:confirm", args=[order.secret, wrong])).status_code == 404
    assert browser.post(address)["Location"] == f"/commande/{order.secret}"
    assert order.shop_orders.get().state == State.PLACED
    assert browser.get(address).status_code == 303


def test_what_the_shop_proposes_is_shown_and_agreed(browser: Client) -> None:
    order = factories.an_order(factories.a_variant(name="Œufs", price=Decimal("0.40")), quantity=12)
    part = order.shop_orders.get()
    settle.settle(part, [settle.LineChange(part.lines.get().id, Decimal(6))], by=SYSTEM)
    page = text(browser.get(f"/commande/{order.secret}"))
    assert "12 × Œufs 6 × Œufs" in page and "2,40 € au lieu de 4,80 €" in page
    assert "Non, annuler cette commande" in page
    browser.post(reverse("storefront:agree", args=[order.secret]), {"part": part.id})
    part.refresh_from_db()
    assert part.state == State.ACCEPTED


def test_one_good_is_declined_and_the_rest_stands(browser: Client) -> None:
    shop = factories.a_shop()
    kept, less = (factories.a_variant(shop, stock_of=9, price=Decimal(2)) for _ in range(2))
    order = factories.an_order(kept, less, quantity=4)
    part = order.shop_orders.get()
    line = part.lines.get(variant=less)
    settle.settle(part, [settle.LineChange(line.id, Decimal(3))], by=SYSTEM)
    typed = {"part": part.id, "line": line.id}
    decline = reverse("storefront:decline", args=[order.secret])
    assert browser.post(decline, {"part": part.id, "line": "1"}).status_code == 404
    assert browser.post(decline, typed)["Location"] == f"/commande/{order.secret}"
    part.refresh_from_db()
    assert (part.state, part.total) == (State.ACCEPTED, 8)
    assert "Ce n'est plus possible" in text(browser.post(decline, typed))


def test_another_day_is_told_beside_the_first(browser: Client) -> None:
    order = factories.an_order()
    part = order.shop_orders.get()
    window = orders.next_times(part.shop, [part])[part.id][1]
    later.postpone(part, window, by=SYSTEM)
    page = text(browser.get(f"/commande/{order.secret}"))
    assert "vous propose un autre jour" in page and formats.day(window.start) in page.lower()
    browser.post(reverse("storefront:agree", args=[order.secret]), {"part": part.id})
    assert "vous propose" not in text(browser.get(f"/commande/{order.secret}"))


def test_changed_and_cancelled_from_the_link_until_it_is_ready(browser: Client) -> None:
    order = factories.an_order(factories.a_variant(stock_of=5), quantity=2)
    part = order.shop_orders.get()
    line = part.lines.get()
    change = reverse("storefront:change", args=[order.secret])
    assert "Il n'en reste que 5" in text(browser.post(change, {"part": part.id, f"quantite-{line.id}": "9"}))
    wrong = browser.post(change, {"part": part.id, f"quantite-{line.id}": "1,5"})
    assert "Cette quantité n'est pas possible" in text(wrong) and 'value="1,5"' in wrong.content.decode()
    assert browser.post(change, {"part": part.id, f"quantite-{line.id}": "4"}).status_code == 303
    part.refresh_from_db()
    assert part.total == 4 * line.unit_price
    cancel = reverse("storefront:cancel", args=[order.secret])
    assert "Oui, annuler" in text(browser.get(f"{cancel}?chez={part.id}"))
    prepare.accept(part, by=SYSTEM)
    prepare.ready(part, by=SYSTEM)
    assert "Ce n'est plus possible : la commande est prête" in text(browser.post(cancel, {"part": part.id}))
    second = factories.an_order()
    browser.post(reverse("storefront:cancel", args=[second.secret]), {"part": second.shop_orders.get().id})
    assert second.shop_orders.get().state == State.CANCELLED


def test_another_order_is_out_of_reach(browser: Client) -> None:
    mine, other = factories.an_order(), factories.an_order()
    theirs = other.shop_orders.get()
    for name in ("cancel", "agree", "change"):
        answer = browser.post(reverse(f"storefront:{name}", args=[mine.secret]), {"part": theirs.id})
        assert answer.status_code == 404, name
    assert browser.get(f"/commande/{mine.secret[:-1]}").status_code == 404
    page = browser.get(f"/commande/{mine.secret}")
    assert page["Cache-Control"] == "private, no-store" or "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex" and len(mine.secret) >= 32


def test_a_post_from_elsewhere_does_nothing() -> None:
    variant = factories.a_variant()
    stranger = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert add(stranger, variant).status_code == 403
    silent = Client(enforce_csrf_checks=True)
    asked = add(silent, variant, note="gardé")
    assert 'value="gardé"' in asked.content.decode() and Basket.objects.count() == 0
    assert silent.post("/panier", hidden(asked.content.decode())).status_code == 303
    assert Basket.objects.count() == 1


def test_terms_say_who_sells_and_are_the_words_of_the_page(browser: Client) -> None:
    shop = factories.a_shop()
    owner = SYSTEM
    shops.identify(
        shop,
        legal_name="Dame du coin",
        siret=factories.SIRET,
        vat_regime=Shop.VatRegime.FRANCHISE,
        vat_number="",
        mediator="CM2C, Paris",
        by=owner,
    )
    add(browser, factories.a_variant(shop))
    checkout(browser)
    kept = ShopOrder.objects.get().terms.text
    for said in ("Dame du coin", "TVA non applicable, art. 293 B du CGI", "CM2C, Paris", "sans obligation"):
        assert said in kept
    page = text(browser.get(reverse("storefront:conditions", args=[shop.slug])))
    assert " ".join(kept.split()) in page


def test_a_past_order_goes_into_the_basket_again_and_what_cannot_is_told(browser: Client) -> None:
    shop = factories.a_shop()
    bread, gone, other = (
        factories.a_variant(shop, name=name, price=Decimal(4)) for name in ("Pain", "Tourte", "Sel")
    )
    part = factories.note_order(shop, bread, gone, NotedLine(Decimal(1), name="Gâteau pour huit"))
    page = reverse("storefront:order", args=[part.order.secret])
    seen = text(browser.get(page))
    assert "Gâteau pour huit" in seen and "prix à voir" in seen and "Notée par la boutique" in seen
    catalogue.set_status(gone.product, Product.Status.WITHDRAWN, by=SYSTEM)
    catalogue.set_price(bread, Decimal("4.50"), by=SYSTEM)
    add(browser, other)
    for _press in range(2):
        answer = browser.get(browser.post(f"{page}/refaire")["Location"])
        assert {line.variant.product.name: line.quantity for line in lines(browser)} == {"Sel": 1, "Pain": 1}
    told = text(answer)
    assert "Votre commande est de nouveau dans le panier. Ce qui y était déjà y est resté." in told
    assert "Tourte · n'est plus en vente" in told
    assert "Gâteau pour huit · noté avec les mots de la boutique" in told
    assert "Pain · 4,50 € au lieu de 4,00 €" in told
    assert browser.get("/panier?refait=inconnu").status_code == 200


def test_an_order_in_the_shops_words_only_is_not_redone_by_the_customer() -> None:
    stranger = Client(headers={"Sec-Fetch-Site": "same-origin"})
    part = factories.note_order(factories.a_shop(), NotedLine(Decimal(1), name="Gâteau pour huit"))
    page = reverse("storefront:order", args=[part.order.secret])
    assert "téléphonez-lui pour la refaire" in text(stranger.get(page))
    answer = stranger.get(stranger.post(f"{page}/refaire")["Location"])
    assert "panier" not in stranger.cookies and "Votre panier est vide" in text(answer)


def test_the_basket_with_what_was_redone_in_a_constant_number_of_queries(
    browser: Client, django_assert_max_num_queries: Any
) -> None:
    shop = factories.a_shop()
    for number in (2, 9):
        order = factories.an_order(*(factories.a_variant(shop) for _ in range(number)))
        answer = browser.post(reverse("storefront:again", args=[order.secret]))
        with django_assert_max_num_queries(15):
            assert browser.get(answer["Location"]).status_code == 200
