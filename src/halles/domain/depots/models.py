# SPDX-License-Identifier: AGPL-3.0-or-later
"""Orders at a depot, and the link by which its keeper sees and hands over without an account."""

from django.db import models
from django.db.models import F, Q

from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Depot, Shop
from halles.kernel.identifiers import secret
from halles.kernel.models import Record


class Deposit(Record):
    """A shop's order that was brought to its depot. Whether it was handed over, its order says."""

    class By(models.TextChoices):
        """Who said that it is there."""

        SHOP = "shop"
        KEEPER = "keeper"

    shop_order = models.OneToOneField(ShopOrder, on_delete=models.PROTECT, related_name="deposit")
    arrived_at = models.DateTimeField()
    arrived_by = models.CharField(max_length=8, choices=By.choices)
    returned_at = models.DateTimeField(null=True)  # the shop has it again

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(arrived_by__in=["shop", "keeper"]), name="depots_arrived_by"),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(returned_at__gte=F("arrived_at")),
                name="depots_returned_after",
            ),
        ]


class KeeperLink(Record):
    """What a depot's keeper opens instead of an account. One a depot: a new one is the end of the former.

    It serves while the shop that gave it is the depot's host.
    """

    depot = models.OneToOneField(Depot, on_delete=models.CASCADE, related_name="link")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    secret = models.CharField(max_length=40, default=secret, unique=True)
    expires_at = models.DateTimeField()
