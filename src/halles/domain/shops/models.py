# SPDX-License-Identifier: AGPL-3.0-or-later
"""Markets, shops, their places and hours, and who works there."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from halles.kernel.appendonly import append_only
from halles.kernel.models import Record
from halles.kernel.numbers import MoneyField


class Market(Record):
    """A town's market. One installation hosts one or many; every row reaches its market."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    tagline = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=80)
    postal_code = models.CharField(max_length=5)
    latitude = models.IntegerField(
        default=0
    )  # in 1/100,000 of a degree (about a metre): floats have no place here
    longitude = models.IntegerField(default=0)
    currency = models.CharField(max_length=3, default="EUR")
    time_zone = models.CharField(max_length=40, default="Europe/Paris")
    contact_email = models.EmailField(max_length=254, blank=True)
    # Who publishes the site and who keeps it, as the law wants it named (LCEN, art. 1-1).
    publisher = models.CharField(max_length=160, blank=True)
    publisher_address = models.CharField(max_length=200, blank=True)
    director = models.CharField(max_length=80, blank=True)
    host = models.CharField(max_length=300, blank=True)
    approval_needed = models.BooleanField(default=True)  # a new shop waits for the operator's yes
    # Shops may take what their neighbours lend (Shop.lends): on at first, since that is little without a shop's own word.
    shops_lend = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(
        default=False
    )  # its roles sign in by one press, its letters are shown

    def __str__(self) -> str:
        return self.name


class Operator(Record):
    """Somebody of the market's team."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="operators")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="operates")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "account"], name="shops_operator_once")]


class Trade(models.TextChoices):
    """What a shop is, in a town's words; each has its drawing and its usual VAT."""

    GROCER = "epicerie"
    BOOKSHOP = "librairie"
    CLOTHES = "mode"
    MUSEUM = "musee"
    CRAFT = "artisanat"
    BAKER = "boulangerie"
    CHEESE = "fromagerie"
    WINE = "caviste"
    FLORIST = "fleuriste"
    GREENGROCER = "primeur"
    OTHER = "autre"


class Shop(Record):
    """A shop: its card in the directory from the first minute, and as much more as its owner wants."""

    class Standing(models.TextChoices):
        """Whether the market shows it."""

        DRAFT = "draft"
        WAITING = "waiting"
        ONLINE = "online"
        SUSPENDED = "suspended"

    class Doors(models.TextChoices):
        """Whether customers may come in (FEATURES row 8)."""

        OPEN = "open"
        COLLECTION_ONLY = "collection_only"
        CLOSED = "closed"

    class Lending(models.TextChoices):
        """What another shop of the market may take of an article online, when it sells the same.

        Name, maker and content are facts that stand on the pack: lent unless the shop says no. A photograph is her work:
        lent only if she says so. Description and price never are.
        """

        NOTHING = "nothing"
        FACTS = "facts"
        PICTURES = "pictures"

    class VatRegime(models.TextChoices):
        """How the shop stands towards VAT; FRANCHISE prints « TVA non applicable, art. 293 B du CGI »."""

        UNKNOWN = ""
        REAL = "real"
        FRANCHISE = "franchise"

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="shops")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=80)
    trade = models.CharField(max_length=20, choices=Trade.choices, default=Trade.OTHER)
    tagline = models.CharField(max_length=160, blank=True)
    description = models.TextField(max_length=4000, blank=True)
    colour = models.CharField(max_length=7, default="#2f5d46")
    colour_light = models.CharField(max_length=7, default="#e8efe9")
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.DRAFT)
    doors = models.CharField(max_length=16, choices=Doors.choices, default=Doors.OPEN)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=16, blank=True)

    # Who sells, as the law wants it named before the first order (LCEN art. 19, C. conso. L221-5, L616-1).
    legal_name = models.CharField(max_length=120, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    vat_regime = models.CharField(
        max_length=10, choices=VatRegime.choices, default=VatRegime.UNKNOWN, blank=True
    )
    vat_number = models.CharField(max_length=20, blank=True)
    mediator = models.CharField(max_length=300, blank=True)

    takes_orders = models.BooleanField(default=False)
    takes_questions = models.BooleanField(default=True)
    preparation_minutes = models.PositiveIntegerField(default=120)
    # A reservation above this amount waits for its link to be pressed or for the shop's yes.
    trusted_up_to = MoneyField(default=Decimal(60))
    hold_hours = models.PositiveIntegerField(default=24)  # how long goods wait after the agreed time
    closed_on_holidays = models.BooleanField(default=True)
    lends = models.CharField(max_length=8, choices=Lending.choices, default=Lending.FACTS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["market", "slug"], name="shops_slug_in_market"),
            models.CheckConstraint(
                condition=Q(standing__in=["draft", "waiting", "online", "suspended"]), name="shops_standing"
            ),
            models.CheckConstraint(
                condition=Q(doors__in=["open", "collection_only", "closed"]), name="shops_doors"
            ),
            models.CheckConstraint(
                condition=Q(lends__in=["nothing", "facts", "pictures"]), name="shops_lends"
            ),
        ]
        indexes = [models.Index(fields=["market", "standing", "name"], name="shops_of_market")]

    def __str__(self) -> str:
        return self.name


