# SPDX-License-Identifier: AGPL-3.0-or-later
"""What neighbours ask the shop: the list, one question with all that was said, and the answer, in two taps."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halles.domain.bells import actions as bell_actions
from halles.domain.bells import reads as bells
from halles.domain.catalogue import pictures, shelf
from halles.domain.catalogue.models import Product, Variant
from halles.domain.catalogue.pictures import Prepared
from halles.domain.conversations import reads
from halles.domain.conversations.actions import say, settle
from halles.domain.conversations.models import MOST_SIGNS, Conversation, Side
from halles.domain.shops import actions as shops
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, done, page, shop_page, shop_step
from halles.doors.backoffice.forms.fields import plain
from halles.doors.backoffice.found import named, titled
from halles.doors.backoffice.texts import Texts, to_send
from halles.doors.backoffice.uploads import Trouble, upload_page
from halles.doors.ui import threads
from halles.doors.ui.forms import PhotoInput
from halles.doors.ui.refusals import say as sentence_of
from halles.doors.ui.terms import terms_in
from halles.kernel.errors import Refused

A_PAGE = 30
State = Conversation.State
FILTERS = {"": State.OPEN, "repondues": State.ANSWERED, "closes": State.CLOSED}
# What is answered most, sent in the customer's language.
READY = {
    "yes": gettext_lazy("Oui, nous l'avons."),
    "no": gettext_lazy("Non, désolé."),
    "look": gettext_lazy("Je regarde et je vous réponds."),
}
MORE_FOLLOWS = "look"
KEEP = {"keep": gettext_lazy("Je vous le garde.")}


@dataclass(frozen=True, slots=True)
class Card:
    """One question in a list, for `parts/question_card.html`."""

    id: uuid.UUID
    who: str
    about: str
    words: str
    when: datetime


def cards(found: Iterable[Conversation]) -> list[Card]:
    """Questions as a list shows them."""
    return [
        Card(one.id, one.name, one.product.name if one.product else "", one.words, one.last_at)  # type: ignore[attr-defined]
        for one in found
    ]


def own(request: ShopRequest, conversation_id: uuid.UUID) -> Conversation:
    """The shop's own, or no page."""
    conversation = reads.in_shop(request.shop, conversation_id)
    if conversation is None:
        raise Http404
    return conversation


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def questions(request: ShopRequest) -> HttpResponse:
    """Those that wait, the longest first; those that were answered or closed."""
    chosen = request.GET.get("etat", "")
    chosen = chosen if chosen in FILTERS else ""
    found = reads.of_shop(request.shop, FILTERS[chosen]) if chosen else reads.waiting(request.shop)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    names = {"": _("À répondre"), "repondues": _("Répondues"), "closes": _("Closes")}
    context = {
        "shown": shown,
        "cards": cards(shown.object_list),
        "chosen": chosen,
        "filters": names.items(),
        "takes": request.shop.takes_questions,
    }
    return page(request, "questions", "more", context)


@upload_page(Right.ORDERS, pictures.MOST_BYTES)
def question(request: ShopRequest, conversation_id: uuid.UUID, trouble: Trouble = None) -> HttpResponse:
    """One question and the answer to it."""
    shown = own(request, conversation_id)
    if request.method != "POST":
        if any(call.seen_at is None for call in bells.about([shown.id])):  # whoever looks at it has seen it
            bell_actions.answer(shown.id, by=request.actor)
        return _question_page(request, shown)
    if trouble:
        return _question_page(request, shown, trouble=_too_large(trouble))
    photo: Prepared | None = None
    try:
        if file := request.FILES.get("photo"):
            photo = pictures.prepare_shown(file)
        return _answered(request, shown, photo)
    except Refused as refused:
        if photo:
            pictures.discard(photo)
        shown.refresh_from_db(fields=["state", "closed_by"])
        return _question_page(request, shown, trouble=sentence_of(refused))


def _answered(request: ShopRequest, shown: Conversation, photo: Prepared | None) -> HttpResponse:
    ready, keeps = request.POST.get("ready", ""), request.POST.get("keep", "")
    variant = _chosen(request.shop, keeps or request.POST.get("show", ""))
    if keeps and variant is None:
        raise Refused("conversations.article_gone")
    text = _text(request, shown, "keep" if keeps else ready)
    say.answer(
        shown,
        say.Said(text, photo, variant),
        key=str(_uuid(request.POST.get("key", "")) or uuid.uuid4()),
        by=request.actor,
        more_follows=ready == MORE_FOLLOWS,
        keeps=terms_in(shown.language) if keeps else None,
    )
    if shown.email:
        return done(request, _("Votre réponse est partie."), "backoffice:questions")
    sentence = _("Votre réponse est en ligne. Prévenez-en la personne.")
    return done(request, sentence, "backoffice:question", shown.id)


