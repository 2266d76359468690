# SPDX-License-Identifier: AGPL-3.0-or-later
"""Goods that bear a number, as files describe them."""

from django.db import models

from halles.domain.catalogue.models import Kind
from halles.kernel.numbers import QuantityField


class TradeItem(models.Model):
    """One good by its number. The number is its name everywhere, so it is the key: millions of rows, one index."""

    gtin = models.CharField(max_length=14, primary_key=True)  # fourteen digits, as `parse_gtin` gives them
    name = models.CharField(max_length=120)
    maker = models.CharField(max_length=120, blank=True)  # author, brand, producer
    content = QuantityField(null=True)  # of one piece, in content_unit
    content_unit = models.CharField(max_length=2, blank=True)  # g, kg, ml, cl, l
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ingredients = models.TextField(max_length=4000, blank=True)
    allergens = models.JSONField(default=list, blank=True)
    origin = models.CharField(max_length=120, blank=True)
    is_alcohol = models.BooleanField(default=False)
    source = models.CharField(
        max_length=20
    )  # whose file said it, as `ports` names it: a licence may want it named

    def __str__(self) -> str:
        return self.name
