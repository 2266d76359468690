# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import communes`: La Poste's open file of postal codes, or another open table that says the same."""

import csv
import json
import re
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.communes import actions, rules
from halles.domain.communes.actions import Learned
from halles.domain.communes.rules import Facts
from halles.domain.imports.sheets import DAMAGED, Row, Sheet, open_sheet
from halles.domain.imports.values.formulas import neutral
from halles.domain.shops import actions as shops
from halles.doors.cli.beside import keep_beside
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
MARK = "\ufeff"  # tells spreadsheets that this is UTF-8
SHOWN = 20


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
    aside: IO[str]
    rows: int = 0
    refused: int = 0
    told: list[str] = field(default_factory=list)
    problem: str = ""  # why it could not be read to its end

    def __iter__(self) -> Iterator[Facts]:
        try:
            for row in self.sheet.rows():
                self.rows += 1
                try:
                    yield self._facts(row)
                except Refused as refused:
                    self._lay_aside(row, say(refused))
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

    def _lay_aside(self, row: Row, reason: str) -> None:
        lines = csv.writer(self.aside, delimiter=";", lineterminator="\r\n")
        if not self.refused:
            self.aside.write(MARK)
            lines.writerow([neutral(cell) for cell in [*(self.sheet.header or []), _("Motif")]])
        lines.writerow([neutral(cell) for cell in [*row.cells, reason]])
        self.refused += 1
        if self.refused <= SHOWN:
            self.told.append(f"  {_('ligne %(number)s') % {'number': row.number}} : {reason}")


def run(command: BaseCommand, *, file: Path, **_options: object) -> None:
    """Do it and tell; ends the process with 2 when nothing could be read."""
    try:
        sheet = open_sheet(file)
        places = _places(sheet)
    except (Refused, OSError) as error:
        command.stderr.write(_said(error))
        command.stdout.write(_as_json(None, Learned(), None))
        sys.exit(2)
    with TemporaryFile("w+", encoding="utf-8", newline="") as aside:
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
    for line in reading.told:
        command.stdout.write(line)
    if located:
        words = ngettext("%(n)s lieu placé sur la carte", "%(n)s lieux placés sur la carte", located)
        command.stdout.write(words % {"n": located})
    kept = keep_beside(file, f"{file.stem}-refuses.csv", lambda: _from_the_start(reading.aside))
    if kept:
        command.stdout.write(_("Les lignes laissées de côté : %(file)s") % {"file": kept})
    if reading.problem:
        command.stderr.write(reading.problem)
    command.stdout.write(_as_json(reading, learned, kept))
    if reading.problem:
        sys.exit(2)


def _from_the_start(aside: IO[str]) -> Iterator[str]:
    aside.seek(0)
    return iter(aside.readline, "")  # `yield from` would close it when the first folder is given up


def _summary(reading: Reading, learned: Learned) -> str:
    numbers = (
        (ngettext("%(n)s nouvelle ligne", "%(n)s nouvelles lignes", learned.created), learned.created),
        (ngettext("%(n)s ligne changée", "%(n)s lignes changées", learned.changed), learned.changed),
        (ngettext("%(n)s ligne déjà pareille", "%(n)s lignes déjà pareilles", learned.unchanged), learned.unchanged),
        (ngettext("%(n)s ligne laissée de côté", "%(n)s lignes laissées de côté", reading.refused), reading.refused),
    )  # fmt: skip
    return " · ".join(words % {"n": formats.quantity(number)} for words, number in numbers if number)


def _as_json(reading: Reading | None, learned: Learned, refused_file: Path | None) -> str:
    said = {
        "rows": reading.rows if reading else 0,
        "created": learned.created,
        "changed": learned.changed,
        "unchanged": learned.unchanged,
        "refused": reading.refused if reading else 0,
        "refused_file": refused_file and str(refused_file),
        "warnings": 0,
    }
    return json.dumps(said)
