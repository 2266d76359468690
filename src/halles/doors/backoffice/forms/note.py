# SPDX-License-Identifier: AGPL-3.0-or-later
"""For whom an order is noted, and at what time: the telephone first, it is what a customer says without being asked twice."""

import uuid
from collections.abc import Collection, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from halles.domain.orders.actions.note import How
from halles.domain.orders.actions.place import Contact, Door
from halles.domain.orders.models import Order
from halles.doors.backoffice.forms.fields import refuse
from halles.doors.ui.forms import ChoiceChips, PostalCodeInput
from halles.kernel.contact import clean_email, clean_phone, show_phone
from halles.kernel.errors import Refused

OFF = {"autocomplete": "off"}  # it is another's
LONGEST = 254  # of what is shown again before anybody looked at it


class EitherField(forms.CharField):
    """What is not optional and may yet be left out: one of two ways to be reached is enough, a door is asked for where one is."""

    def validate(self, value: object) -> None:
        """The form looks at both."""


class NoteForm(forms.Form):
    """Whom the order is for."""

    use_required_attribute = False  # a search may be sent before anything is known

    telephone = EitherField(
        label=_("Téléphone"),
        max_length=30,
        help_text=_("Pour prévenir le client, et le retrouver."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    nom = forms.CharField(
        label=_("Nom"),
        max_length=80,
        error_messages={"required": _("Écrivez le nom : vous le lirez sur la commande.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    courriel = EitherField(
        label=_("Adresse électronique"),
        max_length=LONGEST,
        help_text=_("S'il en a une, il reçoit sa commande par courriel."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    langue = forms.ChoiceField(
        label=_("On lui écrit en"),
        choices=[("fr", _("français")), ("en", _("anglais"))],
        widget=ChoiceChips,
        initial="fr",
        required=False,
    )
    remise = forms.UUIDField(
        required=False, error_messages={"invalid": _("Choisissez une façon dans la liste.")}
    )
    adresse = EitherField(label=_("Rue et numéro"), max_length=160, widget=forms.TextInput(attrs=OFF))
    code_postal = EitherField(label=_("Code postal"), max_length=8, widget=PostalCodeInput)
    city = forms.CharField(  # so named: what follows the postal code is written there
        label=_("Commune"), max_length=80, required=False, widget=forms.TextInput(attrs=OFF)
    )
    acces = forms.CharField(
        label=_("Étage, code, repère"), max_length=140, required=False, widget=forms.TextInput(attrs=OFF)
    )
    heure = forms.TimeField(
        label=_("Vers quelle heure"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean_telephone(self) -> str:
        """The number, whatever stands between its figures."""
        return self._reached(clean_phone, "telephone")

    def clean_courriel(self) -> str:
        """The address."""
        return self._reached(clean_email, "courriel")

    def clean(self) -> None:
        """One way to reach the customer is there."""
        said = self.cleaned_data
        if not self.errors.keys() & {"telephone", "courriel"} and not (said["telephone"] or said["courriel"]):
            sentence = _("Il faut un numéro pour prévenir le client, ou plus bas son adresse électronique.")
            self.add_error("telephone", sentence)

    def _reached(self, clean: object, name: str) -> str:
        try:
            return str(clean(self.cleaned_data[name]))  # type: ignore[operator]
        except Refused as refused:
            refuse(self, Refused(refused.code, field=name, **refused.details))
            return ""

    def how(self, rounds: Collection[uuid.UUID]) -> How:
        """By which way it is had; a door is meant only where one of these rounds brings it."""
        said = self.cleaned_data
        if said["remise"] not in rounds:
            return How(said["remise"])
        return How(said["remise"], said["code_postal"], Door(said["adresse"], said["city"], said["acces"]))

    def contact(self) -> Contact:
        """What was typed, as the domain asks for it."""
        said = self.cleaned_data
        return Contact(said["nom"], said["courriel"], said["telephone"], said["langue"] or "fr")


def empty() -> NoteForm:
    """The form before anything is typed: one begins at once."""
    form = NoteForm()
    form.fields["telephone"].widget.attrs["autofocus"] = True
    return form


def as_typed(data: Mapping[str, str]) -> NoteForm:
    """The form with what has been typed so far, and no word on what is missing: one is still writing."""
    return NoteForm(
        initial={name: data.get(name, "").replace("\x00", "")[:LONGEST] for name in NoteForm.base_fields}
    )


def for_customer_of(order: Order) -> NoteForm:
    """The form for somebody who ordered before."""
    return NoteForm(
        initial={
            "telephone": show_phone(order.phone),
            "nom": order.name,
            "courriel": order.email,
            "langue": order.language,
            "adresse": order.address,
            "code_postal": order.postal_code,
            "city": order.city,
            "acces": order.directions,
        }
    )
