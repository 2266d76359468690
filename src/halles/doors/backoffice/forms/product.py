# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a merchant says of an article: three things are asked, the rest is proposed and folded."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from halles.domain.catalogue import rules, shelf
from halles.domain.catalogue.actions import ProductFacts, VariantFacts
from halles.domain.catalogue.models import Availability, Kind, Product
from halles.domain.shops.models import Shop
from halles.doors.backoffice import words
from halles.doors.backoffice.forms.cells import Cell, cells_of, common_price, distinct, typed_cells
from halles.doors.backoffice.forms.fields import (
    ContentInput,
    ListInput,
    ManyFiles,
    MoneyInput,
    QuantityInput,
    WeightInput,
)
from halles.doors.backoffice.forms.service import ServiceFields, said_of
from halles.doors.ui import formats
from halles.doors.ui.forms import ChoiceChips, ManyChips, PhotosInput, Stepper
from halles.doors.ui.refusals import say
from halles.doors.ui.words import ALLERGENS, PORTIONS
from halles.kernel.errors import Refused
from halles.kernel.units import Unit


def _choices(said: words.Words) -> list[tuple[str, Any]]:
    return list(said.items())


def _rates() -> list[tuple[str, Any]]:
    rates = [(_rate_key(rate), f"{formats.number(rate)} %") for rate in rules.VAT_RATES]
    return [("", _("Le taux habituel")), *rates]


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("Selon le nom")), *_choices(words.KINDS)]


def _said(said: words.Words, key: object) -> str:
    return str(said.get(str(key), ""))


def _joined(parts: Iterable[str], between: str = " · ") -> str:
    return between.join(part for part in parts if part)[:80]


def _percent(rate: object) -> str:
    try:
        return _("TVA %(rate)s %%") % {"rate": formats.number(Decimal(str(rate)))}
    except ArithmeticError:
        return ""


