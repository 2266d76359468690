# SPDX-License-Identifier: AGPL-3.0-or-later
"""A question to a shop, asked without an account, and the link on which its answer stands."""

import re
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from halles.domain.catalogue import reads as catalogue
from halles.domain.catalogue.models import Product
from halles.domain.conversations import reads
from halles.domain.conversations.actions import say, settle
from halles.domain.conversations.models import MOST_SIGNS, Conversation, Side
from halles.domain.shops.models import Market, Shop
from halles.doors.storefront import common
from halles.doors.storefront.forms import QuestionForm, read_uuid
from halles.doors.ui import limits, threads
from halles.doors.ui.public import personal_page, public_form
from halles.doors.ui.refusals import say as sentence
from halles.kernel.actor import Actor, Kind
from halles.kernel.errors import Refused

SLUG = re.compile(r"[\w-]{1,80}", re.ASCII)
View = Callable[..., HttpResponse]


@personal_page
@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, shop: str) -> HttpResponse:
    """What one wants to know, and where the answer goes."""
    market = common.here(request)
    found = common.shop_or_404(market, shop)
    slug = (request.POST if request.method == "POST" else request.GET).get("article", "")
    product = catalogue.by_slug(found, slug)[0] if SLUG.fullmatch(slug) else None
    key = str(read_uuid(request.POST.get("key", "")) or uuid.uuid4())
    if request.method != "POST":
        return _form_page(request, market, found, product, QuestionForm(), key)
    form = QuestionForm(request.POST)
    if form.is_valid():
        try:
            return _to(_asked(request, found, product, form, key))
        except Refused as refused:
            form.add_error(QuestionForm.FIELD_OF.get(refused.field or ""), sentence(refused))
    return _form_page(request, market, found, product, form, key)


def _asked(
    request: HttpRequest, shop: Shop, product: Product | None, form: QuestionForm, key: str
) -> Conversation:
    def count(conversation: Conversation) -> None:
        """Only what is asked counts: what is refused here was never said."""
        if not limits.allow(request, "question", key=str(conversation.customer_id)):
            raise Refused("conversations.too_many_from_here")
        if not limits.allow(request, "question_to_shop", key=str(shop.id)):
            raise Refused("conversations.shop_is_full")

    contact = form.contact(get_language() or "fr")
    return say.ask(shop, contact, form.cleaned_data["question"], product=product, key=key, last=count)


def _form_page(
    request: HttpRequest, market: Market, shop: Shop, product: Product | None, form: QuestionForm, key: str
) -> HttpResponse:
    article = threads.article(product) if product else None
    context = {"shop": shop, "product": product, "article": article, "form": form, "key": key}
    return common.page(request, "storefront/ask.html", context, market=market)


def of_asker(*methods: str) -> Callable[[View], View]:
    """A page for whoever holds the question's link; an unknown secret leads nowhere."""

    def decorate(view: View) -> View:
        @personal_page
        @public_form
        @require_http_methods(list(methods))
        @wraps(view)
        def found(request: HttpRequest, question: str) -> HttpResponse:
            mine = reads.by_secret(question) if common.SECRET.fullmatch(question) else None
            if mine is None:
                raise Http404
            return view(request, mine)

        return found

    return decorate


@of_asker("GET", "HEAD", "POST")
def question(request: HttpRequest, mine: Conversation) -> HttpResponse:
    """What was said so far, and a field to write back."""
    if request.method != "POST":
        return _thread_page(request, mine)
    typed = request.POST.get("message", "")
    key = str(read_uuid(request.POST.get("key", "")) or uuid.uuid4())

    def count(conversation: Conversation) -> None:
        if not limits.allow(request, "question_reply", key=str(conversation.id)):
            raise Refused("conversations.too_many_replies")

    try:
        say.reply(mine, typed, key=key, last=count)
    except Refused as refused:
        mine.refresh_from_db(fields=["state", "closed_by"])
        return _thread_page(request, mine, typed=typed, trouble=sentence(refused), key=key)
    return _to(mine)


@of_asker("POST")
def close(request: HttpRequest, mine: Conversation) -> HttpResponse:
    """She needs no more, or never asked: the shop writes to her no more."""
    settle.close(mine, Side.CUSTOMER, by=_her(mine))
    return _to(mine)


@of_asker("POST")
def report(request: HttpRequest, mine: Conversation) -> HttpResponse:
    """The market's team is asked to look."""
    settle.report(mine, Side.CUSTOMER, by=_her(mine))
    return _to(mine)


def _her(mine: Conversation) -> Actor:
    return Actor(Kind.CUSTOMER, str(mine.customer_id))


def _to(mine: Conversation) -> HttpResponse:
    return HttpResponse(status=303, headers={"Location": reverse("storefront:question", args=[mine.secret])})


def _thread_page(
    request: HttpRequest, mine: Conversation, *, typed: str = "", trouble: str = "", key: str = ""
) -> HttpResponse:
    closed_by_shop = mine.closed_by == Side.SHOP
    context: dict[str, Any] = {
        "question": mine,
        "shop": mine.shop,
        "article": threads.article(mine.product) if mine.product else None,
        "bubbles": threads.bubbles(mine, reads.thread(mine), Side.CUSTOMER),
        "typed": typed[: 2 * MOST_SIGNS],
        "trouble": trouble,
        "key": key or uuid.uuid4(),
        "most": MOST_SIGNS,
        "is_blocked": closed_by_shop and reads.is_blocked(mine.shop_id, mine.customer_id),
    }
    return common.page(request, "storefront/question.html", context, market=mine.shop.market)
