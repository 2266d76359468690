# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import openfoodfacts` and `halles import books`: what is known of goods, learned from a file, some hundred at a time."""

import csv
import json
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.imports.values.formulas import neutral
from halles.domain.tradeitems import actions
from halles.domain.tradeitems.actions import Learned
from halles.domain.tradeitems.ports import Facts, Rows, Source, Unusable, source_named, sources
from halles.doors.cli.beside import keep_beside
from halles.doors.cli.progress import Progress
from halles.doors.cli.stopped import reason
from halles.doors.ui import formats
from halles.doors.ui.refusals import say
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

HELP = """Learn %s, so that a shop that scans a code is proposed what the pack says. Safe while the server runs.
A million rows take some minutes, and the file is never held in memory. Stopped half-way (Ctrl-C), what is in stays, and the
same command goes on: what is known already is only looked at. The last line on standard output is JSON. Exits with 0 when
the file was understood, even if rows were refused; with 2 when nothing could be read."""
A_BATCH = 500
SHOWN = 20
MARK = "\ufeff"  # tells spreadsheets that this is UTF-8


def add_parsers(kinds: "_SubParsersAction[ArgumentParser]") -> None:
    """A sub-command for each sort of file that somebody reads."""
    for source in sources():
        parser = kinds.add_parser(
            source.name, help=source.help["description"], description=HELP % source.help["description"]
        )
        parser.add_argument("file", metavar="FILE", type=Path, help=source.help["file"])
        parser.set_defaults(run=run)


@dataclass(slots=True)
class Reading:
    """How far we are, what was learned, and what was laid aside with its reason."""

    aside: IO[str]
    size: int
    place: int = 0  # in the file, in bytes
    rows: int = 0
    refused: int = 0
    warnings: int = 0
    learned: Learned = field(default_factory=Learned)
    told: list[str] = field(default_factory=list)

    def go_to(self, place: int) -> None:
        """We are there."""
        self.place = place

    def words(self) -> str:
        """How far, for somebody who waits."""
        share = min(100, 100 * self.place // self.size) if self.size else 0
        return _("%(n)s lignes lues · %(share)s %%") % {"n": formats.quantity(self.rows), "share": share}

    def facts(self, rows: Rows) -> Iterator[Facts]:
        """What the usable rows say."""
        for row in rows:
            self.rows += 1
            if isinstance(row, Unusable):
                self.lay_aside(row)
                continue
            for doubt in row.doubts:
                self.warnings += 1
                self.tell(row.number, say(doubt))
            yield row.facts

    def lay_aside(self, row: Unusable) -> None:
        """A row that says nothing usable goes into the file of refused rows."""
        lines = csv.writer(self.aside, delimiter=";", lineterminator="\r\n")
        if not self.refused:
            self.aside.write(MARK)
            lines.writerow([_("Ligne"), _("Code-barres"), _("Nom"), _("Motif")])
        said = say(row.refused)
        lines.writerow([str(row.number), neutral(row.code), neutral(row.name), said])
        self.refused += 1
        self.tell(row.number, said)

    def tell(self, number: int, said: str) -> None:
        """The first of these are said on the terminal too."""
        if len(self.told) < SHOWN:
            self.told.append(f"  {_('ligne %(number)s') % {'number': number}} : {said}")


def run(command: BaseCommand, *, kind: str, file: Path, **_options: object) -> None:
    """Do it and tell; ends the process with 2 when nothing could be read."""
    source = source_named(kind)
    assert source is not None  # it has its sub-command
    with TemporaryFile("w+", encoding="utf-8", errors="replace", newline="") as aside:
        reading = Reading(aside, file.stat().st_size if file.is_file() else 0)
        try:
            with Progress(reading.words):
                _learn(source, file, reading)
        except KeyboardInterrupt:
            _end(command, reading, _("Arrêté."), 130)
        except Refused as refused:
            _end(command, reading, say(refused), 2)
        except (OSError, DatabaseError) as error:
            nothing = isinstance(error, OSError) and not reading.rows
            _end(command, reading, reason(error), 2 if nothing else 1)
        finally:
            actions.learned(source.name, reading.learned, by=SYSTEM)
        _tell(command, reading, file)


def _learn(source: Source, file: Path, reading: Reading) -> None:
    """Nothing is written while the file is read, so that nobody waits for us."""
    batch: list[Facts] = []
    try:
        for facts in reading.facts(source.read(file, reading.go_to)):
            batch.append(facts)
            if len(batch) == A_BATCH:
                reading.learned += actions.learn(batch, source.name)
                batch.clear()
    except Refused:  # the file falls apart here: what came before is good
        reading.learned += actions.learn(batch, source.name)
        raise
    reading.learned += actions.learn(batch, source.name)


def _end(command: BaseCommand, reading: Reading, said: str, code: int) -> None:
    command.stderr.write(said)
    if reading.rows:
        command.stderr.write(_("Ce qui est entré est gardé ; la même commande reprend le reste."))
    command.stdout.write(_as_json(reading, None))
    sys.exit(code)


def _tell(command: BaseCommand, reading: Reading, file: Path) -> None:
    command.stdout.write(_summary(reading) or _("Ce fichier ne changerait rien."))
    for line in reading.told:
        command.stdout.write(line)
    stem = Path(file.name.removesuffix(".gz")).stem
    kept = keep_beside(file, f"{stem}-refuses.csv", lambda: _from_the_start(reading.aside))
    if kept:
        command.stdout.write(_("Les lignes laissées de côté : %(file)s") % {"file": kept})
    command.stdout.write(_as_json(reading, kept))


def _from_the_start(aside: IO[str]) -> Iterator[str]:
    aside.seek(0)
    return iter(aside.readline, "")


def _summary(reading: Reading) -> str:
    learned = reading.learned
    numbers = (
        (ngettext("%(n)s nouvelle fiche", "%(n)s nouvelles fiches", learned.created), learned.created),
        (ngettext("%(n)s fiche changée", "%(n)s fiches changées", learned.changed), learned.changed),
        (ngettext("%(n)s fiche déjà connue", "%(n)s fiches déjà connues", learned.unchanged), learned.unchanged),
        (ngettext("%(n)s ligne laissée de côté", "%(n)s lignes laissées de côté", reading.refused), reading.refused),
    )  # fmt: skip
    return " · ".join(words % {"n": formats.quantity(number)} for words, number in numbers if number)


def _as_json(reading: Reading, refused_file: Path | None) -> str:
    said = {
        "rows": reading.rows,
        **asdict(reading.learned),
        "refused": reading.refused,
        "refused_file": refused_file and str(refused_file),
        "warnings": reading.warnings,
    }
    return json.dumps(said)
