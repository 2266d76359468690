# SPDX-License-Identifier: AGPL-3.0-or-later
"""What visitors type: every field is read with care, none is trusted."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halles.domain.catalogue.models import Product, Variant
from halles.domain.conversations.models import MOST_SIGNS
from halles.domain.orders.actions.baskets import check_portions
from halles.domain.orders.actions.place import Contact, Door
from halles.doors.storefront import quantities
from halles.doors.ui.refusals import say
from halles.kernel.errors import Refused

DAYS_AHEAD = 60
CHIPS = 8


class AddForm(forms.Form):
    """Choosing a size and colour, how much, and a word for the shop."""

    variante = forms.CharField(
        max_length=40, error_messages={"required": _("Choisissez d'abord une taille ou une couleur.")}
    )
    mesure = forms.CharField(max_length=8, required=False)  # "parts", or by weight
    parts = forms.CharField(max_length=20, required=False)
    quantite = forms.CharField(max_length=20, required=False)
    note = forms.CharField(
        max_length=140,
        required=False,
        label=_("Un mot pour la boutique"),
        widget=forms.TextInput(
            attrs={"placeholder": _("tranché, bien mûr, pour offrir…"), "autocomplete": "off"}
        ),
        error_messages={"max_length": _("Ce mot est trop long : %(limit_value)d signes au plus.")},
    )

    def __init__(self, product: Product, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.product = product
        self.choices: Sequence[Variant] = product.choices
        asking = quantities.asking(product.unit)
        self.fields["quantite"].label = _("Quantité")
        self.initial.setdefault("quantite", asking.usual)
        self.initial.setdefault("parts", 1)
        self.in_portions = bool(product.portion) and (
            self.data.get("mesure") == "parts" if self.is_bound else True
        )

    def clean_variante(self) -> Variant:
        """The one that was chosen, as long as it can still be had."""
        chosen = next((v for v in self.choices if str(v.id) == self.cleaned_data["variante"]), None)
        if chosen is None:
            raise forms.ValidationError(_("Ce choix n'existe plus. Choisissez-en un autre."))
        return chosen

    def clean_quantite(self) -> object:
        """Counted as the domain does, in portions or by weight; nothing typed means the usual quantity."""
        if self.in_portions:
            return self._clean_portions()
        typed = self.cleaned_data["quantite"] or str(quantities.asking(self.product.unit).usual)
        try:
            quantity = quantities.read(typed, self.product.unit)
            if quantity:
                return quantity
            raise Refused("orders.quantity_wrong", unit=self.product.unit)
        except Refused as refused:
            raise forms.ValidationError(say(refused)) from refused

    def _clean_portions(self) -> object:
        try:
            number = quantities.read_portions(self.cleaned_data.get("parts") or "1")
            return check_portions(number, self.product.portion_weight)[1]
        except Refused as refused:
            raise forms.ValidationError(say(refused)) from refused


class AskedField(forms.CharField):
    """Not optional, but whether it is missing is not for the field to say."""

    def validate(self, value: object) -> None:
        """The form, or the domain, looks at it beside others."""


class ContactForm(forms.Form):
    """How the shops call and reach the customer."""

    use_required_attribute = False  # one of two fields is enough: HTML cannot say so

    nom = forms.CharField(
        label=_("Votre nom"),
        max_length=80,
        error_messages={"required": _("Dites-nous votre nom : la boutique le lira sur la commande.")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    courriel = AskedField(
        label=_("Votre adresse électronique"),
        max_length=254,
        help_text=_("Pour la confirmation et le lien de votre commande."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telephone = AskedField(
        label=_("ou votre téléphone"),
        max_length=30,
        help_text=_("La boutique vous appelle si quelque chose manque."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    FIELD_OF = {"name": "nom", "email": "courriel", "phone": "telephone"}  # as the domain names them

    def clean(self) -> None:
        """One of the two is there."""
        if not self.errors.keys() & {"courriel", "telephone"} and not (
            self.cleaned_data["courriel"] or self.cleaned_data["telephone"]
        ):
            self.add_error("courriel", say(Refused("customers.contact_missing")))

    def contact(self, language: str) -> Contact:
        """What was typed, for the domain to judge."""
        typed = self.cleaned_data
        return Contact(typed["nom"], typed["courriel"], typed["telephone"], language)


class DoorForm(ContactForm):
    """The same, for somebody to whose door a shop comes."""

    adresse = AskedField(
        label=_("Rue et numéro"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    ville = AskedField(
        label=_("Ville"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    acces = forms.CharField(
        label=_("Étage, code, interphone"),
        max_length=140,
        required=False,
        help_text=_("Pour trouver votre porte."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    FIELD_OF = ContactForm.FIELD_OF | {"address": "adresse", "city": "ville"}  # as the domain names them

    @property
    def door(self) -> Door:
        """What was typed, for the domain to judge."""
        typed = self.cleaned_data
        return Door(typed["adresse"], typed["ville"], typed["acces"])


class QuestionForm(ContactForm):
    """What one wants to know of a shop, and where the answer goes."""

    question = forms.CharField(
        label=_("Votre question"),
        widget=forms.Textarea(
            attrs={"rows": 3, "maxlength": MOST_SIGNS, "placeholder": _("L'avez-vous en bleu ?")}
        ),
        error_messages={"required": _("Écrivez votre question.")},
    )

    FIELD_OF = ContactForm.FIELD_OF | {"text": "question"}  # as the domain names them
    field_order = ("question",)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["nom"].error_messages["required"] = say(Refused("customers.name_missing"))
        self.fields["courriel"].help_text = _(
            "Vous y recevez la réponse. La boutique ne la voit que si elle garde un article pour vous."
        )
        self.fields["telephone"].help_text = _(
            "Sans adresse électronique, la boutique verra votre numéro pour vous répondre."
        )


def coming_days() -> list[dt.date]:
    """The days one may choose with a thumb."""
    today = timezone.localdate()
    return [today + dt.timedelta(days=ahead) for ahead in range(CHIPS)]


def half_hours() -> list[dt.time]:
    """The times of day one may choose, from seven in the morning to half past eight."""
    return [dt.time(hour, minute) for hour in range(7, 21) for minute in (0, 30)]


def read_day(typed: str) -> dt.date | None:
    """A day of the weeks to come; None for nonsense, for yesterday and for next year."""
    try:
        day = dt.date.fromisoformat(typed.strip()[:10])
    except ValueError:
        return None
    today = timezone.localdate()
    return day if today <= day <= today + dt.timedelta(days=DAYS_AHEAD) else None


def read_time(typed: str) -> dt.time | None:
    """A time of day; None for nonsense."""
    try:
        return dt.time.fromisoformat(typed.strip()[:5]).replace(tzinfo=None)
    except ValueError:
        return None


def read_uuid(typed: str) -> uuid.UUID | None:
    """An identifier; None for nonsense."""
    try:
        return uuid.UUID(typed[:40])
    except ValueError:
        return None
