# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which articles, and what is to become of all of them."""

import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from halles.domain.bulkedits.rules import MOST_DAYS, Asked, How, Rounding, What, check
from halles.domain.catalogue import rules, shelf
from halles.domain.catalogue.models import Availability, Product
from halles.domain.catalogue.shelf import Lack
from halles.domain.shops.models import Shop
from halles.doors.backoffice import words
from halles.doors.backoffice.forms.fields import NumberTyped, QuantityInput, plain, refuse
from halles.doors.ui import formats
from halles.doors.ui.forms import ChoiceChips, Stepper
from halles.kernel.errors import Refused

WHATS: words.Words = {
    What.PRICE: _("Prix"),
    What.AVAILABILITY: _("Disponibilité"),
    What.CATEGORY: _("Rayon"),
    What.VAT: _("TVA"),
    What.PUBLISH: _("Mettre en ligne"),
    What.WITHDRAW: _("Retirer"),
    What.DELETE: _("Supprimer"),
}
HOWS: words.Words = {
    How.PERCENT_MORE: _("Augmenter, en %"),
    How.PERCENT_LESS: _("Baisser, en %"),
    How.AMOUNT_MORE: _("Augmenter, en €"),
    How.AMOUNT_LESS: _("Baisser, en €"),
    How.SET: _("Un même prix"),
}
ROUNDINGS: words.Words = {
    Rounding.CENT: _("au centime"),
    Rounding.FIVE: _("à 5 centimes"),
    Rounding.TEN: _("à 10 centimes"),
    Rounding.EURO: _("à l'euro"),
    Rounding.NINETY: _("qui finit par ,90"),
}
LACKS: words.Words = {
    Lack.PHOTO: _("sans photo"),
    Lack.CATEGORY: _("sans rayon"),
    Lack.PRICE: _("sans prix"),
}
SOLD_OUT = "sold_out"  # said with the other words of availability, though it is none of them
AVAILABILITIES: words.Words = {
    Availability.AVAILABLE: _("Disponible"),
    SOLD_OUT: _("Épuisé"),
    **{word: said for word, said in words.AVAILABILITIES.items() if word != Availability.AVAILABLE},
}


class SearchForm(forms.Form):
    """Which articles: by words, state, « rayon », or what they lack. What is not understood is not asked."""

    q = forms.CharField(label=_("Chercher un article"), required=False)
    etat = forms.ChoiceField(label=_("État"), required=False)
    rayon = forms.ChoiceField(label=_("Rayon"), required=False)
    sans = forms.ChoiceField(
        label=_("Il leur manque"), required=False, choices=[("", _("Peu importe")), *LACKS.items()]
    )

    def __init__(self, data: Mapping[str, Any], *, shop: Shop) -> None:
        super().__init__(data)
        self.shop = shop
        self.tree = shelf.categories(shop.market)
        states = [(word, said) for word, said in words.STATUSES.items() if word != Product.Status.DELETED]
        self.fields["etat"].choices = [("", _("Tous")), *states]  # type: ignore[attr-defined]
        self.fields["rayon"].choices = [("", _("Tous")), *category_choices(self.tree)]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def asked(self) -> dict[str, str]:
        """What was asked, as an address says it."""
        said = {name: plain(str(self.cleaned_data.get(name) or ""))[:80] for name in self.fields}
        return {name: value for name, value in said.items() if value}

    def products(self) -> QuerySet[Product]:
        """The articles that were found."""
        asked = self.asked
        within = [
            below
            for row in self.tree
            if str(row.id) == asked.get("rayon")
            for below in shelf.below(row, self.tree)
        ]
        return shelf.products(
            self.shop,
            status=asked.get("etat", ""),
            words=asked.get("q", ""),
            within=within or None,
            without=Lack(asked["sans"]) if "sans" in asked else None,
        )

    def in_words(self) -> str:
        """What was asked, as one says it."""
        asked = self.asked
        names = {str(row.id): row.name for row in self.tree}
        said = [
            f"« {asked['q']} »" if "q" in asked else "",
            str(words.STATUSES.get(asked.get("etat", ""), "")),
            names.get(asked.get("rayon", ""), ""),
            str(LACKS.get(asked.get("sans", ""), "")),
        ]
        return " · ".join(part for part in said if part)


