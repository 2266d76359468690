# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a shop says of itself: its card, who sells before the law, when it is open, how it takes orders."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import get_day_names
from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret as siret_number
from stdnum.fr import tva as vat_number

from halles.domain.shops.actions import Card
from halles.domain.shops.models import Place, Shop, Trade
from halles.domain.shops.rules import Period
from halles.doors.backoffice.forms.fields import plain
from halles.doors.ui import formats
from halles.doors.ui.colours import HEX, STRIPES_APART, contrast
from halles.doors.ui.forms import ChoiceChips, PostalCodeInput, Stepper
from halles.doors.ui.refusals import say
from halles.doors.ui.words import TRADES
from halles.kernel.contact import show_phone
from halles.kernel.errors import Refused

COLOUR = forms.TextInput(attrs={"type": "color"})


class OpenShopForm(forms.Form):
    """Three things, and the shop exists."""

    name = forms.CharField(
        label=_("Nom de la boutique"), max_length=80, help_text=_("Comme sur votre enseigne.")
    )
    trade = forms.ChoiceField(label=_("Métier"), choices=lambda: list(TRADES.items()), widget=ChoiceChips)
    postal_code = forms.CharField(label=_("Code postal"), max_length=8, widget=PostalCodeInput)
    city = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)


class CardForm(forms.Form):
    """What the town sees of the shop."""

    name = forms.CharField(label=_("Nom de la boutique"), max_length=80)
    trade = forms.ChoiceField(label=_("Métier"), choices=lambda: list(TRADES.items()), widget=ChoiceChips)
    tagline = forms.CharField(label=_("En une phrase"), max_length=160, required=False)
    description = forms.CharField(
        label=_("Quelques mots de plus"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    colour = forms.CharField(label=_("Couleur de l'auvent"), max_length=7, widget=COLOUR)
    colour_light = forms.CharField(label=_("Couleur claire de l'auvent"), max_length=7, widget=COLOUR)
    phone = forms.CharField(
        label=_("Téléphone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.CharField(
        label=_("Adresse électronique"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(label=_("Rue et numéro"), max_length=160, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=8, widget=PostalCodeInput)
    city = forms.CharField(label=_("Ville"), max_length=80, required=False)

    def clean_colour(self) -> str:
        """A colour, since it goes into pages."""
        return self._colour("colour")

    def clean_colour_light(self) -> str:
        """Told apart from the other one."""
        light = self._colour("colour_light")
        dark = self.cleaned_data.get("colour")
        if dark and contrast(dark, light) < STRIPES_APART:
            raise forms.ValidationError(
                _("Ces deux couleurs se ressemblent trop pour des rayures. Prenez celle-ci plus claire.")
            )
        return light

    def _colour(self, name: str) -> str:
        typed = str(self.cleaned_data[name]).lower()
        if not HEX.match(typed):
            raise forms.ValidationError(_("Choisissez une couleur."))
        return typed

    def card(self) -> Card:
        """What the shop says of itself."""
        return Card(**self.cleaned_data | {"trade": Trade(self.cleaned_data["trade"])})


def card_of(shop: Shop, counter: Place | None) -> dict[str, Any]:
    """What the card says today."""
    said = {
        name: getattr(shop, name)
        for name in ("name", "trade", "tagline", "description", "colour", "colour_light", "email")
    }
    said["phone"] = show_phone(shop.phone)
    if counter:
        said |= {name: getattr(counter, name) for name in ("address", "postal_code", "city")}
    return said


class SaidLater(forms.CharField):
    """What the law wants before the first order: nothing optional, and yet the rest is kept without it."""

    def validate(self, value: object) -> None:
        """Nothing is an answer for now."""


class IdentityForm(forms.Form):
    """Who sells, before the law."""

    legal_name = forms.CharField(
        label=_("Nom légal"),
        max_length=120,
        help_text=_("Votre nom et prénom, ou celui de la société avec sa forme (SARL, SAS…)."),
    )
    siret = SaidLater(
        label=_("SIRET"),
        max_length=30,
        help_text=_("Quatorze chiffres, sur votre avis de situation."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    vat_regime = forms.ChoiceField(
        label=_("TVA"),
        choices=[
            (Shop.VatRegime.REAL, _("La boutique facture la TVA")),
            (Shop.VatRegime.FRANCHISE, _("TVA non applicable, art. 293 B du CGI")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si la boutique facture la TVA.")},
    )
    vat_number = forms.CharField(
        label=_("Numéro de TVA"), max_length=20, required=False, help_text=_("Par exemple FR 12 345678901.")
    )
    mediator = SaidLater(
        label=_("Médiateur de la consommation"),
        max_length=300,
        help_text=_("Son nom et son adresse : tout commerce doit en avoir un."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_siret(self) -> str:
        """Told together with every other trouble, not after them."""
        typed = str(self.cleaned_data["siret"])
        if typed and not siret_number.is_valid(typed):
            raise forms.ValidationError(say(Refused("shops.siret_wrong")))
        return typed

    def clean_vat_number(self) -> str:
        """A French one: it goes on every receipt."""
        typed = str(self.cleaned_data["vat_number"])
        if typed and not vat_number.is_valid(typed):
            raise forms.ValidationError(_("Ce numéro de TVA n'est pas juste. Relisez-le sur vos factures."))
        return typed


class OrdersForm(forms.Form):
    """Whether and how the shop takes orders."""

    takes_orders = forms.BooleanField(label=_("La boutique prend des commandes"), required=False)
    preparation_minutes = forms.TypedChoiceField(
        label=_("Temps qu'il vous faut pour préparer"),
        coerce=int,
        choices=[
            (0, _("aucun")),
            (15, _("15 minutes")),
            (30, _("30 minutes")),
            (60, _("1 heure")),
            (120, _("2 heures")),
            (240, _("4 heures")),
            (1440, _("1 jour")),
            (2880, _("2 jours")),
        ],
    )
    trusted_up_to = forms.DecimalField(
        label=_("Commandes gardées sans confirmation, jusqu'à"),
        min_value=0,
        max_value=10000,
        decimal_places=0,
        widget=Stepper(step=5, least=0, most=10000, unit="€"),
        help_text=_(
            "Au-dessus, ou la première fois, le client confirme dans la demi-heure, ou vous acceptez."
        ),
    )
    hold_hours = forms.IntegerField(
        label=_("Gardées combien d'heures après l'heure convenue"),
        min_value=1,
        max_value=336,
        widget=Stepper(step=1, least=1, most=336, unit="h"),
        help_text=_("Ensuite les articles retournent en rayon."),
    )


class LendingForm(forms.Form):
    """What neighbours may take."""

    lends = forms.ChoiceField(
        label=_("Ce qu'une autre boutique peut reprendre"),
        choices=[
            (Shop.Lending.NOTHING, _("Rien")),
            (Shop.Lending.FACTS, _("Nom, marque et contenance")),
            (Shop.Lending.PICTURES, _("Nom, marque, contenance et photo")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Ce qui a déjà été repris reste à celle qui l'a repris."),
        error_messages={"required": _("Choisissez une réponse.")},
    )


class StallForm(forms.Form):
    """Another place: a stall on the market square."""

    name = forms.CharField(
        label=_("Nom du lieu"), max_length=80, help_text=_("Par exemple : marché Notre-Dame.")
    )
    address = forms.CharField(label=_("Où exactement"), max_length=160, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=8, widget=PostalCodeInput)
    city = forms.CharField(label=_("Ville"), max_length=80, required=False)


class ClosureForm(forms.Form):
    """Congés."""

    first_day = forms.DateField(label=_("Du"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("Au, compris"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Un mot pour vos clients"), max_length=80, required=False)


Periods = list[Period]
HALVES = (1, 2)  # before and after the midday break


@dataclass
class Day:
    """A row of the week: opens and closes, twice."""

    number: int
    typed: dict[str, str]
    error: str = ""

    @property
    def name(self) -> str:
        """Monday and so on, in the reader's language."""
        return str(get_day_names("wide", locale=formats.locale())[self.number]).capitalize()

    @property
    def inputs(self) -> list[tuple[str, str, str]]:
        """The name, value and meaning of each input, in order."""
        said = {"o1": _("ouvre"), "c1": _("ferme"), "o2": _("rouvre"), "c2": _("ferme le soir")}
        return [(f"d{self.number}{key}", self.typed.get(key, ""), str(words)) for key, words in said.items()]


def week_of(place: Place) -> list[Day]:
    """The hours of a place as the week editor shows them."""
    return as_week((period.weekday, period.opens, period.closes) for period in place.periods.all())


def as_week(said: Iterable[Period]) -> list[Day]:
    """Openings as the week editor shows them."""
    days = [Day(number, {}) for number in range(7)]
    for weekday, opens, closes in sorted(said):
        typed = days[weekday].typed
        half = 2 if "o1" in typed else 1
        typed |= {f"o{half}": f"{opens:%H:%M}", f"c{half}": f"{closes:%H:%M}"}
    return days


def typed_week(data: Mapping[str, str]) -> list[Day]:
    """The week as it was typed, whatever it says."""
    return [
        Day(number, {key: plain(data.get(f"d{number}{key}", ""))[:8] for key in ("o1", "c1", "o2", "c2")})
        for number in range(7)
    ]


def copied(week: Sequence[Day], number: int) -> list[Day]:
    """The hours of one day on all the days that say nothing yet, but Sunday."""
    model = week[number].typed
    return [
        Day(day.number, dict(model)) if not any(day.typed.values()) and day.number != 6 else day
        for day in week
    ]


def periods(week: Sequence[Day]) -> Periods:
    """The openings of a typed week; a day that cannot be read says so."""
    found: Periods = []
    for day in week:
        for half in HALVES:
            opens, closes = day.typed.get(f"o{half}", ""), day.typed.get(f"c{half}", "")
            if not opens and not closes:
                continue
            try:
                start, end = _time(opens), _time(closes)
            except ValueError:
                day.error = str(_("Écrivez l'ouverture et la fermeture, par exemple 9:00 et 12:30."))
                continue
            # Midnight ends the day: the last minute of it.
            found.append((day.number, start, dt.time(23, 59) if end == dt.time(0) else end))
    return found


def _time(typed: str) -> dt.time:
    return dt.datetime.strptime(typed.replace("h", ":").replace(" ", "")[:5].rstrip(":"), "%H:%M").time()  # noqa: DTZ007