def _text(request: ShopRequest, shown: Conversation, ready: str) -> str:
    """What was typed, after the ready answer that was pressed."""
    with translation.override(shown.language):
        first = str((READY | KEEP).get(ready, ""))
    return "\n".join(part for part in (first, request.POST.get("text", "")) if part)


def _chosen(shop: Shop, typed: str) -> Variant | None:
    variant_id = _uuid(typed)
    return shelf.variants(shop, [variant_id]).get(variant_id) if variant_id else None


def _uuid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed[:40])
    except ValueError:
        return None


def _too_large(trouble: Refused | OSError) -> str:
    """A photograph that did not arrive."""
    if isinstance(trouble, Refused):
        return sentence_of(Refused("picture.too_big", **trouble.details))
    return sentence_of(Refused("picture.broken"))


def _question_page(request: ShopRequest, shown: Conversation, *, trouble: str = "") -> HttpResponse:
    messages = reads.thread(shown)
    search = plain(request.GET.get("search", ""))[:80]
    context: dict[str, Any] = {
        "question": shown,
        "article": threads.article(shown.product) if shown.product else None,
        "bubbles": threads.bubbles(shown, messages, Side.SHOP),
        "ready": READY.items(),
        "to_keep": _to_keep(shown),
        "typed": request.POST.get("text", "")[: 2 * MOST_SIGNS],
        "trouble": trouble,
        "key": uuid.uuid4(),
        "most": MOST_SIGNS,
        "photo": PhotoInput().render("photo", None, {"id": "photo"}),
        "search": search,
        "found": named(request.shop, search),
        "is_blocked": shown.is_closed and reads.is_blocked(shown.shop_id, shown.customer_id),
        "send": _by_phone(shown),
        "by_phone": not shown.email and any(message.from_shop for message in messages),
    }
    return page(request, "question", "more", context)


def _to_keep(shown: Conversation) -> list[Variant]:
    """What of the article she asks about can be set aside for her, each size and colour."""
    if shown.product is None or shown.product.status == Product.Status.DELETED or shown.is_closed:
        return []
    return titled([variant for variant in shown.product.choices if not variant.sold_out])


def _by_phone(shown: Conversation) -> Texts | None:
    """For somebody who left nothing but a number: ready words with the link, sent from the merchant's own telephone."""
    with translation.override(shown.language):
        said = _("%(shop)s vous a répondu :") % {"shop": shown.shop.name}
        link = settings.ORIGIN + reverse("storefront:question", args=[shown.secret])
    return to_send(shown.phone, said, link)


@shop_page(Right.ORDERS, methods=("GET", "HEAD"))
def articles(request: ShopRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """The shop's articles that bear the words typed: one of them is shown to her."""
    own(request, conversation_id)
    search = plain(request.GET.get("search", ""))[:80]
    found = named(request.shop, search)
    return render(request, "backoffice/parts/question_articles.html", {"found": found, "search": search})


@shop_step(Right.ORDERS)
def close(request: ShopRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Nothing more is to be said."""
    shown = own(request, conversation_id)
    settle.close(shown, Side.SHOP, by=request.actor)
    undo = reverse("backoffice:question_reopen", args=[shown.id])
    return done(request, _("Question close."), "backoffice:questions", undo=undo)


@shop_step(Right.ORDERS)
def reopen(request: ShopRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Closed by mistake."""
    shown = own(request, conversation_id)
    settle.reopen(shown, by=request.actor)
    return done(request, _("La question est rouverte."), "backoffice:question", shown.id)


@shop_step(Right.ORDERS)
def block(request: ShopRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """No more messages from this person."""
    shown = own(request, conversation_id)
    settle.block(shown, by=request.actor)
    undo = reverse("backoffice:question_unblock", args=[shown.id])
    return done(request, _("Vous ne recevrez plus ses messages."), "backoffice:questions", undo=undo)


@shop_step(Right.ORDERS)
def unblock(request: ShopRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """Her messages again."""
    shown = own(request, conversation_id)
    settle.unblock(shown, by=request.actor)
    return done(request, _("Cette personne peut de nouveau vous écrire."), "backoffice:question", shown.id)


@shop_step(Right.ORDERS)
def report(request: ShopRequest, conversation_id: uuid.UUID) -> HttpResponse:
    """The market's team is asked to look at it."""
    shown = own(request, conversation_id)
    settle.report(shown, Side.SHOP, by=request.actor)
    return done(request, _("L'équipe du marché va regarder cet échange."), "backoffice:question", shown.id)


@shop_step(Right.SHOP)
def setting(request: ShopRequest) -> HttpResponse:
    """Whether the shop takes questions at all."""
    takes = request.POST.get("takes") == "yes"
    shops.set_questions(request.shop, takes, by=request.actor)
    said = (
        _("On peut vous poser des questions.")
        if takes
        else _("On ne peut plus vous poser de nouvelle question.")
    )
    return done(request, said, "backoffice:questions")