def _rate_key(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


class ProductForm(ServiceFields):
    """An article, new or known."""

    photos = ManyFiles(label=_("Photos"), required=False, widget=PhotosInput)
    name = forms.CharField(
        label=_("Nom"), max_length=120, error_messages={"required": _("Il manque le nom.")}
    )
    price = MoneyInput(label=_("Prix"), help_text=_("TVA comprise."))
    kind = forms.ChoiceField(label=_("Sorte d'article"), choices=_kinds(), required=False, widget=ChoiceChips)
    category = forms.ChoiceField(label=_("Rayon"), required=False)
    unit = forms.ChoiceField(label=_("Vendu"), choices=_choices(words.UNITS), widget=ChoiceChips)
    portion = forms.ChoiceField(
        label=_("Le client peut le demander par"),
        choices=[("", _("poids seulement")), *_choices(PORTIONS)],
        required=False,
        widget=ChoiceChips,
    )
    portion_weight = WeightInput(
        label=_("Ce qu'elle pèse à peu près, en grammes"),
        required=False,
        help_text=_("Vous pesez en préparant : le client paie le poids servi."),
    )
    vat_rate = forms.ChoiceField(label=_("TVA"), choices=_rates, required=False)
    content = ContentInput(
        label=_("Contenu d'une pièce"),
        required=False,
        help_text=_("500 g, 75 cl… Le prix au kilo ou au litre se calcule tout seul."),
    )
    availability = forms.ChoiceField(
        label=_("Comment est-il disponible ?"),
        choices=_choices(words.AVAILABILITIES),
        widget=forms.RadioSelect,
    )
    stock = QuantityInput(
        label=_("Combien en avez-vous ?"),
        required=False,
        help_text=_("Avec des tailles ou des couleurs, vous comptez chacune juste après."),
    )
    daily_quantity = QuantityInput(label=_("Combien par jour ?"), required=False)
    delay_days = forms.IntegerField(
        label=_("Délai, en jours"),
        required=False,
        min_value=0,
        max_value=365,
        widget=Stepper(least=0, most=365),
    )
    is_unique = forms.BooleanField(
        label=_("Pièce unique : il n'y en a qu'une au monde"),
        required=False,
        help_text=_("Elle est comptée : une, puis plus aucune."),
    )
    sizes = ListInput(label=_("Tailles"), required=False, help_text=_("Séparées par des virgules : S, M, L."))
    colours = ListInput(
        label=_("Couleurs"), required=False, help_text=_("Séparées par des virgules : écru, marine.")
    )
    maker = forms.CharField(label=_("Auteur, marque ou producteur"), max_length=120, required=False)
    description = forms.CharField(
        label=_("Description"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    gtin = forms.CharField(
        label=_("Code-barres"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-code": True}),
    )
    reference = forms.CharField(label=_("Votre référence"), max_length=60, required=False)
    ingredients = forms.CharField(
        label=_("Ingrédients"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    allergens = forms.MultipleChoiceField(
        label=_("Contient"), choices=_choices(ALLERGENS), required=False, widget=ManyChips
    )
    origin = forms.CharField(label=_("Origine"), max_length=120, required=False)
    is_alcohol = forms.BooleanField(label=_("Contient de l'alcool"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        shop: Shop,
        product: Product | None = None,
        is_judged: bool = True,
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        kwargs["initial"] = _said_of(product) if product else _proposed(shop)
        super().__init__(*args, **kwargs)
        self.shop, self.product, self.is_judged = shop, product, is_judged
        if not rules.bears_vat(shop):
            del self.fields["vat_rate"]
            self.fields["price"].help_text = _("TVA non applicable, art. 293 B du CGI")
        self.categories = {str(category.id): category for category in shelf.categories(shop.market)}
        self.fields["category"].choices = [("", _("Aucun")), *self._category_choices()]  # type: ignore[attr-defined]

    def _category_choices(self) -> Iterator[tuple[str, str]]:
        for key, category in self.categories.items():
            yield key, f"— {category.name}" if category.parent_id else category.name

    def full_clean(self) -> None:
        """Nothing is wrong with a form that is only shown again, half filled in."""
        if self.is_judged:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def wants_code(self) -> bool:
        """Whether a new article is asked for its code first: where nearly all goods bear one, or where it was typed."""
        return self.shop.trade in rules.CODED_TRADES or bool(self["gtin"].value())

    def clean(self) -> dict[str, Any]:
        """What one choice asks of another."""
        said = super().clean() or {}
        if self._wants_a_count(said):
            self._ask("stock", _("Dites combien vous en avez, zéro compris."))
        if said.get("availability") == Availability.DAILY and not said.get("daily_quantity"):
            self._ask("daily_quantity", _("Dites combien vous en faites par jour."))
        if said.get("availability") == Availability.TO_ORDER and not said.get("delay_days"):
            self._ask("delay_days", _("Dites combien de jours il vous faut."))
        if said.get("unit") == Unit.KILOGRAM and said.get("portion"):
            self._weigh_portion(said)
        if len(said.get("sizes") or [""]) * len(said.get("colours") or [""]) > 100:
            self._ask("sizes", _("Cent tailles et couleurs au plus pour un article."))
        return said

    def _weigh_portion(self, said: dict[str, Any]) -> None:
        """Whoever names a portion says what it weighs."""
        try:
            rules.check_portion(said["unit"], said["portion"], said.get("portion_weight") or Decimal(0))
        except Refused as refused:
            self._ask("portion_weight", say(refused))

    def _wants_a_count(self, said: dict[str, Any]) -> bool:
        """Whether goods begin to be counted here; sizes and colours are counted on their own page."""
        counted_before = self.product is not None and self.product.availability == Availability.COUNTED
        elsewhere = counted_before or said.get("is_unique") or said.get("sizes") or said.get("colours")
        return (
            said.get("availability") == Availability.COUNTED and said.get("stock") is None and not elsewhere
        )

    def _ask(self, field: str, words: Any) -> None:  # noqa: ANN401
        if field not in self.errors:
            self.add_error(field, words)

    def sort(self) -> Kind:
        """The sort that was chosen, else the one its name tells as far as it is typed."""
        chosen, name = self["kind"].value(), self["name"].value()
        return Kind(chosen) if chosen in Kind.values else rules.usual_kind(self.shop.trade, str(name or ""))

    def grid(self) -> list[Cell]:
        """Sizes by colours, each with what was typed for it or is known of it."""
        sizes = self._list("sizes") or [""]
        colours = self._list("colours") or [""]
        known = {cell.key: cell for cell in cells_of(self.product)} | {
            cell.key: cell for cell in self._typed_cells()
        }
        if sizes == [""] and colours == [""]:
            return []
        return [known.get((size, colour)) or Cell(size, colour) for size in sizes for colour in colours]

    def holds(self) -> dict[str, str]:
        """What each fold holds, in a few words: what is proposed is seen without opening it."""
        kind, category = self.sort(), self.categories.get(str(self["category"].value() or ""))
        contains = [
            str(ALLERGENS[name]).lower() for name in self["allergens"].value() or [] if name in ALLERGENS
        ]
        return {
            "availability": _said(words.AVAILABILITIES, self["availability"].value()),
            "kind": _joined(
                [_said(words.KINDS, kind), category.name if category else "", self._vat(), self._portion()]
            ),
            "sizes": _joined([*self._list("sizes"), *self._list("colours")]),
            "food": _joined(contains, ", ") or str(self["origin"].value() or ""),
            "rest": str(self["maker"].value() or "") or str((self.product and self["gtin"].value()) or ""),
        }

    def _vat(self) -> str:
        """The rate that was chosen, else the usual one; nothing where none is charged."""
        if "vat_rate" not in self.fields:
            return ""
        return _percent(self["vat_rate"].value() or rules.usual_vat(self.sort()))

    def _portion(self) -> str:
        """In what it is asked for, where it is sold by the kilo."""
        named = _said(PORTIONS, self["portion"].value()) if self["unit"].value() == Unit.KILOGRAM else ""
        return str(_("à la %(name)s") % {"name": named}) if named else ""

    def _list(self, name: str) -> list[str]:
        if not self.is_bound:
            return self.initial.get(name) or []
        try:
            return list(self.fields[name].clean(self.data.get(name)))
        except ValidationError:
            return []

    def _typed_cells(self) -> list[Cell]:
        return typed_cells(self.data) if isinstance(self.data, QueryDict) else []

    def facts(self) -> ProductFacts:
        """What the catalogue takes. Call when the form is valid and the grid too."""
        said = self.cleaned_data
        content, content_unit = said["content"]
        kind, rate = self.sort(), said.get("vat_rate")
        single = VariantFacts(
            gtin=said["gtin"], reference=said["reference"], content=content, content_unit=content_unit
        )
        grid = self.grid()
        return ProductFacts(
            name=said["name"],
            price=said["price"],
            kind=kind,
            vat_rate=Decimal(rate) if rate else None,
            unit=Unit(said["unit"]),
            portion=said["portion"],
            portion_weight=said["portion_weight"] or Decimal(0),
            category=self.categories.get(said["category"]),
            maker=said["maker"],
            description=said["description"],
            availability=Availability(said["availability"]),
            delay_days=said["delay_days"] or 0,
            daily_quantity=said["daily_quantity"] or Decimal(0),
            is_unique=said["is_unique"],
            ingredients=said["ingredients"],
            allergens=said["allergens"],
            origin=said["origin"],
            is_alcohol=said["is_alcohol"] or kind == Kind.WINE,
            variants=[cell.facts(content, content_unit) for cell in grid if not cell.out]
            if grid
            else [single],
        )

    def grid_is_valid(self) -> bool:
        """Whether every cell of the grid can be read; else the first trouble is said above it."""
        try:
            for cell in self.grid():
                cell.facts(None, "")
        except ValidationError as error:
            self.add_error("sizes", error)
            return False
        return True


def _proposed(shop: Shop) -> dict[str, Any]:
    """What a shop of this trade mostly means."""
    category = shelf.usual_category(shop, rules.usual_kind(shop.trade))
    return {
        "kind": "",
        "category": str(category.id) if category else "",
        "unit": Unit.PIECE,
        "availability": Availability.AVAILABLE,
        "vat_rate": "",
    }


def _said_of(product: Product) -> dict[str, Any]:
    """What is said of an article today, as its form shows it."""
    variants = product.choices
    first = variants[0] if variants else None
    usual = product.vat_rate == rules.usual_vat(product.kind)
    plain = (
        "name",
        "kind",
        "unit",
        "portion",
        "availability",
        "is_unique",
        "maker",
        "description",
        "ingredients",
        "allergens",
    )
    return {name: getattr(product, name) for name in plain} | {
        "price": common_price(variants),
        "category": str(product.category_id or ""),
        "vat_rate": "" if usual else _rate_key(product.vat_rate),
        "content": (first.content, first.content_unit) if first else (None, ""),
        "portion_weight": product.portion_weight or None,
        "daily_quantity": product.daily_quantity or None,
        "delay_days": product.delay_days or None,
        "sizes": distinct(v.size for v in variants),
        "colours": distinct(v.colour for v in variants),
        "gtin": first.gtin.lstrip("0") if first else "",
        "reference": first.reference if first else "",
        "origin": product.origin,
        "is_alcohol": product.is_alcohol,
        **said_of(product),
    }
