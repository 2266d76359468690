# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bulk edits: what was asked for, which articles were found, and what became of each."""

from django.db import models
from django.db.models import Q

from halles.domain.catalogue.models import Before
from halles.domain.shops.models import Shop
from halles.kernel.models import Signed


class BulkEdit(Signed):
    """One change to many articles of a shop."""

    class State(models.TextChoices):
        """Where it stands; what may follow what is in `rules.STEPS`."""

        LOOKING = "looking"  # being held against each article, to say what would happen
        LOOKED = "looked"
        RUNNING = "running"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField()  # `rules.Asked`
    found_by = models.JSONField(default=dict)  # what was searched for, as the page of articles says it
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKING)
    position = models.PositiveIntegerField(default=0)  # articles that are behind us in this state
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["shop", "-created_at"], name="bulkedits_of_shop")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["looking", "looked", "running", "done", "undoing", "undone"]),
                name="bulkedits_state",
            )
        ]


class EditedProduct(Before):
    """One article that was found, as it was looked at, and what became of it."""

    class Outcome(models.TextChoices):
        """What becomes of it."""

        WAITING = "waiting"  # not looked at yet
        READY = "ready"  # it would change
        CHANGED = "changed"
        UNCHANGED = "unchanged"  # it is so already
        REFUSED = "refused"  # it cannot be
        OVERTAKEN = "overtaken"  # somebody changed it between the look and the yes

    of = models.ForeignKey(BulkEdit, on_delete=models.CASCADE, related_name="products")
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.WAITING)
    seen = models.CharField(max_length=16, blank=True)  # a digest of what the look showed
    problem = models.CharField(max_length=60, blank=True)  # the code of why it is REFUSED

    class Meta:
        indexes = [models.Index(fields=["of", "outcome"], name="bulkedits_outcomes")]
        constraints = [models.UniqueConstraint(fields=["of", "product"], name="bulkedits_product_once")]
