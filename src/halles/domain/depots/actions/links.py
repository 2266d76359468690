# SPDX-License-Identifier: AGPL-3.0-or-later
"""The link that a depot's host gives to whoever keeps it: made anew, it ends the former one."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from halles.domain.depots.models import KeeperLink
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Depot, Shop
from halles.kernel.actor import Actor
from halles.kernel.errors import Refused
from halles.kernel.identifiers import secret

LASTS = dt.timedelta(days=30)


@transaction.atomic
def make_link(shop: Shop, depot: Depot, *, key: str, by: Actor) -> None:
    """A link for a month. Once for a key: a form sent twice does not end what it just made.

    :raises Refused: `shops.depot_of_another` to a shop that is not its host; `journal.key_reused`.
    """
    _check(shop, depot)
    if journal.claim("depots.link", key, [str(shop.id), str(depot.id)]) is not None:
        return
    said = {"shop": shop, "secret": secret(), "expires_at": timezone.now() + LASTS}
    KeeperLink.objects.update_or_create(depot=depot, defaults=said)
    journal.record("depots.link_made", depot, by=by, shop_id=shop.id, name=depot.name)


@transaction.atomic
def stop_link(shop: Shop, depot: Depot, *, by: Actor) -> None:
    """The link leads nowhere from now on. Repeating changes nothing.

    :raises Refused: `shops.depot_of_another`.
    """
    _check(shop, depot)
    if KeeperLink.objects.filter(depot=depot).delete()[0]:
        journal.record("depots.link_stopped", depot, by=by, shop_id=shop.id, name=depot.name)


def _check(shop: Shop, depot: Depot) -> None:
    """The row is locked: two links at once are one after the other."""
    host = Depot.objects.select_for_update().filter(pk=depot.pk).values_list("host_id", flat=True).first()
    if host != shop.id:
        raise Refused("shops.depot_of_another")
