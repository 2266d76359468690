# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rolls of photographs and their shots: what was handed over, which article each belongs to, what became of it."""

from django.db import models
from django.db.models import Q

from halles.domain.catalogue.models import Picture, Product
from halles.domain.shops.models import Shop
from halles.kernel.models import Record, Signed


class Roll(Signed):
    """Photographs handed over together. Its files lie in `rolls/<id>/` under the data folder."""

    class State(models.TextChoices):
        """Where it stands; what may follow what is in `rules.STEPS`."""

        RECEIVING = "receiving"  # more may be sent
        LOOKING = "looking"  # each is looked at, to say what would happen
        LOOKED = "looked"
        RUNNING = "running"
        DONE = "done"
        UNDONE = "undone"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="rolls")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVING)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["shop", "-created_at"], name="rolls_of_shop")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["receiving", "looking", "looked", "running", "done", "undone"]),
                name="rolls_state",
            )
        ]


class Shot(Record):
    """One photograph of a roll: a file of its own, or a member of a ZIP."""

    class State(models.TextChoices):
        """What became of it."""

        RECEIVED = "received"
        MATCHED = "matched"  # will be added to `product`
        THERE = "there"  # `product` has it already
        WAITING = (
            "waiting"  # for somebody to say which article it shows; `problem` says why it did not find it
        )
        BAD = "bad"  # cannot be read; `problem` says why
        ADDED = "added"  # `picture`, as long as nobody takes it away

    roll = models.ForeignKey(Roll, on_delete=models.CASCADE, related_name="shots")
    position = models.PositiveIntegerField()  # in the order in which they came
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()  # bytes
    file = models.UUIDField()  # under which it, or the ZIP it is in, is kept
    member = models.PositiveIntegerField(null=True)  # which file of the ZIP
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of its bytes, once it was looked at
    state = models.CharField(max_length=8, choices=State.choices, default=State.RECEIVED)
    problem = models.CharField(max_length=60, blank=True)
    problem_params = models.JSONField(default=dict)
    product = models.ForeignKey(Product, on_delete=models.SET_NULL, null=True, related_name="+")
    view = models.CharField(max_length=80, blank=True)  # what it shows, where its name says it
    place = models.PositiveSmallIntegerField(default=0)  # among the article's photographs, from 1
    picture = models.ForeignKey(Picture, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["roll", "state"], name="rolls_shots")]
        constraints = [
            models.UniqueConstraint(fields=["roll", "position"], name="rolls_shot_once"),
            models.CheckConstraint(
                condition=Q(state__in=["received", "matched", "there", "waiting", "bad", "added"]),
                name="rolls_shot_state",
            ),
        ]
