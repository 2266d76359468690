# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is sold: categories, products, variants, pictures, dated prices."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from halles.domain.shops.models import Market, Shop
from halles.kernel.appendonly import append_only
from halles.kernel.models import Record
from halles.kernel.numbers import MoneyField, QuantityField, RateField
from halles.kernel.units import Unit


class Category(Record):
    """A « rayon » of the market's tree."""

    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="categories")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["market", "slug"], name="catalogue_category_slug")]


class Kind(models.TextChoices):
    """What sort of good it is: proposes the VAT rate, asks for what the law wants shown."""

    OBJECT = "object"
    FOOD = "food"
    BREAD = "bread"
    PASTRY = "pastry"
    SANDWICH = "sandwich"
    WINE = "wine"
    BOOK = "book"
    CLOTHING = "clothing"
    PLANT = "plant"
    SERVICE = "service"


class Availability(models.TextChoices):
    """How a merchant says whether one can have it (FEATURES row 161)."""

    AVAILABLE = "available"  # disponible / épuisé: no number
    COUNTED = "counted"  # je compte
    DAILY = "daily"  # chaque jour: so many a day
    TO_ORDER = "to_order"  # sur commande: with a delay
    TO_CONFIRM = "to_confirm"  # à confirmer


class Portion(models.TextChoices):
    """In what one asks for a good that is sold by the kilo and weighed when it is served."""

    PIECE = "piece"
    PART = "part"
    SLICE = "slice"
    TRAY = "tray"


class Product(Record):
    """A good as a shop presents it; what one buys is one of its variants."""

    class Status(models.TextChoices):
        """Whether customers see it."""

        DRAFT = "draft"
        ONLINE = "online"
        WITHDRAWN = "withdrawn"
        DELETED = "deleted"

    market = models.ForeignKey(Market, on_delete=models.PROTECT, related_name="products")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="products")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, related_name="products")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    maker = models.CharField(max_length=120, blank=True)  # author, brand, producer
    description = models.TextField(max_length=6000, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OBJECT)
    vat_rate = RateField()
    unit = models.CharField(max_length=6, choices=Unit.choices, default=Unit.PIECE)
    portion = models.CharField(max_length=8, choices=Portion.choices, blank=True)
    portion_weight = QuantityField(default=0)  # about so many kilograms each; 0 where none is named
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    availability = models.CharField(
        max_length=10, choices=Availability.choices, default=Availability.AVAILABLE
    )
    delay_days = models.PositiveSmallIntegerField(default=0)  # for TO_ORDER
    daily_quantity = QuantityField(default=0)  # for DAILY: how many each open day
    is_unique = models.BooleanField(default=False)
    ingredients = models.TextField(max_length=4000, blank=True)
    allergens = models.JSONField(default=list, blank=True)
    origin = models.CharField(max_length=120, blank=True)
    is_alcohol = models.BooleanField(default=False)
    words = models.TextField(blank=True, editable=False)  # name, maker, category… folded, for the search

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "slug"], name="catalogue_product_slug"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "online", "withdrawn", "deleted"]), name="catalogue_status"
            ),
            models.CheckConstraint(
                condition=Q(availability__in=["available", "counted", "daily", "to_order", "to_confirm"]),
                name="catalogue_availability",
            ),
            models.CheckConstraint(
                condition=Q(portion="", portion_weight=0)
                | Q(portion__in=["piece", "part", "slice", "tray"], portion_weight__gt=0),
                name="catalogue_portion_weighs",
            ),
        ]
        indexes = [
            models.Index(
                fields=["market", "status", "category", "-created_at"], name="catalogue_in_category"
            ),
            models.Index(fields=["shop", "status", "-created_at"], name="catalogue_in_shop"),
            # Ma boutique's lists, page by page (shelf.products): all that is asked of an article before it is shown.
            models.Index(fields=["shop", "name", "id", "status", "availability"], name="catalogue_by_name"),
            # Where the last one of its sort went (shelf.usual_category).
            models.Index(
                fields=["shop", "kind", "-created_at"],
                name="catalogue_of_kind",
                condition=Q(category__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def choices(self) -> "list[Variant]":
        """What can be bought of it; `reads` brings them along for many products at once."""
        return [variant for variant in self.variants.all() if not variant.archived]

    @cached_property
    def photos(self) -> "list[Picture]":
        """Its photographs in order; `reads` brings them along for many products at once."""
        return list(self.pictures.all())


class FormerProductSlug(models.Model):
    """An address a product once had: it goes on working for ever."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "slug"], name="catalogue_former_slug")]


class Variant(Record):
    """What one puts in the basket: a product in one size and colour. A product without choices has one."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    size = models.CharField(max_length=40, blank=True)
    colour = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    gtin = models.CharField(max_length=14, blank=True)
    price = MoneyField()  # with tax, of one unit; the history is in Price
    content = QuantityField(null=True)  # of one piece, in content_unit
    content_unit = models.CharField(max_length=2, blank=True)  # g, kg, ml, cl, l
    sold_out = models.BooleanField(default=False)  # the merchant's own word, whatever the count
    archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "gtin"],
                condition=~Q(gtin="") & Q(archived=False),
                name="catalogue_gtin_in_shop",
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="catalogue_price_positive"),
        ]
        indexes = [models.Index(fields=["gtin"], name="catalogue_by_gtin", condition=~Q(gtin=""))]


