# SPDX-License-Identifier: AGPL-3.0-or-later
"""A ZIP on its way out, piece by piece. Without its last piece, which lists what is in it, no program takes it for a ZIP."""

import zipfile
from collections.abc import Iterator
from typing import IO

AT_ONCE = 1024 * 1024  # bytes
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same files make the same bytes


class Pack:
    """Gives what is put into it as the bytes of a ZIP; keeps none of it."""

    def __init__(self) -> None:
        self._out = _Out()
        self._zip = zipfile.ZipFile(self._out, "w")  # type: ignore[call-overload]

    def put(self, name: str, file: IO[bytes], *, pressed: bool) -> Iterator[bytes]:
        """One more file under this name; photographs are not pressed any more than they are."""
        info = zipfile.ZipInfo(name, LONG_AGO)
        info.compress_type = zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w") as entry:
            while some := file.read(AT_ONCE):
                entry.write(some)
                yield self._out.taken()
        yield self._out.taken()

    def end(self) -> bytes:
        """The list of all that is in it."""
        self._zip.close()
        return self._out.taken()


class _Out:
    """What `zipfile` writes to: a stream without a way back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken
