# SPDX-License-Identifier: AGPL-3.0-or-later
"""One article: photographed, named, priced and published in a minute; everything else can come later."""

import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from decimal import Decimal
from typing import IO, Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from halles.domain.catalogue import actions, pictures, rules, shelf
from halles.domain.catalogue.models import Availability, Product
from halles.domain.catalogue.pictures import Prepared
from halles.domain.shops.models import Shop
from halles.domain.shops.reads import Right
from halles.domain.stock import actions as stock
from halles.domain.stock import reads as stock_reads
from halles.doors.backoffice import known, photos
from halles.doors.backoffice.access import ShopRequest, done, not_done, page, shop_page, shop_step
from halles.doors.backoffice.forms.cells import Cell
from halles.doors.backoffice.forms.fields import ContentInput, MoneyInput, refuse
from halles.doors.backoffice.forms.product import ProductForm
from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

Status = Product.Status


def own(request: ShopRequest, product_id: uuid.UUID) -> Product:
    """The shop's own article, or no page."""
    product = shelf.product(request.shop, product_id)
    if product is None:
        raise Http404
    return product


@shop_page(Right.CATALOGUE)
def new(request: ShopRequest) -> HttpResponse:
    """A photograph, a name, a price: online."""
    if request.method != "POST":
        return _form_page(request, ProductForm(shop=request.shop))
    if "look_up" in request.POST:
        return _filled_in(request)
    form = ProductForm(request.POST, request.FILES, shop=request.shop)
    product = _created(request, form)
    if product is None:
        return _form_page(request, form)
    if product.status == Status.ONLINE:
        undo = _undo_address(product, "withdraw")
        words = _published(request.shop) % {"name": product.name}
        return done(
            request,
            words,
            *_next(product, "backoffice:products"),
            undo=undo,
            **_to_publish(request.shop, product),
        )
    words = _("« %(name)s » est gardé comme brouillon.") % {"name": product.name}
    return done(request, words, *_next(product, "backoffice:product", product.id))


@shop_page(Right.CATALOGUE, methods=("GET",))
def look_up(request: ShopRequest) -> HttpResponse:
    """What is known of the code that is being typed."""
    found = known.look_up(request.shop, request.GET.get("gtin", ""))
    return render(request, "backoffice/parts/known.html", {"found": found})


def _filled_in(request: ShopRequest) -> HttpResponse:
    """The form once more, with what is known of its code where nothing was written; a neighbour's photograph if there is none."""
    found = known.look_up(request.shop, request.POST.get("gtin", ""))
    data = known.filled(request.shop, request.POST, found.proposal) if found.proposal else request.POST
    form = ProductForm(data, request.FILES, shop=request.shop, is_judged=False)
    sent: list[IO[bytes]] = request.FILES.getlist("photos")  # type: ignore[assignment]
    lent = (
        found.proposal.picture if found.proposal and not sent and not request.POST.getlist("kept") else None
    )
    with ExitStack() as opened:
        if lent and pictures.original_of(lent).exists():
            sent = [opened.enter_context(pictures.original_of(lent).open("rb"))]
        _ready, refused = photos.prepared(request, sent)
    if refused:
        form.add_error("photos", say(refused))
    if found.proposal and not data.get("price"):
        form.fields["price"].widget.attrs["autofocus"] = True  # what is still missing
    return _form_page(request, form, found=found)


@shop_page(Right.CATALOGUE)
def edit(request: ShopRequest, product_id: uuid.UUID) -> HttpResponse:
    """Everything that is said of an article."""
    product = own(request, product_id)
    if request.method != "POST":
        return _form_page(request, ProductForm(shop=request.shop, product=product), product)
    form = ProductForm(request.POST, request.FILES, shop=request.shop, product=product)
    if not _changed(request, form, product):
        return _form_page(request, form, own(request, product_id))
    product.refresh_from_db()
    return done(request, _("C'est enregistré."), *_next(product, "backoffice:product", product.id))


