# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a shop says how it hands over: few fields, with what is usual already in them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from halles.domain.fulfilment import rules
from halles.domain.fulfilment.actions import CURBSIDE, Area, Said, Setting, Where
from halles.domain.fulfilment.models import Method
from halles.domain.fulfilment.rules import Terms
from halles.domain.shops.models import Place
from halles.doors.backoffice.forms.fields import MoneyInput, refuse
from halles.doors.backoffice.forms.shop import Day, copied, periods, typed_week
from halles.doors.backoffice.forms.zones import ZonesField, priced, twice
from halles.doors.backoffice.ways_words import length
from halles.doors.ui.forms import ChoiceChips, PostalCodeInput
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

LENGTHS = (15, 20, 30, 60)  # minutes
MOST_PRICES = 20  # other prices one may add
MORE = "encore"  # the button that adds one
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})


class WayForm(forms.Form):
    """In which slots, for how many, until when: of every way."""

    minutes = forms.TypedChoiceField(
        label=_("Créneaux"), coerce=int, empty_value=None, required=False, widget=ChoiceChips
    )
    capacity = forms.IntegerField(
        label=_("Commandes par créneau"),
        required=False,
        widget=NUMBER,
        help_text=_("Laissez vide pour en prendre autant qu'il en vient."),
        error_messages={"invalid": _("Écrivez un nombre entier, par exemple 4.")},
    )
    cutoff = forms.TypedChoiceField(
        label=_("Quel jour"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=ChoiceChips,
    )
    cutoff_time = forms.TimeField(
        label=_("Avant quelle heure"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Écrivez une heure, par exemple 12:00.")},
    )

    curbside = forms.CharField(
        label=_("Où le client s'arrête"),
        max_length=CURBSIDE,
        required=False,
        help_text=_(
            "Par exemple : places 1 à 4, rue du Marché. Le client dit « je suis là » depuis sa commande, votre téléphone sonne."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        now, until = self.initial.get("minutes"), self.initial.get("cutoff")
        lengths = sorted({*LENGTHS, *([now] if now else [])})
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            ("", _("toute l'ouverture")),
            *((minutes, length(minutes)) for minutes in lengths),
        ]
        said = {0: _("le jour même"), 1: _("la veille"), 2: _("2 jours avant")}
        said |= {until: _now("%(n)s jours avant") % {"n": until}} if until and until not in said else {}
        self.fields["cutoff"].choices = [("", _("tant que c'est faisable")), *said.items()]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """A day needs its time."""
        super().clean()
        said = self.cleaned_data
        if (
            said.get("cutoff") is not None
            and not said.get("cutoff_time")
            and "cutoff_time" not in self.errors
        ):
            self.add_error("cutoff_time", _("Dites aussi l'heure, par exemple 12:00."))

    def setting(self, terms: Terms) -> Setting:
        """What it says, at this price."""
        said = self.cleaned_data
        has_cutoff = said["cutoff"] is not None
        return Setting(
            minutes=said["minutes"],
            capacity=said["capacity"],
            cutoff_days=said["cutoff"] or 0,
            cutoff_time=said["cutoff_time"] if has_cutoff else None,
            terms=terms,
            curbside=said["curbside"],
        )

    def terms(self, method: Method | None) -> Terms:
        """The price, which stays what it is where nothing asks for it."""
        return Terms(method.fee, method.free_from, method.least) if method else Terms()

    def where(self) -> Where | None:
        """The address, where it is not the shop's own."""
        return None

    def areas(self) -> list[Area] | None:
        """Where the shop brings its goods, when it does."""
        return None


class PlaceForm(WayForm):
    """A place that is not the shop's own counter."""

    name = forms.CharField(label=_("Nom du lieu"), max_length=80)
    address = forms.CharField(label=_("Rue et numéro"), max_length=160, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=8, widget=PostalCodeInput)
    city = forms.CharField(label=_("Ville"), max_length=80, required=False)

    def where(self) -> Where:
        """What it is called, and its address."""
        return Where(**{name: self.cleaned_data[name] for name in ("name", "address", "postal_code", "city")})


class DepotForm(PlaceForm):
    """Somebody else's counter, as its host writes it down."""

    phone = forms.CharField(
        label=_("Téléphone du dépôt"),
        max_length=24,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=_("Pour les boutiques seulement."),
    )

    def where(self) -> Where:
        """With the telephone of who keeps it."""
        return replace(super().where(), phone=self.cleaned_data["phone"])


class PriceFields(forms.Form):
    """What bringing costs."""

    fee = MoneyInput(
        label=_("Prix de la livraison"),
        help_text=_("0 si elle est gratuite."),
        error_messages={"required": _("Il manque le prix ; écrivez 0 si la livraison est gratuite.")},
    )
    free_from = MoneyInput(label=_("Offerte dès"), required=False)
    least = MoneyInput(label=_("Commande minimale"), required=False)

    def clean(self) -> None:
        """Amounts that can be meant together."""
        super().clean()
        if not self.errors and (terms := self.price()):
            try:
                rules.check_terms(terms)
            except Refused as refused:
                refuse(self, refused)

    def price(self) -> Terms | None:
        """What it says."""
        said = self.cleaned_data
        if said.get("fee") is None:
            return None
        return Terms(said["fee"], said["free_from"], said["least"] or Decimal(0))


class RoundForm(PriceFields, WayForm):
    """The shop goes round."""

    zones = ZonesField(label=_("Communes ou codes postaux"))

    def terms(self, method: Method | None) -> Terms:
        """As it was typed."""
        return self.price() or Terms()

    def areas(self) -> list[Area]:
        """At the usual price."""
        return list(self.cleaned_data["zones"])


class PriceForm(PriceFields):
    """Another price for some communes; nothing at all when nothing is typed."""

    zones = ZonesField(label=_("Communes à un autre prix"), required=False)
    field_order = ("zones",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs |= {"empty_permitted": True, "use_required_attribute": False}
        super().__init__(*args, **kwargs)

    def clean(self) -> None:
        """A price is for somewhere."""
        super().clean()
        if "zones" not in self.errors and not self.cleaned_data.get("zones"):
            self.add_error("zones", _("Dites pour quelles communes."))

    def areas(self) -> list[Area]:
        """Its communes, at its price."""
        terms = self.price() if self.has_changed() else None
        return priced(self.cleaned_data["zones"], terms) if terms else []


FORMS: Mapping[str, type[WayForm]] = {
    Place.Kind.COUNTER: WayForm,
    Place.Kind.STALL: PlaceForm,
    Place.Kind.DEPOT: DepotForm,
    Place.Kind.ROUND: RoundForm,
}


class Sheet:
    """All that is said of a way, on one page: the form, the week, other prices."""

    def __init__(
        self,
        kind: str,
        *,
        initial: Mapping[str, Any],
        week: Sequence[Day],
        prices: Iterable[Mapping[str, Any]] = (),
        data: Mapping[str, str] | None = None,
        joins: uuid.UUID | None = None,
    ) -> None:
        self.kind, self.data, self.joins = kind, data, joins
        form = WayForm if joins else FORMS[kind]  # where a depot of another shop is, that shop says
        self.form = form(data, initial=dict(initial))
        self.has_week = kind != Place.Kind.COUNTER
        self.has_prices = kind == Place.Kind.ROUND
        self.week = list(week) if data is None else typed_week(data)
        self.week_error = ""
        self.prices = self._prices(list(prices)) if self.has_prices else []
        self._periods: list[tuple[int, dt.time, dt.time]] = []
        if data is not None and self.only_adds:
            self._add()

    @property
    def only_adds(self) -> bool:
        """Whether a button was pressed that changes what is on the page, and keeps nothing yet."""
        data = self.data or {}
        return MORE in data or data.get("copy", "") in set("0123456")

    @property
    def is_wrong(self) -> bool:
        """Whether something is said in red."""
        return any(form.errors for form in (self.form, *self.prices)) or self.wrong_week

    @property
    def wrong_week(self) -> bool:
        """Whether a day is."""
        return bool(self.week_error) or any(day.error for day in self.week)

    @property
    def shows_week(self) -> bool:
        """Whether its fold is open: something is wrong in it, or a button of it was pressed."""
        return self.wrong_week or bool((self.data or {}).get("copy"))

    @property
    def shows_prices(self) -> bool:
        """The same of the other prices."""
        return any(price.errors for price in self.prices) or MORE in (self.data or {})

    def _prices(self, said: list[Mapping[str, Any]]) -> list[PriceForm]:
        """Those there are; an empty one where there are none."""
        if self.data is None:
            return [PriceForm(prefix=f"prix{n}", initial=dict(one)) for n, one in enumerate(said or [{}])]
        typed = self.data.get("prix", "1")[:3]
        number = min(int(typed) if typed.isascii() and typed.isdigit() else 1, MOST_PRICES)
        return [PriceForm(self.data, prefix=f"prix{n}") for n in range(max(number, 1))]

    def _add(self) -> None:
        """One more price, or a day copied on the others; nothing is judged yet."""
        data = self.data or {}
        if MORE not in data:
            self.week = copied(self.week, int(data["copy"]))
        elif self.has_prices and len(self.prices) < MOST_PRICES:
            self.prices.append(PriceForm(prefix=f"prix{len(self.prices)}"))
        for form in (self.form, *self.prices):
            if form.is_bound:
                form._errors = ErrorDict()  # type: ignore[attr-defined]  # Django judges what is bound as soon as it is shown

    def is_valid(self) -> bool:
        """Whether all of it can be meant; what cannot says so at its place."""
        valid = [self.form.is_valid(), *(price.is_valid() for price in self.prices)]
        if self.has_week:
            self._periods = periods(self.week)
            if not self._periods and not self.wrong_week:
                self.week_error = _now("Dites au moins un jour et ses heures.")
        return all(valid) and not self.wrong_week

    def said(self, method: Method | None) -> Said:
        """What the domain is told."""
        areas = self.form.areas()
        return Said(
            self.form.setting(self.form.terms(method)),
            where=self.form.where(),
            week=self._periods if self.has_week else None,
            areas=None if areas is None else sum((price.areas() for price in self.prices), areas),
            depot=self.joins,
        )

    def refuse(self, refused: Refused) -> None:
        """Say what the domain refused where it was typed."""
        if (weekday := refused.details.get("weekday")) is not None:
            self.week[weekday].error = say(refused)
        elif refused.code == "fulfilment.zones_overlap":
            groups = [self.form.areas() or [], *(price.areas() for price in self.prices)]
            at = twice(groups, refused.details["postal_code"])
            (self.prices[at - 1] if at else self.form).add_error("zones", say(refused))
        else:
            renamed = "cutoff" if refused.field == "cutoff_days" else refused.field
            refuse(self.form, Refused(refused.code, field=renamed, **refused.details))