class FormerShopSlug(models.Model):
    """An address a shop once had: it goes on working for ever."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["market", "slug"], name="shops_former_slug_in_market")]


class Depot(Record):
    """Somebody else's counter that keeps goods for shops of a market: one sheet, whatever the number of shops.

    The shop that wrote it, its host, keeps it right. Places of shops point to it and repeat its name and address, so
    that whoever reads a place need not look further.
    """

    host = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="hosted_depots")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=160, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=80, blank=True)
    latitude = models.IntegerField(null=True)  # 1/100,000 degree
    longitude = models.IntegerField(null=True)
    keeper_phone = models.CharField(max_length=16, blank=True)  # for the shops, never for customers

    class Meta:
        indexes = [models.Index(fields=["name"], name="shops_depot_name")]

    @cached_property
    def users(self) -> list[Shop]:
        """The shops that stand there, the first one first; `reads` bring them along for many depots at once."""
        return [place.shop for place in self.places.select_related("shop").order_by("created_at")]


class Place(Record):
    """Where a shop hands over: its counter, a stall on certain days, somebody else's counter, or the customer's own door."""

    class Kind(models.TextChoices):
        """What sort of place."""

        COUNTER = "counter"
        STALL = "stall"
        DEPOT = "depot"  # somebody keeps the goods for the shop
        ROUND = (
            "round"  # the shop goes round: its hours are those in which it rings at doors; it has no address
        )

    STANDS = (Kind.COUNTER, Kind.STALL)  # where one meets the shop itself

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="places")
    depot = models.ForeignKey(Depot, on_delete=models.PROTECT, null=True, related_name="places")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COUNTER)
    name = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=160, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=80, blank=True)
    latitude = models.IntegerField(null=True)  # 1/100,000 degree
    longitude = models.IntegerField(null=True)

    class Meta:
        ordering = ["kind", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["shop"], condition=Q(kind="counter"), name="shops_one_counter"),
            models.CheckConstraint(
                condition=Q(kind__in=["counter", "stall", "depot", "round"]), name="shops_place_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="depot", depot__isnull=False) | ~Q(kind="depot") & Q(depot=None),
                name="shops_depot_has_sheet",
            ),
            models.UniqueConstraint(fields=["shop", "depot"], name="shops_depot_once"),
        ]


class OpeningPeriod(models.Model):
    """From when to when a place is open on a day of the week, in the market's local time. Two a day make a midday break."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="periods")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="shops_period_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="shops_period_order"),
        ]


class Closure(Record):
    """Days on which the whole shop is closed: congés, an inventory, a funeral."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="shops_closure_order")
        ]


class Staff(Record):
    """Somebody who may work in a shop's « Ma boutique »."""

    class Role(models.TextChoices):
        """What one may do; each includes the next but HELPER, who has a manager's rights for a time."""

        OWNER = "owner"
        MANAGER = "manager"
        SELLER = "seller"
        HELPER = "helper"

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="staff")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="works_at")
    role = models.CharField(max_length=10, choices=Role.choices)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "account"], name="shops_staff_once"),
            models.CheckConstraint(
                condition=~Q(role="helper") | Q(until__isnull=False), name="shops_helper_ends"
            ),
        ]


class Invitation(Record):
    """A mail that invites somebody to the team; its link works once and not for long."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10, choices=Staff.Role.choices)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(Lower("email"), name="shops_invitation_email")]


@append_only
class TermsVersion(Record):
    """A text that customers were shown (terms of sale, with the seller's identity), kept word for word.

    Named by its content: the same words are kept once.
    """

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="terms")
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "digest"], name="shops_terms_once")]
