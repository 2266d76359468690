# SPDX-License-Identifier: AGPL-3.0-or-later
"""Imports: what was handed over, how far it is, what it did; and under which names other systems know our articles."""

from django.db import models
from django.db.models import Q

from halles.domain.catalogue.models import Before, Product, Variant
from halles.domain.shops.models import Shop
from halles.kernel.models import Signed


class Import(Signed):
    """A file of articles, from the first look to the end. Its files lie in `imports/<id>/` under the data folder."""

    class State(models.TextChoices):
        """Where it stands; what may follow what is in `rules.STEPS`."""

        LOOKING = "looking"  # being read, to say what would happen
        LOOKED = "looked"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"  # it cannot be read, or reading it stopped
        UNDOING = "undoing"
        UNDONE = "undone"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    reader = models.CharField(max_length=30, blank=True)
    choices = models.JSONField(default=dict)  # `drafts.Choices`, as the merchant said
    language = models.CharField(max_length=5, default="fr")
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKING)
    position = models.PositiveIntegerField(default=0)  # drafts and bad rows that are behind us
    total = models.PositiveIntegerField(default=0)  # of these, as the look counted them
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)  # columns and examples, for the page that asks "shall we?"
    problem = models.CharField(max_length=60, blank=True)  # the code of why it FAILED
    problem_params = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["shop", "-created_at"], name="imports_of_shop")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=["looking", "looked", "running", "done", "failed", "undoing", "undone"]
                ),
                name="imports_state",
            )
        ]


class ImportedProduct(Before):
    """What an import did to one article."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="products")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "product"], name="imports_product_once")]


class KnownAs(models.Model):
    """Under which name a system knows an article of a shop, and what it last said of it.

    Stable when either side renames: the same file twice changes nothing.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=30)  # the reader's name
    key = models.CharField(max_length=120)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, null=True, related_name="+")
    said = models.JSONField(default=dict)  # a digest of each thing it said last time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "system", "key"], name="imports_known_once")]


class PictureWish(models.Model):
    """A picture that an imported article should have and that is still elsewhere."""

    class State(models.TextChoices):
        """Whether it is to be fetched."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="wishes")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=1000)
    view = models.CharField(max_length=80, blank=True)  # what it shows, where the file says it
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(max_length=60, blank=True)  # the code of why it FAILED

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["of", "state"], name="imports_wishes")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "failed"]), name="imports_wish_state"
            )
        ]
