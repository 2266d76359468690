# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles import products`: look at a file, write it, fetch its pictures, and tell: words first, one line of JSON last."""

import math
import re
import sys
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from halles.domain.catalogue.rules import VAT_RATES
from halles.domain.imports import reads, spreadsheet, trouble
from halles.domain.imports.actions import alone, ask, pictures, work
from halles.domain.imports.columns import remembered_of
from halles.domain.imports.drafts import Choices, Meaning
from halles.domain.imports.models import Import
from halles.domain.imports.sheets import Sheet, sheet_of
from halles.domain.imports.sources import file_source
from halles.domain.shops.models import Shop
from halles.doors.cli.beside import keep_beside
from halles.doors.cli.named import shop_named
from halles.doors.cli.outcome import as_json
from halles.doors.cli.progress import Progress
from halles.doors.cli.stopped import reason
from halles.doors.ui.imports import counts, meaning, place, summary, why
from halles.doors.ui.refusals import say
from halles.doors.ui.refused_rows import file_name, refused_rows
from halles.kernel.actor import SYSTEM
from halles.kernel.errors import Refused
from halles.kernel.identifiers import fold

HELP = """Look at a file of articles, then write them and fetch their pictures. The last line on standard output is JSON.
Exits with 0 when the file was understood, even if rows were refused; with 2 when nothing could be read.
Stopped half-way, what is in is whole, and the same command finishes it."""
PAIR = re.compile(r"(.+?)=([a-z_]*)(?:,|$)")
SHOWN = 20
PICTURES_AT_ONCE = 5.0  # seconds between two words on pictures
State = Import.State


def add_parsers(kinds: "_SubParsersAction[ArgumentParser]") -> None:
    """Which file, whose articles, and what the file does not say itself."""
    parser = kinds.add_parser("products", help="a shop's articles", description=HELP)
    parser.set_defaults(run=run)
    known = ", ".join(str(one) for one in Meaning if one)
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="CSV, XLSX, XLS, ODS, WordPress export or ZIP"
    )
    parser.add_argument("--shop", required=True, metavar="SLUG", help="the shop, as its address names it")
    parser.add_argument(
        "--dry-run", action="store_true", help="only say what would happen; a look stays in « Ma boutique »"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=MEANING,…",
        help=f"what columns hold, by place from 0 or by header: 2=price,0=name. Meanings: {known}; none for a column to leave",
    )
    parser.add_argument("--without-tax", action="store_true", help="prices are without tax (HT)")
    parser.add_argument("--vat", metavar="RATE", help="of articles whose rate is not said, in percent: 5.5")
    parser.add_argument(
        "--online", action="store_true", help="put new articles online (default: keep them as drafts)"
    )


def run(
    command: BaseCommand,
    *,
    file: Path,
    shop: str,
    dry_run: bool,
    map: Sequence[str],
    without_tax: bool,
    vat: str | None,
    online: bool,
    **_options: object,
) -> None:
    """Do it and tell; ends the process with 2 when nothing could be read."""
    of = shop_named(shop)
    try:
        choices = Choices(
            columns=_columns(of, file, map),
            without_tax=without_tax or None,
            vat_rate=_rate(vat),
            online=online,
        )
        import_ = alone.take_up(of, file, choices)
    except (OSError, DatabaseError, Refused) as error:
        command.stderr.write(say(error) if isinstance(error, Refused) else reason(error))
        command.stdout.write(_as_json(None, None))
        sys.exit(2)
    try:
        _do(import_, dry_run=dry_run)
    except KeyboardInterrupt:
        _stopped(command, import_, _("Arrêté."), 130)
    except (OSError, DatabaseError) as error:
        _stopped(command, import_, reason(error), 1)
    _tell(command, import_, file)


