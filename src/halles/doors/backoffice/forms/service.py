# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a merchant says of an article that one books: shown where its sort is a service, of no matter elsewhere."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halles.domain.appointments import actions, reads
from halles.domain.catalogue.models import Kind, Product
from halles.doors.backoffice.forms.fields import ListInput
from halles.kernel.actor import Actor


class Minutes(forms.IntegerField):
    """A number as one types it on a telephone."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
        super().__init__(required=False, min_value=0, max_value=9999, widget=widget, **kwargs)


class ServiceFields(forms.Form):
    """How long, how long until the next, who or what, until when one may cancel."""

    minutes = Minutes(
        label=_("Durée, en minutes"),
        help_text=_("Vos clients choisissent alors une heure libre. Vide : sans rendez-vous."),
    )
    pause = Minutes(
        label=_("Battement après, en minutes"), help_text=_("Pour ranger, souffler, changer de pièce.")
    )
    resources = ListInput(
        label=_("Qui ou quoi"),
        required=False,
        help_text=_(
            "Un rendez-vous à la fois pour chacun. Vide : vous. Sinon, séparés par des virgules : Cabine 1, Cabine 2."
        ),
    )
    cancel_hours = Minutes(
        label=_("Annulation jusqu'à combien d'heures avant ?"), help_text=_("Vide : 24 heures.")
    )

    def write_service(self, product: Product, *, by: Actor) -> None:
        """The article is booked as was said, or is not.

        :raises Refused: as `appointments.set_service`, with the field.
        """
        said = self.cleaned_data
        if product.kind != Kind.SERVICE or not said.get("minutes"):
            actions.no_service(product, by=by)
            return
        hours = said.get("cancel_hours")
        setting = actions.Setting(
            said["minutes"],
            said.get("pause") or 0,
            24 if hours is None else hours,
            said.get("resources") or (),
        )
        actions.set_service(product, setting, by=by)


def said_of(product: Product) -> Mapping[str, Any]:
    """What is said of it today, as its form shows it. No query where it is no service."""
    service = reads.services([product]).get(product.id)
    if service is None:
        return {}
    names = [resource.name for resource in service.resources.all() if resource.name]
    return {
        "minutes": service.minutes,
        "pause": service.pause or None,
        "cancel_hours": service.cancel_hours,
        "resources": names,
    }
