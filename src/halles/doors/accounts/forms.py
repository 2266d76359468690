# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this door asks: an address, a code, and the little that makes a shop or a market."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from halles.domain.communes import reads as communes
from halles.doors.ui import drawings
from halles.doors.ui.forms import ChoiceChips, CodeInput, PostalCodeInput
from halles.doors.ui.refusals import say
from halles.doors.ui.words import TRADES
from halles.kernel.contact import clean_email, clean_postal_code
from halles.kernel.errors import Refused


def understood(clean: Callable[[str], str], typed: str) -> str:
    """What was typed as the house keeps it, or the sentence that says what is wrong with it."""
    try:
        return clean(typed)
    except Refused as refused:
        raise ValidationError(say(refused)) from refused


def _sentence(code: str) -> str:
    """The house's sentence for what is missing."""
    return say(Refused(code))


# In the language of whoever will read it.
say_lazy = lazy(_sentence, str)


class AddressForm(forms.Form):
    """Whose address it is; the rest of what is typed in this door stands beside it."""

    email = forms.CharField(
        label=_("Votre adresse électronique"),
        max_length=254,
        error_messages={"required": _("Écrivez votre adresse électronique : le code y sera envoyé.")},
        widget=forms.EmailInput(
            attrs={
                "autocomplete": "email",
                "inputmode": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

    def clean_email(self) -> str:
        return understood(clean_email, self.cleaned_data["email"])

    def clean_postal_code(self) -> str:
        return understood(clean_postal_code, self.cleaned_data["postal_code"])


class TradeChips(ChoiceChips):
    """One trade, each with its drawing."""

    template_name = "accounts/widgets/trades.html"


def _trades() -> list[tuple[str, str]]:
    return [(value, format_html("{}{}", drawings.trade(value), name)) for value, name in TRADES.items()]


class PostalCode(forms.CharField):
    """Five digits."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Code postal"),
            max_length=10,
            widget=PostalCodeInput,
            error_messages={"required": say_lazy("contact.postal_code_wrong")},
        )


class Town(forms.CharField):
    """A town: required, and yet the form may know it by itself."""

    def validate(self, value: object) -> None:
        """Nothing is an answer for now."""


class OpenShopForm(AddressForm):
    """All there is to sign up: an address and a shop's name, trade and place."""

    name = forms.CharField(
        label=_("Nom de la boutique"),
        max_length=80,
        error_messages={"required": say_lazy("shops.name_missing")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    trade = forms.ChoiceField(
        label=_("Métier"),
        choices=_trades,
        widget=TradeChips,
        error_messages={"required": _("Choisissez un métier, le plus proche du vôtre.")},
    )
    postal_code = PostalCode()
    city = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    field_order = ("name", "trade", "postal_code", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "Nous y envoyons un code, pour vérifier qu'elle est bien la vôtre."
        )


class OpenMarketForm(AddressForm):
    """What the first visitor of an empty installation says."""

    name = forms.CharField(
        label=_("Nom du marché"), max_length=80, help_text=_("Par exemple « Les halles de Poitiers ».")
    )
    postal_code = PostalCode()
    city = Town(
        label=_("Ville"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    field_order = ("name", "postal_code", "city", "email")

    def clean_city(self) -> str:
        """The town, which a postal code that has only one need not be told."""
        known = communes.by_postal_code(self.cleaned_data.get("postal_code", ""))
        city = self.cleaned_data["city"] or (known[0].name if len(known) == 1 else "")
        if not city:
            raise ValidationError(self.fields["city"].error_messages["required"])
        return str(city)


class CodeForm(forms.Form):
    """Six digits, typed or pasted."""

    code = forms.CharField(
        label=_("Le code à six chiffres"),
        max_length=20,
        widget=CodeInput(),
        error_messages={"required": say_lazy("accounts.code_wrong")},
    )


class OneUseForm(forms.Form):
    """A code from the market's team, when mail fails."""

    code = forms.CharField(
        label=_("Code de connexion"), max_length=20, widget=CodeInput(length=11, digits=False)
    )


class AccountForm(forms.Form):
    """How somebody is called, and which language he reads."""

    name = forms.CharField(
        label=_("Votre nom ou votre rôle"),
        max_length=80,
        required=False,
        help_text=_("L'équipe de la boutique le lit dans l'histoire des commandes."),
    )
    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES, widget=ChoiceChips)


class PasskeyNameForm(forms.Form):
    """How its owner calls a passkey."""

    name = forms.CharField(label=_("Nom de la clé d'accès"), max_length=60)


class CredentialField(forms.JSONField):
    """What the browser's WebAuthn interface answered; whatever else is sent is simply not a key."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401
        try:
            credential = super().to_python(value) if len(str(value)) < 20_000 else None
        except RecursionError:
            credential = None
        if not isinstance(credential, dict) or not isinstance(credential.get("response"), dict):
            raise ValidationError(say(Refused("accounts.passkey_wrong")))
        return credential


# The library lets what it did not foresee in a forged answer through as any of these.
FORGED = (TypeError, ValueError, LookupError, AttributeError)


class PasskeyLoginForm(LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with a passkey."""

    credential = CredentialField()

    def clean_credential(self) -> Any:  # noqa: ANN401
        try:
            return super().clean_credential()
        except (*FORGED, ValidationError) as error:
            raise ValidationError(say(Refused("accounts.passkey_wrong"))) from error


class PasskeyAddForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: always one that signs in by itself, so that the library's tick box is not asked."""

    name = forms.CharField(
        label=_("Nom de la clé d'accès"),
        max_length=60,
        required=False,
        help_text=_("Par exemple « mon téléphone »."),
    )
    credential = CredentialField()
    passwordless = None

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (*FORGED, ValidationError) as error:
            raise ValidationError(say(Refused("accounts.passkey_wrong"))) from error
        return cleaned