def _rate(typed: str | None) -> Decimal | None:
    if typed is None:
        return None
    try:
        rate = Decimal(typed.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation:
        rate = Decimal(-1)
    if rate not in VAT_RATES:
        known = ", ".join(str(one) for one in VAT_RATES)
        raise CommandError(f"--vat {typed} : {known}")
    return rate


def _columns(shop: Shop, path: Path, given: Sequence[str]) -> Mapping[int, Meaning] | None:
    """What `--map` says, over what the columns look like; else what was said of such a table before."""
    try:
        source = file_source(path)
        if not given:
            return remembered_of(shop, source)
        sheet = sheet_of(source)
    except Refused:  # the look says why
        return None
    said = dict(_pairs(given, sheet))
    proposed = spreadsheet.propose(sheet)
    return {place: what for place, what in proposed.items() if what not in said.values()} | said


def _pairs(given: Sequence[str], sheet: Sheet) -> Iterator[tuple[int, Meaning]]:
    headers = {fold(name): number for number, name in enumerate(sheet.header or ())}
    for text in given:
        if sum(len(pair[0]) for pair in PAIR.finditer(text)) != len(text):
            raise CommandError(f"--map {text} : 2=price,0=name")
        for pair in PAIR.finditer(text):
            name, what = pair[1].strip(), pair[2]
            number = headers.get(fold(name), int(name) if name.isdecimal() else -1)
            if not 0 <= number < sheet.width:
                raise CommandError(_("Il n'y a pas de colonne « %(name)s ».") % {"name": name})
            if what not in set(Meaning):
                raise CommandError(f"--map {pair[0]} : {', '.join(str(one) for one in Meaning if one)}")
            yield number, Meaning(what)


def _do(import_: Import, *, dry_run: bool) -> None:
    with Progress(lambda: _("Lecture du fichier")):
        ask.look(import_)
    if dry_run or import_.state == State.FAILED:
        return
    if import_.state == State.LOOKED:
        ask.start(import_, alone=True, by=SYSTEM)
    with Progress(lambda: f"{import_.position} / {import_.total}"):
        while work.go_on(import_, seconds=math.inf):
            pass
    import_.refresh_from_db()
    if import_.state == State.RUNNING:
        raise CommandError(_("Une autre commande importe ce fichier."))
    with Progress(lambda: _("Photos")):
        while pictures.fetch(import_, seconds=PICTURES_AT_ONCE):
            pass


def _stopped(command: BaseCommand, import_: Import, said: str, code: int) -> None:
    """What is in stays, and how the rest comes in."""
    command.stderr.write(said)
    command.stderr.write(_("Ce qui est entré est gardé ; la même commande reprend le reste."))
    import_.refresh_from_db()
    command.stdout.write(_as_json(import_, None))
    sys.exit(code)


def _tell(command: BaseCommand, import_: Import, file: Path) -> None:
    if import_.state == State.FAILED:
        command.stderr.write(why(import_.problem, import_.problem_params))
        command.stdout.write(_as_json(import_, None))
        sys.exit(2)
    for line in _words(import_):
        command.stdout.write(line)
    refused_file = _keep_refused(import_, file)
    if refused_file:
        command.stdout.write(_("Les lignes laissées de côté : %(file)s") % {"file": refused_file})
    command.stdout.write(_as_json(import_, refused_file))


def _words(import_: Import) -> Iterator[str]:
    for name, what, example, table in import_.found.get("columns", []):
        yield " · ".join(part for part in (table, name, example) if part) + f" → {meaning(what)}"
    if import_.state == State.LOOKED:
        yield _("Voici ce qui se passerait. Rien n'est encore entré.")
    yield summary(counts(import_)) or _("Ce fichier ne changerait rien.")
    for what in ("refused", "warned"):
        for where, code, params in islice(trouble.told(import_, what), SHOWN):
            yield f"  {place(where)} : {why(code, params)}"
    left = reads.pictures_left(import_)
    if left["done"]:
        yield ngettext("%(n)s photo", "%(n)s photos", left["done"]) % {"n": left["done"]}
    for wish in reads.pictures_missing(import_)[:SHOWN]:
        yield f"  {wish.product.name} : {wish.address} : {why(wish.problem, {})}"


def _keep_refused(import_: Import, file: Path) -> Path | None:
    """Write the refused rows beside the file, or where we are when that folder is not ours to write in."""
    return keep_beside(file, file_name(import_), lambda: refused_rows(import_, import_.language))


def _as_json(import_: Import | None, refused_file: Path | None) -> str:
    if import_ is None:
        return as_json()
    warnings = import_.warned + reads.pictures_left(import_)["failed"]
    return as_json(rows=import_.rows, **counts(import_), refused_file=refused_file, warnings=warnings)