def category_choices(tree: Iterable[Any]) -> list[tuple[str, str]]:
    """The market's « rayons », those below one under it."""
    names: dict[uuid.UUID, str] = {}
    for row in tree:
        above = names.get(row.parent_id, "")
        names[row.id] = f"{above} > {row.name}" if above else row.name
    return [(str(pk), name) for pk, name in names.items()]


class Hundredths(NumberTyped):
    """Percent or euros."""

    places = 2
    default_error_messages = {"required": _("Écrivez un nombre, par exemple 5 ou 0,50.")}


class BulkEditForm(forms.Form):
    """What is to become of all of them: one thing at a time."""

    what = forms.ChoiceField(
        label=_("Que changer ?"), choices=list(WHATS.items()), widget=ChoiceChips, initial=What.PRICE
    )
    how = forms.ChoiceField(
        label=_("Comment ?"),
        choices=list(HOWS.items()),
        widget=ChoiceChips,
        initial=How.PERCENT_MORE,
    )
    number = Hundredths(label=_("De combien ?"), help_text=_("5 pour cent, 0,50 euro, ou le prix de tous."))
    rounding = forms.ChoiceField(
        label=_("Arrondir"),
        choices=list(ROUNDINGS.items()),
        widget=ChoiceChips,
        initial=Rounding.CENT,
    )
    vat_rate = forms.ChoiceField(
        label=_("Taux de TVA"), help_text=_("Le prix que le client paie ne change pas.")
    )
    category = forms.ChoiceField(label=_("Rayon"), required=False)
    availability = forms.ChoiceField(
        label=_("Peut-on les avoir ?"),
        choices=list(AVAILABILITIES.items()),
        widget=forms.RadioSelect,
        initial=Availability.AVAILABLE,
    )
    daily_quantity = QuantityInput(
        label=_("Combien par jour ?"), error_messages={"required": _("Dites combien par jour.")}
    )
    delay_days = forms.IntegerField(
        label=_("Délai, en jours"),
        min_value=1,
        max_value=MOST_DAYS,
        widget=Stepper(least=1, most=MOST_DAYS),
        error_messages={"required": _("Dites en combien de jours, de 1 à 365.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, shop: Shop, tree: Iterable[Any]) -> None:
        super().__init__(data)
        if rules.bears_vat(shop):
            rates = [(f"{rate.normalize():f}", f"{formats.number(rate)} %") for rate in rules.VAT_RATES]
            self.fields["vat_rate"].choices = rates  # type: ignore[attr-defined]
        else:
            del self.fields["vat_rate"]
            kept = [(word, said) for word, said in WHATS.items() if word != What.VAT]
            self.fields["what"].choices = kept  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("Aucun")), *category_choices(tree)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What belongs to the question asked is needed; of the rest nothing is said."""
        said = super().clean() or self.cleaned_data
        for name in set(self.errors) - {"what", *_belonging(said)}:
            del self.errors[name]
        if not self.errors:
            try:
                check(self.asked)
            except Refused as refused:
                refuse(self, refused)
        return said

    @property
    def asked(self) -> Asked:
        """What was asked, for the domain."""
        said = self.cleaned_data
        availability = said.get("availability") or Availability.AVAILABLE
        sold_out = said["what"] == What.AVAILABILITY and availability == SOLD_OUT
        return Asked(
            What.SOLD_OUT if sold_out else What(said["what"]),
            How(said.get("how") or How.PERCENT_MORE),
            said.get("number") or Decimal(0),
            Rounding(said.get("rounding") or Rounding.CENT),
            Decimal(said.get("vat_rate") or 0),
            said.get("category") or "",
            Availability.AVAILABLE if availability == SOLD_OUT else Availability(availability),
            said.get("delay_days") or 0,
            said.get("daily_quantity") or Decimal(0),
        )


BELONGS: Mapping[str, tuple[str, ...]] = {
    What.PRICE: ("how", "number", "rounding"),
    What.VAT: ("vat_rate",),
    What.CATEGORY: ("category",),
    What.AVAILABILITY: ("availability",),
}
NEEDS: Mapping[str, tuple[str, ...]] = {
    Availability.DAILY: ("daily_quantity",),
    Availability.TO_ORDER: ("delay_days",),
}


def _belonging(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that belong to what is asked."""
    belong = BELONGS.get(str(said.get("what")), ())
    return belong + NEEDS.get(str(said.get("availability")), ()) if "availability" in belong else belong
