# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking for a change of many articles; saying yes to what the look showed; wanting it back."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from halles.domain.bulkedits import rules
from halles.domain.bulkedits.actions import walk
from halles.domain.bulkedits.models import BulkEdit, EditedProduct
from halles.domain.bulkedits.rules import STEPS, Asked, State, What
from halles.domain.catalogue.models import Category, Product
from halles.domain.shops.models import Shop
from halles.kernel import outbox
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

FEW = 500  # articles that are gone through while one waits
KEPT = dt.timedelta(days=60)
LOOKS_KEPT = dt.timedelta(days=1)


@transaction.atomic
def look(
    shop: Shop, products: QuerySet[Product], asked: Asked, *, found_by: Mapping[str, str], by: Actor
) -> BulkEdit:
    """Hold a change against some of the shop's articles, to say what would happen. It changes nothing.

    Only the shop's own articles are taken, whatever `products` has, and no deleted ones; `found_by` says how they were found.

    :raises Refused: `bulkedits.none_found`, `bulkedits.category_unknown`, and as `rules.check`.
    """
    rules.check(asked)
    if asked.what == What.CATEGORY and asked.category:
        _check_category(shop, asked.category)
    own = products.filter(shop=shop).exclude(status=Product.Status.DELETED)
    ids = list(own.values_list("pk", flat=True))
    if not ids:
        raise Refused("bulkedits.none_found")
    edit = BulkEdit(shop=shop, asked=rules.as_json(asked), found_by=dict(found_by), total=len(ids))
    edit.actor = by
    edit.save()
    EditedProduct.objects.bulk_create(EditedProduct(of=edit, product_id=pk) for pk in ids)
    _go(edit)
    return edit


@transaction.atomic
def start(edit: BulkEdit, *, by: Actor) -> None:
    """Yes, change what the look showed.

    :raises Refused: `bulkedits.not_now` when it was not looked at, or is running already.
    """
    _begin(edit, State.RUNNING, by)


@transaction.atomic
def undo(edit: BulkEdit, *, by: Actor) -> None:
    """Articles are as they were; those that somebody touched since stay as they are.

    :raises Refused: `bulkedits.not_now`.
    """
    _begin(edit, State.UNDOING, by)


def _begin(edit: BulkEdit, state: State, by: Actor) -> None:
    locked = BulkEdit.objects.select_for_update(of=("self",)).select_related("shop__market").get(pk=edit.pk)
    if state not in STEPS[locked.state]:
        raise Refused("bulkedits.not_now", state=locked.state)
    locked.state, locked.position, locked.actor = state, 0, by
    locked.save()
    _go(locked)
    edit.state = locked.state


def _go(edit: BulkEdit) -> None:
    """Few articles now, many behind the page."""
    if edit.total > FEW:
        outbox.publish("bulkedits.not_finished", edit_id=str(edit.id))
        return
    while walk.step(edit):
        pass


def _check_category(shop: Shop, pk: str) -> None:
    if not Category.objects.filter(market=shop.market_id, pk=pk).exists():
        raise Refused("bulkedits.category_unknown", field="category")


def forget_old() -> None:
    """A change can be taken back for two months; a look that nobody said yes to is forgotten the next day."""
    now = timezone.now()
    BulkEdit.objects.filter(created_at__lt=now - KEPT).delete()
    looks = BulkEdit.objects.filter(state__in=[State.LOOKING, State.LOOKED])
    looks.filter(created_at__lt=now - LOOKS_KEPT).delete()
