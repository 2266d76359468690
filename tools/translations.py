# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every French sentence of the interface has its English one: missing, empty or doubtful fails the build.
So does one whose tall signs (: ; ? ! « ») may end up alone on the next line: a space that does not break stands there.

French stands in the sources themselves. Its own catalogue only holds what is counted, as it is: it tells
gettext that French says "0 article", where without a catalogue it would say "0 articles".
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

PACKAGE = Path("src/halles")
BREAKS = re.compile(r"[^\s] [;?!»](?![\w=])|[^\s] :(?!\w)|« ")
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
# Without dates and names, so that a catalogue only changes when its sentences do.
HEADER = r"""# SPDX-License-Identifier: AGPL-3.0-or-later
msgid ""
msgstr ""
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""


def path(language: str, package: Path = PACKAGE) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def read(file: Path) -> Catalog:
    if not file.exists():
        return Catalog()
    with file.open("rb") as lines:
        return read_po(lines)


def sentences() -> Catalog:
    """What Django finds in a copy of the package: exactly what its sources say, with nothing guessed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "halles"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("*.pyc", "__pycache__", "locale"))
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--add-location", "file"]
        done = subprocess.run(
            command, cwd=copy, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True
        )
        if done.returncode or not path("en", copy).exists():
            sys.exit(f"makemessages failed: {done.stdout}{done.stderr}")
        return read(path("en", copy))


def english(found: Catalog, known: Catalog) -> Catalog:
    """The sentences of the sources with what has been translated so far."""
    for message in found:
        translated = known.get(message.id, message.context)
        if message.id and translated and isinstance(translated.string, type(message.string)):
            message.string = translated.string
            message.flags |= translated.flags & {"fuzzy"}
    return found


def french(found: Catalog) -> Catalog:
    """What is counted, as it is."""
    counted = Catalog()
    for message in found:
        if message.pluralizable:
            counted.add(message.id, message.id, message.locations, message.flags, context=message.context)
    return counted


def write(language: str, catalogue: Catalog) -> None:
    """The whole file anew, after a header of our own."""
    file = path(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as lines:
        lines.write(HEADER.format(language=language, plurals=PLURALS[language]).encode())
        write_po(lines, catalogue, width=110, omit_header=True, include_lineno=False)


def without_english(found: Catalog, known: Catalog) -> Iterator[str]:
    """One line for each sentence without a good translation."""
    for message in found:
        translated = known.get(message.id, message.context)
        if not message.id:
            continue
        if translated is None:
            yield f"missing: {message.id!r} ({message.locations[0][0]})"
        elif translated.fuzzy:
            yield f"fuzzy: {message.id!r}"
        elif not all(translated.string if isinstance(translated.string, tuple) else [translated.string]):
            yield f"empty: {message.id!r}"
        else:
            yield from (f"doubtful: {message.id!r}: {error}" for error in translated.check())


def breaking(found: Catalog) -> Iterator[str]:
    """One line for each French sentence with a plain space where the line must not end."""
    for message in found:
        for sentence in message.id if isinstance(message.id, tuple) else [message.id]:
            if BREAKS.search(sentence):
                yield f"plain space: {sentence!r} ({message.locations[0][0]})"


def said(catalogue: Catalog) -> set[tuple[object, ...]]:
    """A catalogue without what surrounds its sentences."""
    return {(message.context, message.id, message.string) for message in catalogue if message.id}


def complaints(found: Catalog) -> list[str]:
    """What is wrong with the catalogues as they stand."""
    lines = [*without_english(found, read(path("en"))), *breaking(found)]
    if said(read(path("fr"))) != said(french(found)):
        lines.append("fr: what is counted has changed, run `make messages`")
    return lines


def main() -> None:
    """Check, or with `--update` write the catalogues first, with what is still to translate."""
    found = sentences()
    if "--update" in sys.argv:
        write("en", english(found, read(path("en"))))
        write("fr", french(found))
    lines = complaints(found)
    sys.stdout.write("".join(f"{line}\n" for line in lines) + f"{len(lines)} sentences to see to\n")
    sys.exit(bool(lines))


if __name__ == "__main__":
    main()
