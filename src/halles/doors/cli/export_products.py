# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles export products`: a shop's whole catalogue in a file, and one line of JSON that says what is in it."""

import json
import shutil
from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from halles.domain.imports import ports
from halles.domain.imports.parts import Part, articles_of, parts
from halles.domain.imports.ports import Writer
from halles.domain.shops.models import Shop
from halles.doors.cli.named import shop_named
from halles.doors.ui.exports import file_name, make

HELP = """Write a shop's whole catalogue, drafts and withdrawn articles included. For Halles it is a ZIP of a table and the
photographs, which an empty shop reads back without a difference; where that is too much for one file, several with numbers,
to be read back one after the other. The last line on standard output is JSON."""


def add_parsers(kinds: "_SubParsersAction[ArgumentParser]") -> None:
    """Whose articles, for whom, and where to."""
    parser = kinds.add_parser("products", help="a shop's articles", description=HELP)
    parser.set_defaults(run=run)
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="where to write (default: a name with the date, here)",
    )
    parser.add_argument("--shop", required=True, metavar="SLUG", help="the shop, as its address names it")
    names = [writer.name for writer in ports.writers()]
    parser.add_argument("--format", choices=names, default=names[0], help=f"for whom (default: {names[0]})")
    parser.add_argument(
        "--without-photos",
        action="store_true",
        help="the table alone; others than Halles fetch photos by address",
    )


def run(
    command: BaseCommand,
    *,
    file: Path | None,
    shop: str,
    format: str,
    without_photos: bool,
    **_options: object,
) -> None:
    """Do it and tell. A file that stands under this name is written over, once the new one is whole."""
    of, writer = shop_named(shop), ports.writer_named(format)
    assert writer is not None
    if without_photos:
        writer = writer.without_photos or writer
    several = parts(of) if writer.without_photos else [Part(None, None, 0)]
    said: dict[str, Any] = {"articles": 0, "rows": 0, "photos": 0, "file": "", "files": []}
    for number, part in enumerate(several, start=1):
        path = _path(file or Path(file_name(of, writer)), number if len(several) > 1 else 0)
        try:
            _write(of, writer, part, path, said)
        except OSError as error:
            raise CommandError(f"{path} : {error.strerror}") from error
    said["file"] = said["files"][0]
    command.stdout.write(json.dumps(said, ensure_ascii=False))


def _path(path: Path, number: int) -> Path:
    """Of several parts each has its number: "miel.zip" → "miel-2.zip"."""
    return path.with_name(f"{path.stem}-{number}{path.suffix}") if number else path


def _write(shop: Shop, writer: Writer, part: Part, path: Path, said: dict[str, Any]) -> None:
    articles = articles_of(shop, part.after, part.until)
    assert articles is not None  # they were found a moment ago, and none is ever erased
    made = make(articles, writer)
    with made.file:
        _put(made.file, path)
    said["articles"] += made.articles
    said["rows"] += made.written.rows
    said["photos"] += made.written.photos
    said["files"].append(str(path))


def _put(made: IO[bytes], path: Path) -> None:
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as copy:
            shutil.copyfileobj(made, copy, 1024 * 1024)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
