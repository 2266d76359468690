# SPDX-License-Identifier: AGPL-3.0-or-later
"""Basket → order (what the customer placed) → shop orders (what each shop prepares) → lines (snapshots)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from halles.domain.catalogue.models import Portion, Variant
from halles.domain.customers.models import Customer
from halles.domain.orders.rules import (
    MAY_ARRIVE,
    IfMissing,
    LineState,
    State,
    by_weight,
    is_estimate,
    is_near,
)
from halles.domain.shops.models import Market, Place, Shop, TermsVersion
from halles.kernel.identifiers import secret
from halles.kernel.models import Record
from halles.kernel.numbers import MoneyField, QuantityField, RateField, line_total
from halles.kernel.units import Unit


class Basket(Record):
    """What somebody wishes to buy, over several shops, and when he means to come by."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+")
    secret = models.CharField(max_length=40, default=secret, unique=True)
    wish_day = models.DateField(null=True)  # « Quand passez-vous ? », asked once for the whole basket
    wish_time = models.TimeField(null=True)
    # Where to, for the shops that come to the door: enough to know whether they do, and at what price.
    postal_code = models.CharField(max_length=5, blank=True)
    insee = models.CharField(max_length=5, blank=True)
    touched_at = models.DateTimeField(auto_now=True)
    order = models.OneToOneField("Order", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["touched_at"], name="orders_basket_age")]


class BasketLine(Record):
    """One wish of a basket. The price seen is kept so that a change can be told."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="+")
    quantity = QuantityField()
    portions = models.PositiveSmallIntegerField(
        null=True
    )  # so many were asked for; the quantity is an estimate
    starts_at = models.DateTimeField(null=True)  # of a service by appointment: when one would come
    price_seen = MoneyField()
    note = models.CharField(max_length=140, blank=True)
    if_missing = models.CharField(max_length=8, choices=IfMissing.choices, default=IfMissing.CALL)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["basket", "variant"], name="orders_basket_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_basket_line_positive"),
        ]


class BasketStop(Record):
    """How the goods of one shop are to be had, where its usual way and the basket's wish do not say it all."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="stops")
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(null=True)  # of the slot; the nearest to the wish without

    class Meta:
        constraints = [models.UniqueConstraint(fields=["basket", "shop"], name="orders_basket_stop_once")]


class Order(Record):
    """What a customer placed in one go, whatever the number of shops. Its link is its key: no account is needed."""

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="orders")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    secret = models.CharField(max_length=40, default=secret, unique=True)
    # As typed for this order; the customer's card may change later.
    name = models.CharField(max_length=80)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    language = models.CharField(max_length=5, default="fr")
    # Where to bring it, when a shop does: floor and door stand in `directions`.
    address = models.CharField(max_length=160, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=80, blank=True)
    directions = models.CharField(max_length=140, blank=True)


class ShopOrder(Record):
    """The part of an order that one shop prepares and hands over."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="shop_orders")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="shop_orders")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    terms = models.ForeignKey(TermsVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)  # said aloud at the counter: A7-3K9
    state = models.CharField(max_length=14, choices=State.choices)
    fee = MoneyField(default=Decimal(0))  # for bringing it
    total = MoneyField()  # the lines and the fee
    # Somebody comes for services alone, at their time: nothing to prepare, nothing to collect.
    is_visit = models.BooleanField(default=False)
    collect_from = models.DateTimeField()
    collect_until = models.DateTimeField()
    hold_until = models.DateTimeField()  # after which goods go back to the shelf
    confirm_before = models.DateTimeField(null=True)  # while UNCONFIRMED
    # While TO_AGREE: after which his silence is read as he said at checkout; none while he must be called.
    answer_before = models.DateTimeField(null=True)
    # While TO_AGREE: when it was to be, had the shop not moved it.
    former_from = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    announced_at = models.DateTimeField(null=True)  # « c'est aujourd'hui », on the morning
    # « Je suis là » : he waits outside, where he says (drive). Forgotten once he has it.
    arrived_at = models.DateTimeField(null=True)
    arrived_where = models.CharField(max_length=40, blank=True)

    @property
    def is_estimate(self) -> bool:
        """Whether the scale still has a word to say about the total."""
        return any(line.is_estimate for line in self.lines.all())

    @property
    def was_weighed(self) -> bool:
        """Whether something of it lay on the scale."""
        return any(line.served is not None for line in self.lines.all())

    @property
    def waits_outside(self) -> bool:
        """Whether its customer said that he is there, and nobody has brought it out to him yet."""
        return self.arrived_at is not None

    @property
    def appointments(self) -> "list[OrderLine]":
        """The services of it that somebody still comes for, soonest first."""
        coming = [line for line in self.lines.all() if line.is_appointment and line.quantity]
        return sorted(coming, key=lambda line: line.starts_at or self.collect_from)

    @property
    def is_brought(self) -> bool:
        """Whether the shop comes to the customer's door."""
        return self.place.kind == Place.Kind.ROUND

    @property
    def is_at_depot(self) -> bool:
        """Whether it is handed over by somebody who keeps it for the shop."""
        return self.place.kind == Place.Kind.DEPOT

    class Meta:
        ordering = ["collect_from", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["order", "shop"], name="orders_one_part_a_shop"),
            models.UniqueConstraint(fields=["shop", "code"], name="orders_code_in_shop"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="orders_state"),
            models.CheckConstraint(
                condition=Q(fee__gte=0, total__gte=F("fee")), name="orders_total_positive"
            ),
            models.CheckConstraint(
                condition=Q(arrived_at=None, arrived_where="") | Q(state__in=sorted(MAY_ARRIVE)),
                name="orders_waits_outside",
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "state", "collect_from"], name="orders_of_shop"),
            models.Index(fields=["state", "hold_until"], name="orders_held"),
            models.Index(
                fields=["answer_before"], name="orders_unanswered", condition=Q(state=State.TO_AGREE)
            ),
            models.Index(fields=["shop", "created_at"], name="orders_came_in"),
            # Those that are over, page by page (reads.ended_of_shop): all that is asked of one before it is shown.
            models.Index(
                fields=["shop", "-collect_from", "created_at", "state", "id"], name="orders_by_time"
            ),
        ]

    @property
    def is_priced(self) -> bool:
        """Whether the total is all there is to pay: every line that is served has its price."""
        return all(line.is_priced or not line.quantity for line in self.lines.all())