def _next(product: Product, *usual: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """On to count sizes and colours nobody has counted yet, else where one usually goes."""
    ids = list(product.variants.filter(archived=False).values_list("id", flat=True))
    if product.availability != Availability.COUNTED or len(stock_reads.levels(ids)) == len(ids):
        return usual
    return (f"{reverse('backoffice:stock')}?{urlencode({'q': product.name})}",)


def _to_publish(shop: Shop, product: Product) -> dict[str, str]:
    """What one may do next with an article that the town sees: tell of it."""
    if not (product.status == Status.ONLINE and shop.standing == Shop.Standing.ONLINE):
        return {}
    return {"href": f"{reverse('backoffice:publish_post')}?article={product.id}", "act": _("Publier")}


def _published(shop: Shop) -> str:
    """How one says that an article is online, in a shop that may not be yet."""
    match shop.standing:
        case Shop.Standing.ONLINE:
            return _("« %(name)s » est en ligne.")
        case Shop.Standing.WAITING:
            return _("« %(name)s » est prêt : visible quand l'équipe du marché aura dit oui.")
        case _other:
            return _("« %(name)s » est prêt : visible quand la boutique sera en ligne.")


@shop_step(Right.CATALOGUE)
def step(request: ShopRequest, product_id: uuid.UUID, to: str) -> HttpResponse:
    """Online, withdrawn, deleted or put back, each undone by another."""
    product = own(request, product_id)
    status, words, undo = _steps(request.shop)[to]
    try:
        actions.set_status(product, status, by=request.actor)
    except Refused as refused:
        return not_done(request, say(refused), "backoffice:product", product.id)
    said = words % {"name": product.name}
    back = request.POST.get("back") == "product" and to != "delete"
    where = ("backoffice:product", product.id) if back else ("backoffice:products",)
    return done(
        request, said, *where, undo=_undo_address(product, undo), **_to_publish(request.shop, product)
    )


def _steps(shop: Shop) -> dict[str, tuple[Product.Status, str, str]]:
    """What each step makes of an article, how it is said, what undoes it."""
    return {
        "publish": (Status.ONLINE, _published(shop), "withdraw"),
        "withdraw": (Status.WITHDRAWN, _("« %(name)s » est retiré."), "publish"),
        "delete": (Status.DELETED, _("« %(name)s » est supprimé."), "restore"),
        "restore": (Status.WITHDRAWN, _("« %(name)s » est revenu, retiré de la vente."), "delete"),
    }


@shop_step(Right.CATALOGUE)
def duplicate(request: ShopRequest, product_id: uuid.UUID) -> HttpResponse:
    """A draft like this one."""
    copy = actions.duplicate(own(request, product_id), by=request.actor)
    words = _("Voici une copie de « %(name)s », en brouillon.") % {"name": copy.name}
    return done(request, words, "backoffice:product", copy.id)


@shop_page(Right.CATALOGUE, methods=("GET",))
def preview(request: ShopRequest) -> HttpResponse:
    """What follows from what is being typed: the price per kilo, the sort and its VAT."""
    form = ProductForm(request.GET, shop=request.shop)
    context = {"per": _per_unit(request), "proposed": form.holds()["kind"], "changed": True}
    return render(request, "backoffice/parts/proposals.html", context)


def _per_unit(request: ShopRequest) -> str:
    try:
        price = MoneyInput(required=False).clean(request.GET.get("price", ""))
        content, unit = ContentInput(required=False).clean(request.GET.get("content", ""))
    except ValidationError:
        return ""
    found = rules.comparable_price(price or Decimal(0), request.GET.get("unit", ""), content, unit)
    return formats.per_unit(*found) if found and price else ""


@shop_page(Right.CATALOGUE, methods=("GET",))
def grid(request: ShopRequest) -> HttpResponse:
    """The empty grid of the sizes and colours typed so far."""
    typed = {name: request.GET.get(name, "") for name in ("sizes", "colours")}
    form = ProductForm(shop=request.shop)
    cells: list[Cell] = []
    try:
        sizes, colours = (form.fields[name].clean(typed[name]) or [""] for name in ("sizes", "colours"))
        if (sizes, colours) != ([""], [""]):
            cells = [Cell(size, colour) for size in sizes for colour in colours][:100]
    except ValidationError:
        cells = []
    return render(request, "backoffice/parts/grid.html", {"grid": cells})


def _form_page(
    request: ShopRequest, form: ProductForm, product: Product | None = None, found: known.Found | None = None
) -> HttpResponse:
    variants = product.choices if product else []
    level = stock_reads.levels([variants[0].id]).get((variants[0].id, None)) if len(variants) == 1 else None
    kept = photos.waiting(request) if form.is_bound else []
    context = {"form": form, "product": product, "level": level, "kept": kept, "found": found, "taken": True}
    return page(request, "product", "products", context)


def _created(request: ShopRequest, form: ProductForm) -> Product | None:
    """The new article with its photographs, or nothing and the form says why."""
    return _written(request, form, lambda: actions.create(request.shop, form.facts(), by=request.actor))


def _changed(request: ShopRequest, form: ProductForm, product: Product) -> bool:
    """Whether the changes are written; else the form says why."""
    return bool(_written(request, form, lambda: actions.change(product, form.facts(), by=request.actor)))


def _written(request: ShopRequest, form: ProductForm, write: Callable[[], Product]) -> Product | None:
    """All or nothing; photographs are made before any row is touched, and wait if nothing is written."""
    prepared, refused = photos.prepared(request, form.files.getlist("photos"))
    if refused:
        form.add_error("photos", say(refused))
    if not (form.is_valid() and form.grid_is_valid()):
        return None
    try:
        with transaction.atomic():
            product = write()
            _complete(product, form, prepared, by=request.actor)
            if "publish" in request.POST:
                actions.set_status(product, Status.ONLINE, by=request.actor)
    except Refused as refusal:
        _refuse(form, refusal)
        return None
    photos.used(request)
    return product


def _complete(product: Product, form: ProductForm, prepared: Sequence[Prepared], *, by: Actor) -> None:
    form.write_service(product, by=by)
    for picture in prepared:
        pictures.attach(product, picture, by=by)
    counted = form.cleaned_data["stock"]
    variants = list(product.variants.filter(archived=False).select_related("product"))
    if counted is not None and product.availability == Availability.COUNTED and len(variants) == 1:
        stock.count(variants[0], counted, by=by)


def _refuse(form: ProductForm, refused: Refused) -> None:
    if refused.field == "photo":
        form.add_error("photos", say(refused))
    else:
        refuse(form, refused)


def _undo_address(product: Product, to: str) -> str:
    return reverse("backoffice:product_step", args=[product.id, to])
