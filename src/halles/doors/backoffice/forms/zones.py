# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a shop brings its goods, as a person types it: a postal code on each line, or one of its communes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from halles.domain.communes import reads as communes
from halles.domain.communes.models import Commune
from halles.domain.communes.rules import meant
from halles.domain.fulfilment.actions import Area
from halles.domain.fulfilment.models import Zone
from halles.domain.fulfilment.rules import Terms
from halles.doors.backoffice.forms.fields import plain
from halles.doors.backoffice.ways_words import Known, commune_of

LINE = re.compile(r"(\d{2} ?\d{3})?\s*(.*)", re.ASCII)
MOST_SAID = 3  # lines one hears of at once


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on a line, read but not yet looked up."""

    typed: str
    code: str
    name: str


class ZonesInput(forms.Textarea):
    """One a line; with a script, chips and a search over the communes, which write the same lines."""

    template_name = "backoffice/widgets/zones.html"

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"})


class ZonesField(forms.CharField):
    """Postal codes and communes; cleaned to areas, each once, at the usual price."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(
            max_length=20000,
            widget=ZonesInput,
            help_text=_later(
                "Une par ligne : un code postal (86000), ou un code postal et une de ses communes (86180 Buxerolles)."
            ),
            error_messages={"required": _later("Dites où vous livrez : au moins un code postal.")},
            **kwargs,
        )

    def clean(self, value: object) -> list[Area]:
        """What the lines mean, or what is wrong with the first few."""
        lines = list(read(super().clean(value)))
        known = communes.by_postal_codes({line.code for line in lines})
        wrong = [said for line in lines if (said := _trouble(line, known))]
        if wrong and not known and not communes.are_known():  # nobody taught this house: any code may be one
            wrong = [_without_code(line) for line in lines if not line.code]
        if wrong:
            raise ValidationError(wrong[:MOST_SAID])
        return list(dict.fromkeys(_area(line, known) for line in lines))


def read(typed: str) -> Iterator[Line]:
    """The lines of a text, whatever they say; commas divide as line ends do."""
    for part in re.split(r"[\n\r,;]", typed):
        text = plain(part)
        found = LINE.fullmatch(text)
        if text and found:
            yield Line(text[:60], (found[1] or "").replace(" ", ""), found[2])


def _trouble(line: Line, known: Known) -> str:
    """Why a line cannot be meant; nothing when it can."""
    if not line.code:
        return _without_code(line)
    among = known.get(line.code, [])
    if not among:
        return _("Nous ne connaissons pas de code postal %(code)s.") % {"code": line.code}
    if line.name and not _is_named(among, line.name):
        return _("« %(typed)s » : le code %(code)s est celui de %(names)s.") % {
            "typed": line.typed,
            "code": line.code,
            "names": _named(among),
        }
    return ""


def _without_code(line: Line) -> str:
    said = {"typed": line.typed}
    return _("« %(typed)s » : écrivez le code postal devant, par exemple 86180 Buxerolles.") % said


def _is_named(among: Sequence[Commune], name: str) -> bool:
    """Whether one of them is called so: where there is only one, `meant` takes any name for it."""
    return meant([*among, *among], name) is not None


def _named(among: Sequence[Commune]) -> str:
    shown = [commune.name for commune in among[:6]]
    return ", ".join(shown + ["…"] * (len(among) > len(shown)))


def _area(line: Line, known: Known) -> Area:
    """A code with a single commune is the whole code, however it was written: so an address needs no more than it."""
    among = known.get(line.code, [])
    commune = meant(among, line.name) if line.name and len(among) > 1 else None
    return Area(line.code, commune.insee if commune else "")


def lines_of(zones: Iterable[Zone], known: Known) -> str:
    """Zones as one would type them."""
    return "\n".join(f"{zone.postal_code} {commune_of(zone, known)}".strip() for zone in zones)


def offers(typed: str) -> list[Mapping[str, str]]:
    """What somebody who types this may want to add: a `line`, and the `words` that show it. Two queries at most."""
    found = communes.search(typed)
    said: dict[str, str] = {}
    known = communes.by_postal_codes({link.code for link in found})
    for link in found:
        several = len(known.get(link.code, [])) > 1
        if several and typed.strip() == link.code:
            said.setdefault(link.code, _("tout le %(code)s") % {"code": link.code})
        line = f"{link.code} {link.commune.name}"
        said.setdefault(line, f"{link.code} {link.locality} ({link.commune.name})" if link.locality else line)
    return [{"line": line, "words": words} for line, words in said.items()]


def priced(areas: Iterable[Area], terms: Terms) -> list[Area]:
    """The same at another price."""
    return [Area(area.postal_code, area.insee, terms) for area in areas]


def twice(groups: Sequence[Sequence[Area]], code: str) -> int:
    """In which of these groups a code is said once more, at another price; the last one when none can be told."""
    said: dict[tuple[str, str], Terms | None] = {}
    for number, areas in enumerate(groups):
        for area in areas:
            other = said.setdefault((area.postal_code, area.insee), area.terms) != area.terms
            if other and area.postal_code == code:
                return number
    return len(groups) - 1
