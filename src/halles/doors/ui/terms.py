# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's terms of sale: the words on its page are the words kept with each order."""

from django.template.loader import render_to_string

from halles.domain.shops.models import Place, Shop


def terms_of(shop: Shop, counter: Place | None) -> str:
    """The terms of a shop in the active language, as plain text."""
    return render_to_string("ui/terms.txt", {"shop": shop, "place": counter, "market": shop.market}).strip()
