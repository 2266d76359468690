# SPDX-License-Identifier: AGPL-3.0-or-later
"""People known to a market by the contact they left. No account is needed to be one."""

from django.db import models
from django.db.models import Q

from halles.domain.shops.models import Market
from halles.kernel.models import Record


class Customer(Record):
    """Somebody who ordered: recognised by e-mail address, or by telephone when that is all there is."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="customers")
    name = models.CharField(max_length=80)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=5, default="fr")
    confirmed_at = models.DateTimeField(
        null=True
    )  # a link sent to the contact was pressed, or a shop vouched
    no_shows = models.PositiveIntegerField(default=0)
    erased_at = models.DateTimeField(
        null=True
    )  # what named the person is gone; the row stays under the totals

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["market", "email"], condition=~Q(email=""), name="customers_by_email"
            ),
            models.UniqueConstraint(
                fields=["market", "phone"], condition=Q(email="") & ~Q(phone=""), name="customers_by_phone"
            ),
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(phone="") | Q(erased_at__isnull=False), name="customers_reachable"
            ),
        ]