@append_only
class Price(models.Model):
    """What a variant cost from a moment on. Never changed: the lowest price of thirty days is read from here (L112-1-1)."""

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="prices")
    amount = MoneyField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["since"]
        indexes = [models.Index(fields=["variant", "-since"], name="catalogue_price_history")]


class Before(models.Model):
    """A product as it was before something changed it: enough to put it back, as long as nobody touched it since."""

    class Back(models.TextChoices):
        """What became of it when the change was undone."""

        WAITING = ""
        BACK = "back"
        KEPT = "kept"  # somebody touched it since

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(null=True)  # a snapshot; None for a new product
    after = models.CharField(max_length=16)  # a digest of the product as it was left
    back = models.CharField(max_length=4, choices=Back.choices, default=Back.WAITING, blank=True)

    class Meta:
        abstract = True


class SearchEntry(models.Model):
    """The number under which a product on sale stands in the full-text table; `search.py` keeps both in step."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="+")


class SearchWord(models.Model):
    """A word that some product has or had: what a typing mistake is corrected to."""

    stem = models.CharField(max_length=30, unique=True)
    word = models.CharField(max_length=40)  # as people write it, accents and all


class Picture(Record):
    """A photograph of a product, and the sizes made of it so far.

    Files lie at `pictures/<id>/<width>.<extension>` under the media folder; the original is kept, freed of its location.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(default=0)
    view = models.CharField(max_length=80, blank=True)  # "face", "dos"… for the alternative text
    original = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    colour = models.CharField(max_length=7, default="#e7e1d5")
    widths = models.JSONField(default=list)
    digest = models.CharField(
        max_length=64, blank=True
    )  # SHA-256 of what was sent; "" of those before it was kept
    weight = models.PositiveBigIntegerField(null=True)  # of the original, in bytes; None where nobody looked

    class Meta:
        ordering = ["position", "created_at"]
        # How much the photographs of a shop weigh together (imports.parts).
        indexes = [models.Index(fields=["product", "weight"], name="catalogue_weights")]

    def address(self, width: int, extension: str) -> str:
        """Where one size is served."""
        return f"/media/pictures/{self.id}/{width}.{extension}"

    @property
    def fallback(self) -> str:
        """The picture for browsers and letters that know only JPEG."""
        return self.address(self.widths[-1], "jpg") if self.widths else ""

    @property
    def alt(self) -> str:
        """What is seen, in words: the product's name and the view."""
        return f"{self.product.name}, {self.view}" if self.view else self.product.name