class OrderLine(Record):
    """One good of a shop order: name, price and VAT as they were when it was ordered.

    A free line has no variant: the shop wrote down in words what was asked for, perhaps without a price yet.
    """

    shop_order = models.ForeignKey(ShopOrder, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=220)
    # Of a service by appointment: when, and with whom or where, as it was agreed.
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    change_before = models.DateTimeField(
        null=True
    )  # until when the customer may cancel or move it by himself
    held_by = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=6, choices=Unit.choices)
    unit_price = MoneyField()
    is_priced = models.BooleanField(default=True)  # else the shop says the price when it has prepared it
    vat_rate = RateField()
    ordered = QuantityField()  # what was asked for
    quantity = QuantityField()  # what will be served, after the shop settled or weighed it
    picked = QuantityField(default=0)  # what was taken from the shelf for it
    # In the customer's words, where he asked so: `ordered` is so many portions, and an estimate.
    portion = models.CharField(max_length=8, choices=Portion.choices, blank=True)
    portions = models.PositiveSmallIntegerField(null=True)
    served = QuantityField(null=True)  # what the scale said; None before
    agreed = QuantityField(null=True)  # what both meant then: a weight near it needs no other yes
    total = MoneyField()
    note = models.CharField(max_length=140, blank=True)
    if_missing = models.CharField(max_length=8, choices=IfMissing.choices, default=IfMissing.CALL)
    state = models.CharField(max_length=8, choices=LineState.choices, default=LineState.KEPT)
    asked = models.BooleanField(default=False)  # while TO_AGREE: what the customer says yes or no to
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    @property
    def asked_total(self) -> Decimal:
        """What it would have cost as it was asked for."""
        return line_total(self.unit_price, self.ordered)

    @property
    def is_appointment(self) -> bool:
        """Whether somebody comes for it at a time of its own: nothing to prepare, nothing to carry."""
        return self.starts_at is not None

    @property
    def is_by_weight(self) -> bool:
        """Whether it lies on the scale before one knows what it costs."""
        return by_weight(self.unit)

    @property
    def is_estimate(self) -> bool:
        """Whether it still has to lie there."""
        return is_estimate(self.unit, self.quantity, self.served, self.shop_order.state)

    @property
    def is_far(self) -> bool:
        """Whether its weight is so far from what was meant that it takes a yes."""
        return self.served is not None and self.agreed is not None and not is_near(self.agreed, self.served)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="orders_line_state"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="orders_line_positive"),
            models.CheckConstraint(
                condition=Q(is_priced=True) | Q(unit_price=0, variant=None), name="orders_line_priced"
            ),
            models.CheckConstraint(
                condition=Q(variant__isnull=False) | ~Q(name=""), name="orders_free_line_named"
            ),
            models.CheckConstraint(
                condition=Q(portion="", portions=None) | ~Q(portion="") & Q(portions__gt=0),
                name="orders_line_portions",
            ),
            models.CheckConstraint(
                condition=Q(served=None, agreed=None) | Q(served__gt=0, served=F("quantity"), agreed__gt=0),
                name="orders_line_served",
            ),
            models.CheckConstraint(condition=Q(picked__gte=0), name="orders_line_picked"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None, change_before=None)
                | Q(ends_at__gt=F("starts_at"), change_before__lte=F("starts_at")),
                name="orders_line_appointment",
            ),
        ]
