# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking a mistaken import back, as a whole, as long as nobody touched what it brought."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from halles.domain.catalogue import actions as catalogue
from halles.domain.catalogue import shelf
from halles.domain.catalogue.actions import facts_of
from halles.domain.catalogue.models import Product
from halles.domain.imports import ports, rules
from halles.domain.imports.actions.ask import move
from halles.domain.imports.models import Import, ImportedProduct, KnownAs
from halles.domain.imports.rules import State
from halles.domain.imports.snapshots import facts_from
from halles.domain.journal import actions as journal
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused

NAMED = 5  # so many of the touched articles are named


@transaction.atomic
def undo(import_: Import, *, by: Actor) -> None:
    """New articles are deleted (which keeps their record), changed ones are as they were. Stock that was counted stays.

    :raises Refused: `imports.not_now`, `imports.touched` with how many articles somebody touched since, and some names.
    """
    locked = Import.objects.select_for_update().get(pk=import_.pk)
    move(locked, State.UNDONE)
    done = list(ImportedProduct.objects.filter(of=locked).order_by("pk"))
    products = {
        product.id: product
        for product in shelf.with_choices(Product.objects.filter(pk__in=[one.product_id for one in done]))
    }
    if touched := _touched(done, products):
        raise Refused("imports.touched", count=len(touched), names=[p.name for p in touched[:NAMED]])
    for one in done:
        product = products[one.product_id]
        if one.before is None:
            catalogue.set_status(product, Product.Status.DELETED, by=by)
            continue
        facts, status = facts_from(one.before)
        catalogue.change(product, facts, by=by)
        catalogue.set_status(product, status, by=by)
    KnownAs.objects.filter(shop=locked.shop, system=locked.reader, product__in=products).delete()
    locked.wishes.filter(state="waiting").delete()
    locked.save()
    import_.state = locked.state
    journal.record("imports.undone", locked, by=by, shop_id=locked.shop_id, articles=len(done))


def _touched(done: list[ImportedProduct], products: Mapping[uuid.UUID, Product]) -> list[Product]:
    """The articles that are no longer as the import left them, or that somebody has ordered."""
    changed = [
        products[one.product_id]
        for one in done
        if rules.digest_of(facts_of(products[one.product_id]), products[one.product_id].status) != one.after
    ]
    used = ports.in_use([one.product_id for one in done])
    return changed + [products[pk] for pk in used if products[pk] not in changed]
