# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import openfoodfacts` and `halles import books`: what is known of goods, learned from a file, some hundred at a time."""

import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.tradeitems import actions
from halles.domain.tradeitems.actions import Learned
from halles.domain.tradeitems.ports import Facts, Rows, Source, Unusable, source_named, sources
from halles.doors.cli.aside import Aside
from halles.doors.cli.outcome import as_json
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

    aside: Aside
    size: int
    place: int = 0  # in the file, in bytes
    rows: int = 0
    warnings: int = 0
    learned: Learned = field(default_factory=Learned)

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
                self.aside.lay(row.number, [str(row.number), row.code, row.name], say(row.refused))
                continue
            for doubt in row.doubts:
                self.warnings += 1
                self.aside.mention(row.number, say(doubt))
            yield row.facts


def run(command: BaseCommand, *, kind: str, file: Path, **_options: object) -> None:
    """Do it and tell; ends the process with 2 when nothing could be read."""
    source = source_named(kind)
    assert source is not None  # it has its sub-command
    with Aside([_("Ligne"), _("Code-barres"), _("Nom")]) as aside:
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
    kept = reading.aside.hand_back(command, file, Path(file.name.removesuffix(".gz")).stem)
    command.stdout.write(_as_json(reading, kept))


def _summary(reading: Reading) -> str:
    learned = reading.learned
    numbers = (
        (ngettext("%(n)s nouvelle fiche", "%(n)s nouvelles fiches", learned.created), learned.created),
        (ngettext("%(n)s fiche changée", "%(n)s fiches changées", learned.changed), learned.changed),
        (ngettext("%(n)s fiche déjà connue", "%(n)s fiches déjà connues", learned.unchanged), learned.unchanged),
        (ngettext("%(n)s ligne laissée de côté", "%(n)s lignes laissées de côté", reading.aside.refused), reading.aside.refused),
    )  # fmt: skip
    return " · ".join(words % {"n": formats.quantity(number)} for words, number in numbers if number)


def _as_json(reading: Reading, refused_file: Path | None) -> str:
    return as_json(
        rows=reading.rows,
        **asdict(reading.learned),
        refused=reading.aside.refused,
        refused_file=refused_file,
        warnings=reading.warnings,
    )
