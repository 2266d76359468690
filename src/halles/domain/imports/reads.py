# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading imports, always within a shop or by their id."""

import uuid

from django.db.models import QuerySet

from halles.domain.catalogue.models import Before
from halles.domain.imports.models import Import, ImportedProduct, PictureWish
from halles.domain.shops.models import Shop
from halles.kernel.actor import Kind


def by_id(pk: uuid.UUID | str) -> Import | None:
    """An import with its shop, for those who work on it. One query."""
    return Import.objects.select_related("shop__market").filter(pk=pk).first()


def of_shop(shop: Shop) -> QuerySet[Import]:
    """A shop's imports, the newest first."""
    return Import.objects.filter(shop=shop).select_related("shop__market")


def pictures_left(import_: Import) -> dict[str, int]:
    """How many pictures wait, came, or could not be had. Three queries."""
    return {state: import_.wishes.filter(state=state).count() for state in PictureWish.State.values}


def in_shop(shop: Shop, pk: uuid.UUID) -> Import | None:
    """An import of this shop. One query."""
    return of_shop(shop).filter(pk=pk).first()


def pictures_missing(import_: Import) -> QuerySet[PictureWish]:
    """The pictures that could not be had, with their articles. One query."""
    return import_.wishes.filter(state=PictureWish.State.FAILED).select_related("product")


def matched_by_hand(shop: Shop) -> QuerySet[Import]:
    """A shop's imports whose columns somebody matched, the newest first."""
    return of_shop(shop).filter(choices__has_key="columns")


def kept_of(import_: Import) -> QuerySet[ImportedProduct]:
    """What an undoing left as it is, since somebody touched it, with the articles. One query."""
    return import_.products.filter(back=Before.Back.KEPT).select_related("product").order_by("product__name")


def undone_so_far(import_: Import) -> tuple[int, int]:
    """How many articles an undoing is through with, and of how many. Two queries."""
    return import_.products.exclude(back=Before.Back.WAITING).count(), import_.products.count()


def unfinished(shop: Shop, file_name: str) -> QuerySet[Import]:
    """Imports of such a file that nobody works on any more: those of a command that was stopped. One query."""
    begun = [Import.State.LOOKING, Import.State.RUNNING]
    return of_shop(shop).filter(file_name=file_name, actor_kind=Kind.SYSTEM, state__in=begun)
