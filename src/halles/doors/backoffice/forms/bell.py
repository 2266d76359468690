# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody wants to be told of, and when she wants peace."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from halles.domain.bells.models import Device
from halles.domain.bells.reads import Listener
from halles.domain.bells.rules import NIGHT, Kind, Quiet, When
from halles.doors.backoffice.words import Words
from halles.doors.ui.forms import ChoiceChips

KINDS: Words = {
    Kind.ORDERS: _("Nouvelles commandes"),
    Kind.CHANGES: _("Changements et annulations des clients"),
    Kind.QUESTIONS: _("Questions des clients"),
}
WHEN: Words = {
    When.ONCE: _("Tout de suite"),
    When.UNSEEN: _("Si personne ne l'a vue"),
    When.NEVER: _("Jamais"),
}
SORTS: Words = {
    Device.Sort.ANDROID: _("Téléphone Android"),
    Device.Sort.APPLE: _("iPhone ou iPad"),
    Device.Sort.COMPUTER: _("Ordinateur"),
}


class BellForm(forms.Form):
    """One question for each kind, and the night."""

    quiet = forms.BooleanField(label=_("Ne pas sonner pendant ces heures"), required=False)
    starts = forms.TimeField(
        label=_("De"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("À"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any, listener: Listener, quiet: Quiet | None) -> None:  # noqa: ANN401
        night = quiet or NIGHT
        super().__init__(
            data, initial={"quiet": quiet is not None, "starts": night.starts, "ends": night.ends}
        )
        for kind, words in KINDS.items():
            self.fields[kind] = forms.ChoiceField(
                label=str(words),
                choices=list(WHEN.items()),
                widget=ChoiceChips,
                initial=listener.ears[Kind(kind)].when,
            )

    @property
    def of_kinds(self) -> list[forms.BoundField]:
        """The question of each kind."""
        return [self[kind] for kind in KINDS]

    @property
    def wishes(self) -> dict[Kind, When]:
        """When she is told of each kind."""
        return {Kind(kind): When(self.cleaned_data[kind]) for kind in KINDS}

    @property
    def hours(self) -> tuple[dt.time | None, dt.time | None]:
        """Her quiet hours; none when she wants none."""
        said = self.cleaned_data
        return (said["starts"], said["ends"]) if said["quiet"] else (None, None)


def sort_of(agent: str) -> Device.Sort:
    """What a device is, by what its browser says of itself."""
    if "Android" in agent:
        return Device.Sort.ANDROID
    if any(word in agent for word in ("iPhone", "iPad", "iPod")):
        return Device.Sort.APPLE
    return Device.Sort.COMPUTER
