# SPDX-License-Identifier: AGPL-3.0-or-later
"""The photographs of an article: which leads, what each shows, which goes."""

import uuid

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from halles.domain.catalogue import pictures
from halles.domain.catalogue.models import Picture, Product
from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, done, shop_step
from halles.doors.backoffice.forms.fields import plain
from halles.doors.backoffice.views.product import own


@shop_step(Right.CATALOGUE)
def first(request: ShopRequest, product_id: uuid.UUID, picture_id: uuid.UUID) -> HttpResponse:
    """This one leads, the others follow."""
    product, picture = _own_picture(request, product_id, picture_id)
    pictures.reorder(product, [picture.id], by=request.actor)
    return done(request, _("Cette photo vient en premier."), "backoffice:product", product.id)


@shop_step(Right.CATALOGUE)
def describe(request: ShopRequest, product_id: uuid.UUID, picture_id: uuid.UUID) -> HttpResponse:
    """What it shows, for those who do not see it."""
    product, picture = _own_picture(request, product_id, picture_id)
    pictures.describe(picture, plain(request.POST.get("view", "")), by=request.actor)
    return done(request, _("C'est enregistré."), "backoffice:product", product.id)


@shop_step(Right.CATALOGUE)
def remove(request: ShopRequest, product_id: uuid.UUID, picture_id: uuid.UUID) -> HttpResponse:
    """It goes."""
    product, picture = _own_picture(request, product_id, picture_id)
    pictures.remove(picture, by=request.actor)
    return done(request, _("La photo est retirée."), "backoffice:product", product.id)


def _own_picture(
    request: ShopRequest, product_id: uuid.UUID, picture_id: uuid.UUID
) -> tuple[Product, Picture]:
    product = own(request, product_id)
    picture = next((picture for picture in product.photos if picture.id == picture_id), None)
    if picture is None:
        raise Http404
    return product, picture
