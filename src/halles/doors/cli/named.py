# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shop that a command names."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from halles.domain.shops import reads as shops
from halles.domain.shops.models import Shop


def shop_named(slug: str) -> Shop:
    """The shop with this address, whether customers see it or not.

    :raises CommandError: when there is none.
    """
    market = shops.market()
    found = market and shops.all_of(market).select_related("market").filter(slug=slug).first()
    if not found:
        raise CommandError(_("Il n'y a pas de boutique « %(slug)s ».") % {"slug": slug})
    return found
