# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking a mistaken import back, article by article: what somebody touched since stays as it is (ADR-0012)."""

import time

from django.db import transaction

from halles.domain.catalogue.actions import put_back
from halles.domain.catalogue.models import Before
from halles.domain.imports import ports
from halles.domain.imports.actions.ask import move
from halles.domain.imports.models import Import, KnownAs
from halles.domain.imports.rules import State
from halles.domain.journal import actions as journal
from halles.kernel import outbox
from halles.kernel.actor import Actor

FEW = 500  # articles that are put back while one waits
AT_ONCE = 5.0  # seconds; letters have their turn then


@transaction.atomic
def undo(import_: Import, *, by: Actor) -> None:
    """New articles are deleted (which keeps their record), changed ones are as they were. Stock that was counted stays.

    Few at once, many behind the page. What somebody changed or ordered since stays as it is.

    :raises Refused: `imports.not_now`.
    """
    locked = Import.objects.select_for_update(of=("self",)).select_related("shop").get(pk=import_.pk)
    move(locked, State.UNDOING)
    locked.actor = by
    locked.save()
    locked.wishes.filter(state="waiting").delete()
    if locked.products.count() > FEW:
        outbox.publish("imports.undoing", import_id=str(locked.id))
    else:
        while _put_back(locked):
            pass
    import_.state = locked.state


def go_on(import_: Import, *, seconds: float = AT_ONCE) -> bool:
    """Undo for a while; whether there is more to do. Repeating is harmless."""
    until = time.monotonic() + seconds
    while _next(import_):
        if time.monotonic() > until:
            return True
    return False


@transaction.atomic
def _next(import_: Import) -> bool:
    locked = Import.objects.select_for_update(of=("self",)).select_related("shop").get(pk=import_.pk)
    return locked.state == State.UNDOING and _put_back(locked)


def _put_back(import_: Import) -> bool:
    """Some articles; when none is left it is undone, and the file may come again as if it were new."""
    by = import_.actor
    if put_back(import_.shop, import_.products.all(), in_use=ports.in_use):
        journal.record("imports.went_back", import_, by=by, shop_id=import_.shop_id)
        return True
    move(import_, State.UNDONE)
    import_.save()
    back = import_.products.filter(back=Before.Back.BACK)
    KnownAs.objects.filter(
        shop=import_.shop, system=import_.reader, product__in=back.values("product")
    ).delete()
    journal.record("imports.undone", import_, by=by, shop_id=import_.shop_id, articles=back.count())
    return False
