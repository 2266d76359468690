# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import pictures`: a folder or a ZIP of photographs, each to the article that its file names."""

import json
import math
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils.translation import gettext as _

from halles.domain.imports.bundles import is_litter
from halles.domain.rolls import reads
from halles.domain.rolls.actions import add, take
from halles.domain.rolls.actions.look import look
from halles.domain.rolls.models import Roll, Shot
from halles.domain.shops.models import Shop
from halles.doors.cli.named import shop_named
from halles.doors.cli.progress import Progress
from halles.doors.cli.stopped import reason
from halles.doors.ui.imports import why
from halles.doors.ui.rolls import summary
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused

HELP = """Add photographs to the articles that their files are named by: reference, code (GTIN) or name. Those that find none wait
in « Ma boutique » for somebody to say. The last line on standard output is JSON.
Exits with 0 when there were photographs to look at, even if some were left out; with 2 when nothing could be read.
Stopped half-way, what is in is whole, and the same command finishes it."""
AT_ONCE = 2.0  # seconds between two words on how far it is
LISTED = (Shot.State.WAITING, Shot.State.BAD)
SHOWN = 200  # of each


def add_parsers(kinds: "_SubParsersAction[ArgumentParser]") -> None:
    """Which photographs, and whose articles."""
    parser = kinds.add_parser(
        "pictures", help="photographs named by the articles they show", description=HELP
    )
    parser.set_defaults(run=run)
    parser.add_argument(
        "file", metavar="FOLDER_OR_ZIP", type=Path, help="a folder with all that is below it, or a ZIP"
    )
    parser.add_argument("--shop", required=True, metavar="SLUG", help="the shop, as its address names it")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would happen; a look stays in « Ma boutique »"
    )


def run(command: BaseCommand, *, file: Path, shop: str, dry_run: bool, **_options: object) -> None:
    """Do it and tell; ends the process with 2 when nothing could be read."""
    of = shop_named(shop)
    _finish_what_was_stopped(of)
    roll = take.begin(of, by=SYSTEM)
    try:
        _take(roll, file)
        _do(roll, dry_run=dry_run)
    except KeyboardInterrupt:
        _stopped(command, roll, _("Arrêté."), 130)
    except Refused as refused:
        _stopped(command, roll, why(refused.code, refused.details), 2)
    except DatabaseError as error:
        _stopped(command, roll, reason(error), 1)
    except OSError as error:
        _stopped(command, roll, reason(error), 2)
    _tell(command, roll)


def _finish_what_was_stopped(shop: Shop) -> None:
    """What a command before us was killed in: its photographs are then there, and are not added twice."""
    for roll in reads.left_running(shop):
        _add(roll)


def _take(roll: Roll, path: Path) -> None:
    paths = [path] if path.is_file() else list(_files(path))
    taken = 0
    with Progress(lambda: _("Lecture : %(done)s sur %(all)s") % {"done": taken, "all": len(paths)}):
        for taken, one in enumerate(paths, start=1):  # noqa: B007 the other thread says it
            with one.open("rb") as file:
                take.take(roll, file, one.name)
        take.close(roll, alone=True)


def _files(folder: Path) -> Iterator[Path]:
    """All photographs of a folder and those below it, in the order of their names.

    :raises OSError: when there is no such folder, or it may not be read.
    """
    for path in sorted(folder.iterdir()):
        if is_litter(path.name) or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


def _do(roll: Roll, *, dry_run: bool) -> None:
    with Progress(lambda: _("Photos")):
        look(roll, seconds=math.inf)
    if not dry_run:
        add.start(roll, alone=True, by=SYSTEM)
        _add(roll)


def _add(roll: Roll) -> None:
    counts = reads.counts(roll)
    with Progress(
        lambda: f"{counts[Shot.State.ADDED]} / {counts[Shot.State.ADDED] + counts[Shot.State.MATCHED]}"
    ):
        while add.go_on(roll, seconds=AT_ONCE):
            counts.update(reads.counts(roll))


def _stopped(command: BaseCommand, roll: Roll, said: str, code: int) -> None:
    """What is in stays, and how the rest comes in."""
    command.stderr.write(said)
    kept: Roll | None = roll
    if roll.state == Roll.State.RUNNING:
        command.stderr.write(_("Ce qui est entré est gardé ; la même commande reprend le reste."))
    else:
        take.abandon(roll)
        kept = None
    command.stdout.write(_as_json(kept))
    sys.exit(code)


def _tell(command: BaseCommand, roll: Roll) -> None:
    if roll.state == Roll.State.LOOKED:
        command.stdout.write(_("Voici ce qui se passerait. Rien n'est encore ajouté."))
    counts = reads.counts(roll)
    command.stdout.write(summary(counts))
    for state in LISTED:
        for shot in islice(reads.shots(roll, state), SHOWN):
            command.stdout.write(f"  {shot.name} : {why(shot.problem, shot.problem_params)}")
    command.stdout.write(_as_json(roll))
    if sum(counts.values()) == counts[Shot.State.BAD]:
        sys.exit(2)


def _as_json(roll: Roll | None) -> str:
    counts = reads.counts(roll) if roll else dict.fromkeys(Shot.State.values, 0)
    said = {
        "photos": sum(counts.values()),
        "added": counts[Shot.State.ADDED],
        "matched": counts[Shot.State.MATCHED],
        "already_there": counts[Shot.State.THERE],
        "waiting": counts[Shot.State.WAITING],
        "refused": counts[Shot.State.BAD],
    }
    return json.dumps(said)
