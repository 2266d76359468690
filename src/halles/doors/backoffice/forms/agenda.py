# SPDX-License-Identifier: AGPL-3.0-or-later
"""What one writes into the agenda: a time in which nobody is wanted, somebody on the telephone."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halles.domain.appointments.models import Resource, Service
from halles.domain.catalogue.models import Variant
from halles.domain.shops.rules import Window
from halles.doors.backoffice.forms.note import NoteForm
from halles.doors.ui.forms import ChoiceChips


def _time(label: Any, missing: Any) -> forms.TimeField:  # noqa: ANN401
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, error_messages={"required": missing})


class AbsenceForm(forms.Form):
    """From when until when, and who, where there are several."""

    since = _time(_("De"), _("Dites à partir de quelle heure."))
    until = _time(_("À"), _("Dites jusqu'à quelle heure."))
    resource = forms.ChoiceField(label=_("Qui ou quoi"), widget=ChoiceChips, required=False)

    def __init__(self, *args: Any, those: Sequence[Resource], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.those = {str(one.id): one for one in those}
        self.fields["resource"].choices = [(key, called(one)) for key, one in self.those.items()]  # type: ignore[attr-defined]
        if len(those) < 2:
            del self.fields["resource"]
        else:
            self.fields["resource"].initial = str(those[0].id)

    @property
    def whom(self) -> Resource:
        """Who takes nobody; the only one where there is one."""
        first = next(iter(self.those.values()))
        return self.those.get(self.cleaned_data.get("resource", ""), first)

    def window(self, day: dt.date, zone: ZoneInfo) -> Window:
        """The time on that day."""
        since, until = (self.cleaned_data[name] for name in ("since", "until"))
        return Window(dt.datetime.combine(day, since, zone), dt.datetime.combine(day, until, zone))


def called(resource: Resource) -> str:
    """What one calls who or what is booked."""
    return resource.name or str(_("moi"))


class VisitForm(NoteForm):
    """Which service, at what time, for whom."""

    service = forms.ChoiceField(
        label=_("Pour quoi"),
        widget=ChoiceChips,
        error_messages={"required": _("Choisissez pour quoi."), "invalid_choice": _("Choisissez pour quoi.")},
    )
    heure = _time(_("À quelle heure"), _("Dites à quelle heure."))
    field_order = ("service", "heure", "telephone", "nom", "courriel")

    def __init__(self, *args: Any, services: Sequence[Service], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.variants = {
            str(variant.id): variant for service in services for variant in service.product.choices
        }
        self.fields["service"].choices = [(key, _named(one)) for key, one in self.variants.items()]  # type: ignore[attr-defined]
        if len(self.variants) == 1:
            self.fields["service"].initial = next(iter(self.variants))

    @property
    def variant(self) -> Variant:
        """What is booked."""
        return self.variants[self.cleaned_data["service"]]

    def starts_at(self, day: dt.date, zone: ZoneInfo) -> dt.datetime:
        """When, on that day."""
        return dt.datetime.combine(day, self.cleaned_data["heure"], zone)


def _named(variant: Variant) -> str:
    return " · ".join(filter(None, [variant.product.name, variant.size, variant.colour]))


def read_day(typed: str) -> dt.date:
    """A day of the agenda; today for nonsense."""
    today = timezone.localdate()
    try:
        day = dt.date.fromisoformat(typed.strip()[:10])
    except ValueError:
        return today
    return day if abs((day - today).days) <= 366 else today
