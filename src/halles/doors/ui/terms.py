# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shop's terms of sale: the words on its page are the words kept with each order."""

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils.translation import override

from halles.domain.shops.models import Place, Shop


def terms_of(shop: Shop, counter: Place | None) -> str:
    """The terms of a shop in the active language, as plain text."""
    return render_to_string("ui/terms.txt", {"shop": shop, "place": counter, "market": shop.market}).strip()


def terms_in(language: str) -> Callable[[Shop, Place | None], str]:
    """The same in the language of somebody for whom an order is written down."""

    def terms(shop: Shop, counter: Place | None) -> str:
        with override(language):
            return terms_of(shop, counter)

    return terms
