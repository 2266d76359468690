# SPDX-License-Identifier: AGPL-3.0-or-later
"""In which letters and with which separator a text table was written. Spreadsheets do not say; the text tells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from halles.domain.imports.headers import OURS
from halles.domain.imports.sources import Source
from halles.kernel.errors import Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# é, è and ê in what Windows, old Macs and old tills write: whichever a French text has most of.
ACCENTS = {"cp1252": b"\xe9\xe8\xea", "mac_roman": b"\x8e\x8f\x90", "cp850": b"\x82\x8a\x88"}
NOT_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"

SEPARATORS = (";", "\t", ",", "|")
SAMPLE_ROWS = 50
SAMPLE = 64 * 1024  # characters
# A separator inside a cell that no hand would have written there ("a;b", but not "a ; b", "1,20" or "&amp;").
ODD = {
    ";": re.compile(r";(?! |$)(?<!&amp;)"),
    "\t": re.compile(r"\t"),
    ",": re.compile(r",(?![\s\d]|$)"),
    "|": re.compile(r"(?<! )\|(?! )"),
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to read a text table. `damaged`: some bytes are no letters of this encoding; `skip`: lines before the table."""

    encoding: str
    separator: str
    damaged: bool = False
    skip: int = 0


def dialect_of(source: Source) -> Dialect:
    """Encoding and separator of a text table.

    :raises Refused: `imports.not_a_table` when the bytes are no text, `imports.empty` when there is only white space.
    """
    encoding, damaged = encoding_of(source)
    with source.open() as stream, io.TextIOWrapper(stream, encoding, errors="replace", newline="") as opened:
        text = opened.read(SAMPLE)
    text = text.replace("\0", "")
    if not text.strip():
        raise Refused("imports.empty")
    if said := re.match(r"sep=([;,|\t])\r?\n", text, re.IGNORECASE):  # what Excel writes for itself
        return Dialect(encoding, said[1], damaged, skip=1)
    if text.startswith(f"{';'.join(OURS)};"):
        return Dialect(encoding, ";", damaged)
    return Dialect(encoding, separator_of(text, whole=len(text) < SAMPLE), damaged)


def encoding_of(source: Source) -> tuple[str, bool]:
    """The encoding of the whole file, and whether some of it is damaged.

    :raises Refused: `imports.not_a_table` for bytes that are no text.
    """
    head = source.head()
    for mark, name in MARKS:
        if head.startswith(mark):
            return name, False
    if name := _utf16_without_mark(head):
        return name, False
    if head.count(0) > 8 + len(head) // 20 or _control_signs(head) > 8 + len(head) // 50:
        raise Refused("imports.not_a_table")
    return ("utf-8", False) if _is_utf8(source) else _older(source)


def _chunks(source: Source) -> Iterator[bytes]:
    with source.open() as stream:
        while chunk := stream.read(1 << 20):
            yield chunk


def _utf16_without_mark(head: bytes) -> str:
    """Western text has a zero in every second byte."""
    pairs = len(head) // 2
    first, second = head[0::2].count(0), head[1::2].count(0)
    if pairs >= 4 and second > 0.4 * pairs and first < 0.05 * pairs:
        return "utf-16-le"
    if pairs >= 4 and first > 0.4 * pairs and second < 0.05 * pairs:
        return "utf-16-be"
    return ""


def _control_signs(head: bytes) -> int:
    visible = bytes(range(32, 256)) + b"\t\n\r\f\x0b\x1a\0"
    return len(head.translate(None, delete=visible))


def _is_utf8(source: Source) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in _chunks(source):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _older(source: Source) -> tuple[str, bool]:
    """Not quite UTF-8: an older encoding, or UTF-8 with a few broken signs (a file cut short, two files glued together)."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken, composed = 0, 0
    accents: Counter[str] = Counter()
    outside = False
    for chunk in _chunks(source):
        text = decoder.decode(chunk)
        broken += text.count("\N{REPLACEMENT CHARACTER}")
        composed += max(0, len(chunk) - len(text))
        outside = outside or any(byte in chunk for byte in NOT_IN_CP1252)
        for name, letters in ACCENTS.items():
            accents[name] += sum(chunk.count(letter) for letter in letters)
    if composed > 4 * broken:
        return "utf-8", True
    name = max(ACCENTS, key=lambda encoding: accents[encoding])  # Windows when nothing tells
    return ("latin-1" if name == "cp1252" and outside else name), False


def separator_of(sample: str, *, whole: bool = True) -> str:
    """What stands between the cells of this beginning of a table; `whole` when it is all of the table."""
    return max(
        SEPARATORS, key=lambda separator: _likeness(_records(sample, separator, whole=whole), separator)
    )


def _records(sample: str, separator: str, *, whole: bool) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            records.append(record)
            if len(records) > SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if len(records) > SAMPLE_ROWS or (not whole and len(records) > 1):
        records.pop()  # may be cut
    return [record for record in records if record]


def _likeness(records: list[list[str]], separator: str) -> tuple[bool, float, int]:
    """How much the records look like a table: several columns, the same number in each row, nothing odd in the cells.

    Of one column the second counts: "prix" above "1,20" is no table of two.
    """
    widths = Counter(len(record) for record in records)
    if not widths:
        return False, 0.0, 0
    (usual, rows) = widths.most_common(1)[0]
    several = usual >= 2 and (len(records[0]) >= 2 or usual >= 3)
    odd = sum(
        any(
            sign in cell and ODD[sign].search(cell)
            for cell in record
            for sign in SEPARATORS
            if sign != separator
        )
        for record in records
    )
    return several, round((rows - odd / 2) / len(records), 2), usual
