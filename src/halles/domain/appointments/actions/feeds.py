# SPDX-License-Identifier: AGPL-3.0-or-later
"""The secret address of a shop's agenda: made, made anew, closed."""

from django.db import transaction

from halles.domain.appointments.models import Feed
from halles.domain.journal import actions as journal
from halles.domain.shops.models import Shop
from halles.kernel.actor import Actor
from halles.kernel.identifiers import secret


@transaction.atomic
def open_feed(shop: Shop, *, by: Actor) -> Feed:
    """The address, made where there was none. Repeating changes nothing."""
    feed, is_new = Feed.objects.get_or_create(shop=shop)
    if is_new:
        journal.record("appointments.feed_opened", feed, by=by, shop_id=shop.id)
    return feed


@transaction.atomic
def renew_feed(shop: Shop, *, by: Actor) -> Feed:
    """Another address: whoever knew the former one reads nothing more."""
    feed = open_feed(shop, by=by)
    feed.secret = secret()
    feed.save(update_fields=["secret"])
    journal.record("appointments.feed_renewed", feed, by=by, shop_id=shop.id)
    return feed


@transaction.atomic
def close_feed(shop: Shop, *, by: Actor) -> None:
    """No address any more. Repeating changes nothing."""
    feed = Feed.objects.filter(shop=shop).first()
    if feed:
        journal.record("appointments.feed_closed", feed, by=by, shop_id=shop.id)
        feed.delete()
