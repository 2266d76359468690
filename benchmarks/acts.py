# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a merchant does all day on the screens of Ma boutique, and a customer on the market's, as a thumb does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

Objects = Mapping[str, Sequence[str]]  # ids of the shop, by the name that a path gives them


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done on one screen; `path` may name ids."""

    name: str
    path: str
    do: Callable[[Page], None]


def tap(*selectors: str) -> Callable[[Page], None]:
    """One after the other: the first of each that is seen."""

    def do(page: Page) -> None:
        for selector in selectors:
            page.locator(f"{selector} >> visible=true").first.tap()
            page.wait_for_timeout(150)

    return do


def write(selector: str, words: str) -> Callable[[Page], None]:
    """Key by key, as fast as a thumb: what answers to the keys does so meanwhile."""

    def do(page: Page) -> None:
        page.locator(f"{selector} >> visible=true").first.tap()
        page.keyboard.type(words, delay=120)
        page.wait_for_timeout(500)

    return do


def both(*acts: Callable[[Page], None]) -> Callable[[Page], None]:
    """One after the other."""

    def do(page: Page) -> None:
        for act in acts:
            act(page)

    return do


def cut(act: Callable[[Page], None]) -> Callable[[Page], None]:
    """The same where there is no network, so that it waits in the device's queue."""

    def do(page: Page) -> None:
        page.context.set_offline(True)
        act(page)

    return do


SIZES = "summary:has-text('Tailles')"
ACTS = [
    Act("aujourd'hui: accepter", "/gestion/", tap("main form[data-act] button")),
    Act("aujourd'hui: fermer les portes", "/gestion/", tap("form.doors button[aria-pressed=false]")),
    Act("commandes: un filtre", "/gestion/commandes", tap("nav.chips a:nth-of-type(4)")),
    Act("commandes: taper un code", "/gestion/commandes", write("#code", "A7-3K9")),
    Act("commande: un pli", "/gestion/commandes/{placed}", tap("main summary")),
    Act("commande: accepter", "/gestion/commandes/{placed}", tap("form[action$='accepter'] button")),
    Act("commande: c'est prêt", "/gestion/commandes/{accepted}", tap("form[action$='prete'] button")),
    Act("à préparer: prendre", "/gestion/preparer", tap("button.pick[aria-pressed=false]", "button.pick")),
    Act("à préparer: pour qui", "/gestion/preparer", tap(".pick-whom summary", ".pick-whom summary")),
    Act("articles: chercher", "/gestion/articles", write("#q", "confiture")),
    Act("articles: épuisé", "/gestion/articles", tap("label.chip.out", "label.chip:not(.out)")),
    Act("articles: un prix", "/gestion/articles", write("input[name^=price-]", "12,50")),
    Act("nouvel article: son nom", "/gestion/articles/nouveau", write("[name=name]", "Confiture de mûre")),
    Act(
        "nouvel article: une taille",
        "/gestion/articles/nouveau",
        both(tap(SIZES), write("[name=sizes]", "S, M, L"), tap("[name=colours]")),
    ),
    Act("compter: un nombre", "/gestion/stock", write(".counting input[name^=n-]", "12")),
    Act("noter: un nom", "/gestion/commandes/noter", write("[name=nom]", "Cliente ba")),
    Act("noter: un article", "/gestion/commandes/noter", tap("button.tap", "button.tap:nth-of-type(2)")),
    Act("noter: chercher", "/gestion/commandes/noter", write("#chercher", "confiture")),
    Act("peser", "/gestion/commandes/{weigh}/peser", write("form.weigh input[id^=w-]", "320")),
    Act("régler: remplacer", "/gestion/commandes/{placed}/regler", tap("label.chip:has-text('Remplacer')")),
    Act(
        "régler: chercher",
        "/gestion/commandes/{placed}/regler",
        both(tap("label.chip:has-text('Remplacer')"), write("input[type=search]", "savon")),
    ),
    Act("question: répondre", "/gestion/questions/{question}", write("#text", "Oui, en bleu.")),
    Act("question: envoyer", "/gestion/questions/{question}", tap("button[name=ready]")),
    Act("horaires: cocher", "/gestion/horaires", tap("label[for=feries]")),
    Act("horaires: un pli", "/gestion/horaires", tap("main summary")),
    Act("aide: ouvrir", "/gestion/", tap(".gestion-help", "#aide [popovertargetaction=hide]")),
    Act("client: chercher", "/recherche", write("#q", "confiture")),
    Act("client: un article de plus", "{article}", tap("[data-step='1']", "[data-step='-1']")),
    Act("client: dans le panier", "{article}", tap("form[action*=panier] button:not([data-step])")),
    Act("sans réseau: prendre", "/gestion/preparer", cut(tap("button.pick", "button.pick"))),
    Act(
        "sans réseau: accepter",
        "/gestion/commandes/{unseen}",
        cut(tap("form[action$='accepter'] button", "#attente summary")),
    ),
]
