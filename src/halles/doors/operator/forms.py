# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the market's team types."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from halles.doors.ui.refusals import say
from halles.kernel.contact import clean_email
from halles.kernel.errors import Refused


class Address(forms.CharField):
    """An e-mail address."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        keyboard = {"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__(max_length=254, widget=forms.EmailInput(attrs=keyboard), **options)

    def clean(self, value: Any) -> str:  # noqa: ANN401
        try:
            return clean_email(super().clean(value))
        except Refused as refused:
            raise ValidationError(say(refused)) from refused


class InviteForm(forms.Form):
    """Somebody who joins the team."""

    email = Address(label=_("Son adresse électronique"))


class MarketForm(forms.Form):
    """What the market says of itself."""

    name = forms.CharField(label=_("Nom du marché"), max_length=80)
    tagline = forms.CharField(label=_("En une phrase"), max_length=160, required=False)
    contact_email = Address(label=_("Adresse où l'on vous écrit"), required=False)
    publisher = forms.CharField(
        label=_("Qui publie le site"),
        help_text=_("Nom et forme : association, commune… La loi veut le lire dans les mentions légales."),
        max_length=160,
        required=False,
    )
    publisher_address = forms.CharField(label=_("Son adresse postale"), max_length=200, required=False)
    director = forms.CharField(label=_("Direction de la publication"), max_length=80, required=False)
    host = forms.CharField(
        label=_("Qui héberge le site"),
        help_text=_("Nom, adresse et téléphone de l'hébergeur."),
        max_length=300,
        required=False,
    )
    approval_needed = forms.BooleanField(label=_("Une nouvelle boutique attend notre accord"), required=False)
    shops_lend = forms.BooleanField(
        label=_("Un article scanné peut être repris d'une autre boutique"),
        help_text=_(
            "Nom, marque et contenance, sauf si elle dit non ; la photo, seulement si elle dit oui. Jamais la description,"
            " le prix ni le stock."
        ),
        required=False,
    )
