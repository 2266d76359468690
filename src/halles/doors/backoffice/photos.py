# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photographs sent with a form in which something else was wrong: they wait, and need not be sent again."""

import uuid
from collections.abc import Sequence
from typing import IO

from halles.domain.catalogue import pictures
from halles.domain.catalogue.pictures import Prepared
from halles.doors.backoffice.access import ShopRequest
from halles.kernel.errors import Refused

KEY = "photos"


def prepared(request: ShopRequest, files: Sequence[IO[bytes]]) -> tuple[list[Prepared], Refused | None]:
    """Those the form kept and those it brings, all of them waiting from now on; and why one was refused."""
    known = {str(photo.id): photo for photo in waiting(request)}
    ready = [known[key] for key in request.POST.getlist("kept") if key in known]
    refused = None
    for file in files:
        try:
            ready.append(pictures.prepare(file))
        except Refused as error:
            refused = error
    request.session[KEY] = [
        [str(photo.id), photo.width, photo.height, photo.colour, list(photo.widths), photo.digest]
        for photo in ready
    ]
    return ready, refused


def waiting(request: ShopRequest) -> list[Prepared]:
    """The photographs that wait for the form to be right."""
    return [
        Prepared(uuid.UUID(key), width, height, colour, tuple(widths), digest=digest)
        for key, width, height, colour, widths, digest in request.session.get(KEY, [])
    ]


def used(request: ShopRequest) -> None:
    """They belong to an article now."""
    request.session.pop(KEY, None)
