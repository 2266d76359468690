# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import communes`: La Poste's open file of postal codes, or another open table that says the same."""

import re
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.communes import actions, rules
from halles.domain.communes.actions import Learned
from halles.domain.communes.rules import Facts
from halles.domain.imports.sheets import DAMAGED, Row, Sheet, open_sheet
from halles.domain.shops import actions as shops
from halles.doors.cli.aside import Aside
from halles.doors.cli.outcome import as_json
from halles.doors.cli.progress import Progress
from halles.doors.cli.stopped import reason
from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold

HELP = """Learn the communes of France, their postal codes and where they lie, from La Poste's open file (« Base officielle des
codes postaux ») or another open table that says the same. The same file again changes nothing. The last line on standard
output is JSON. Exits with 0 when the file was understood, even if rows were refused; with 2 when it could not be read."""
# What columns are called, in La Poste's editions since 2014 and in the tables of data.gouv.fr; the first that is there.
NAMES: Mapping[str, Sequence[str]] = {
    "insee": ("code commune insee", "code insee", "insee com", "code"),
    "name": ("nom commune complet", "nom standard", "nom de la commune", "nom commune", "nom"),
    "codes": ("codes postaux", "codespostaux", "code postal"),
    "locality": ("ligne 5",),
    "point": ("coordonnees gps", "geopoint", "geo point", "geo point 2d", "coordonnees geographiques"),
    "latitude": ("latitude", "latitude centre"),
    "longitude": ("longitude", "longitude centre"),
}
NEEDED = {"insee", "name", "codes"}
NOT_WORDS = re.compile(r"[^a-z0-9]+")
NOT_THE_FILE = {"imports.is_bundle", "imports.is_xml"}


def add_parsers(kinds: "_SubParsersAction[ArgumentParser]") -> None:
    """Which file."""
    parser = kinds.add_parser(
        "communes", help="the communes of France and their postal codes", description=HELP
    )
    parser.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX, XLS or ODS")
    parser.set_defaults(run=run)


@dataclass(slots=True)
class Reading:
    """The rows of the file as facts, one at a time; those that say none are written aside."""

    sheet: Sheet
    places: Mapping[str, int]
    aside: Aside
    rows: int = 0
    problem: str = ""  # why it could not be read to its end

    def __iter__(self) -> Iterator[Facts]:
        try:
            for row in self.sheet.rows():
                self.rows += 1
                try:
                    yield self._facts(row)
                except Refused as refused:
                    self.aside.lay(row.number, row.cells, say(refused))
        except Refused as refused:
            self.problem = say(refused)

    def _facts(self, row: Row) -> Facts:
        if row.problem and row.problem != DAMAGED:
            raise Refused(row.problem)
        said = {name: row.cells[place] for name, place in self.places.items()}
        latitude, longitude = said.pop("latitude", ""), said.pop("longitude", "")
        if not said.get("point", "").strip() and (latitude.strip() or longitude.strip()):
            said["point"] = f"{latitude.strip()} {longitude.strip()}"
        return rules.facts(**said)


def run(command: BaseCommand, *, file: Path, **_options: object) -> None:
    """Do it and tell; ends the process with 2 when nothing could be read."""
    try:
        sheet = open_sheet(file)
        places = _places(sheet)
    except (Refused, OSError) as error:
        command.stderr.write(_said(error))
        command.stdout.write(as_json())
        sys.exit(2)
    with Aside(sheet.header or []) as aside:
        reading, learned = Reading(sheet, places, aside), Learned()
        try:
            with Progress(lambda: _("%(n)s lignes lues") % {"n": reading.rows}):
                actions.learn(reading, learned)
                located = shops.locate(by=SYSTEM)
        except KeyboardInterrupt:
            _stopped(command, reading, learned, _("Arrêté."), 130)
        except (OSError, DatabaseError) as error:
            _stopped(command, reading, learned, reason(error), 1)
        _tell(command, reading, learned, located, file)


def _places(sheet: Sheet) -> dict[str, int]:
    """In which column each thing stands.

    :raises Refused: `communes.not_recognised` when the commune, its name or its codes are in none.
    """
    there: dict[str, int] = {}
    for place, name in enumerate(sheet.header or ()):
        there.setdefault(NOT_WORDS.sub(" ", fold(name)).strip(), place)
    found = {
        what: next(there[name] for name in names if name in there)
        for what, names in NAMES.items()
        if there.keys() & set(names)
    }
    if not found.keys() >= NEEDED:
        raise Refused("communes.not_recognised")
    return found


def _said(error: Refused | OSError) -> str:
    if isinstance(error, OSError):
        return reason(error)
    return say(Refused("communes.not_recognised") if error.code in NOT_THE_FILE else error)


def _stopped(command: BaseCommand, reading: Reading, learned: Learned, said: str, code: int) -> None:
    """What is in stays, and how the rest comes in."""
    command.stderr.write(said)
    command.stderr.write(_("Ce qui est entré est gardé ; la même commande reprend le reste."))
    command.stdout.write(_as_json(reading, learned, None))
    sys.exit(code)


def _tell(command: BaseCommand, reading: Reading, learned: Learned, located: int, file: Path) -> None:
    command.stdout.write(_summary(reading, learned) or _("Ce fichier ne changerait rien."))
    if located:
        words = ngettext("%(n)s lieu placé sur la carte", "%(n)s lieux placés sur la carte", located)
        command.stdout.write(words % {"n": located})
    kept = reading.aside.hand_back(command, file, file.stem)
    if reading.problem:
        command.stderr.write(reading.problem)
    command.stdout.write(_as_json(reading, learned, kept))
    if reading.problem:
        sys.exit(2)


def _summary(reading: Reading, learned: Learned) -> str:
    numbers = (
        (ngettext("%(n)s nouvelle ligne", "%(n)s nouvelles lignes", learned.created), learned.created),
        (ngettext("%(n)s ligne changée", "%(n)s lignes changées", learned.changed), learned.changed),
        (ngettext("%(n)s ligne déjà pareille", "%(n)s lignes déjà pareilles", learned.unchanged), learned.unchanged),
        (ngettext("%(n)s ligne laissée de côté", "%(n)s lignes laissées de côté", reading.aside.refused), reading.aside.refused),
    )  # fmt: skip
    return " · ".join(words % {"n": formats.quantity(number)} for words, number in numbers if number)


def _as_json(reading: Reading, learned: Learned, refused_file: Path | None) -> str:
    return as_json(
        rows=reading.rows, **asdict(learned), refused=reading.aside.refused, refused_file=refused_file
    )
