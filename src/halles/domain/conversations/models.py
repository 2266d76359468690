# SPDX-License-Identifier: AGPL-3.0-or-later
"""A conversation of one neighbour with one shop, its messages in their order, and whose messages a shop no longer takes.

Messages are never changed. They go with their conversation when it is forgotten, so no trigger guards them.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from halles.domain.catalogue.models import Product, Variant
from halles.domain.customers.models import Customer
from halles.domain.orders.models import ShopOrder
from halles.domain.shops.models import Shop
from halles.kernel.actor import Kind
from halles.kernel.identifiers import secret
from halles.kernel.models import Record, Signed

MOST_SIGNS = 2000  # of one message


class Side(models.TextChoices):
    """Who of those concerned did something."""

    CUSTOMER = "customer"
    SHOP = "shop"
    MARKET = "market"  # its team


class Conversation(Record):
    """A question and what followed. Its link is its key: no account is needed."""

    class State(models.TextChoices):
        """Whose turn it is."""

        OPEN = "open"  # the shop's
        ANSWERED = "answered"
        CLOSED = "closed"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="conversations")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="conversations")
    secret = models.CharField(max_length=40, default=secret, unique=True)
    # As typed for this question; the customer's card may change later.
    name = models.CharField(max_length=80)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=5, default="fr")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_by = models.CharField(max_length=8, choices=Side.choices, blank=True)
    last_at = models.DateTimeField(default=timezone.now)  # of the last message
    reported_at = models.DateTimeField(null=True)  # as long as the market's team has not looked at it
    reported_by = models.CharField(max_length=8, choices=Side.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered"], closed_by="")
                | Q(state="closed", closed_by__in=Side.values),
                name="conversations_state",
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, reported_by="")
                | Q(reported_at__isnull=False, reported_by__in=["customer", "shop"]),
                name="conversations_reported",
            ),
        ]
        indexes = [
            models.Index(
                fields=["shop", "state", "last_at"], name="conversations_of_shop"
            ),  # reads.of_shop, waiting
            models.Index(fields=["last_at"], name="conversations_old"),  # forget.forget_old
            # reads.reported
            models.Index(
                fields=["reported_at"],
                name="conversations_to_look_at",
                condition=Q(reported_at__isnull=False),
            ),
        ]

    @property
    def is_closed(self) -> bool:
        """Whether nothing more may be said."""
        return bool(self.state == self.State.CLOSED)


class Message(Signed):
    """What one of the two said or showed: words, a photograph, an article, or what the shop keeps for her."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField(max_length=MOST_SIGNS, blank=True)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, related_name="+")
    kept = models.ForeignKey(ShopOrder, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["created_at", "id"]

    @property
    def from_shop(self) -> bool:
        """Whether the shop said it."""
        return self.actor_kind != Kind.CUSTOMER


class Photo(Record):
    """The photograph of a message. Its files lie where those of articles do, in fewer sizes, and no original is kept."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="photo")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    colour = models.CharField(max_length=7)
    widths = models.JSONField(default=list)

    alt = ""  # a page says who showed it

    def address(self, width: int, extension: str) -> str:
        """Where one size is served."""
        return f"/media/pictures/{self.id}/{width}.{extension}"

    @property
    def fallback(self) -> str:
        """The photograph for letters, which know only JPEG."""
        return self.address(self.widths[0], "jpg")


class Block(Record):
    """A shop takes no more messages from somebody."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="blocks")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="conversations_block_once")]
