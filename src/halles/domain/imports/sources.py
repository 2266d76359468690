# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a file is, by its content and never by its name, before anything is made of it."""

import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from halles.kernel.errors import Refused

MOST_BYTES = 200 * 1024 * 1024
MOST_WORKBOOK_BYTES = 50 * 1024 * 1024
MOST_BUNDLE_BYTES = 2 * 1024**3
HEAD = 64 * 1024

MOST_MEMBERS = 5000
MOST_UNPACKED = 4 * 1024**3
MOST_RATIO = (
    300  # a table of sparse columns shrinks some fifty times; what shrinks a thousand times is a trap
)
SMALL = 1024 * 1024  # a ratio says nothing about small files
MOST_DIRECTORY = MOST_MEMBERS * 300  # bytes of a ZIP's table of contents


class Kind(StrEnum):
    """What can be made of a file."""

    TEXT = "text"
    WORKBOOK = "workbook"
    BUNDLE = "bundle"
    XML = "xml"
    PICTURE = "picture"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be opened again: a file, or a member of a ZIP."""

    open: Callable[[], IO[bytes]]
    size: int

    def head(self) -> bytes:
        """The first 64 KiB."""
        with self.open() as stream:
            return stream.read(HEAD)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
BRANDED = {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"}  # after "ftyp": AVIF and HEIC
PRINTED = (b"%PDF", b"{\\rtf")  # readable letters, and yet no table; what else is no text shows by its bytes
MARKUP = (b"<?xml", b"<rss", b"<!doctype", b"<html")


def file_source(path: Path) -> Source:
    """The file at this path.

    :raises Refused: `imports.cannot_read` (there is none, or it may not be read), `imports.empty`.
    """
    try:
        size = path.stat().st_size
        with path.open("rb"):
            pass
    except OSError as error:
        raise Refused("imports.cannot_read") from error
    if not size:
        raise Refused("imports.empty")
    return Source(lambda: path.open("rb"), size)


def check_size(source: Source, most: int) -> None:
    """:raises Refused: `imports.too_large`, before a byte is read."""
    if source.size > most:
        raise Refused("imports.too_large", megabytes=source.size // 1024**2, most=most // 1024**2)


def check_worth_keeping(path: Path) -> None:
    """Before a file is copied: whether it is small enough for any reader.

    :raises Refused: `imports.too_large`.
    :raises OSError: when it cannot be read.
    """
    source = Source(lambda: path.open("rb"), path.stat().st_size)
    check_size(source, MOST_BUNDLE_BYTES if source.head().startswith(ZIP) else MOST_BYTES)


def kind_of(source: Source) -> Kind:
    """What the bytes are. A table and any other plain text look alike from here.

    :raises Refused: as `open_zip`, for a ZIP.
    """
    head = source.head()
    if head.startswith(OLE):
        return Kind.WORKBOOK
    if head.startswith(ZIP):
        with source.open() as stream, open_zip(stream) as opened:
            return Kind.WORKBOOK if _is_workbook(opened) else Kind.BUNDLE
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return Kind.PICTURE
    if head[:3] == b"\0\0\0" and head[4:8] == b"ftyp":
        return Kind.PICTURE if head[8:12] in BRANDED else Kind.OTHER
    if head.startswith(PRINTED):
        return Kind.OTHER
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(MARKUP):
        return Kind.XML
    return Kind.TEXT


def _is_workbook(opened: zipfile.ZipFile) -> bool:
    """Office Open XML and OpenDocument are ZIPs with a table of contents of their own."""
    names = {member.filename for member in opened.infolist()}
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def open_zip(stream: IO[bytes]) -> zipfile.ZipFile:
    """A ZIP whose table of contents promises nothing unreasonable. What it lies about, `ZipFile` cuts off when reading.

    :raises Refused: `imports.zip_broken`, `imports.zip_locked` (a password), `imports.zip_unsafe` (paths that climb,
        links, too many files, or files that unpack to too much).
    """
    _check_directory(stream)
    try:
        opened = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Refused("imports.zip_broken") from error
    members = opened.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Refused("imports.zip_unsafe")
    for member in members:
        _check_member(member)
    return opened


def _check_directory(stream: IO[bytes]) -> None:
    """Python reads the table of contents whole: see first how long it says it is."""
    size = stream.seek(0, 2)
    start = stream.seek(max(0, size - 65557))  # the end record, and its longest comment
    tail = stream.read(size - start)
    stream.seek(0)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        raise Refused("imports.zip_broken")
    while place >= 0:
        if int.from_bytes(tail[place + 12 : place + 16], "little") > MOST_DIRECTORY:
            raise Refused("imports.zip_unsafe")
        place = tail.rfind(b"PK\x05\x06", 0, place)
    if b"PK\x06\x07" in tail:  # the format for archives beyond 4 GB
        raise Refused("imports.zip_unsafe")


def _check_member(member: zipfile.ZipInfo) -> None:
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0] or stat.S_ISLNK(member.external_attr >> 16):
        raise Refused("imports.zip_unsafe", name=member.filename[:80])
    if member.flag_bits & 0x1:
        raise Refused("imports.zip_locked")
    if member.file_size > SMALL and member.file_size > MOST_RATIO * max(member.compress_size, 1):
        raise Refused("imports.zip_unsafe", name=member.filename[:80])
