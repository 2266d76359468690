# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asking a service that the operator named himself, on his own machine or on another: JSON, small, and soon.

His word is enough for where it is (`kernel.outside` is for addresses of strangers); no redirection is followed.
"""

import json
import time
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

AGENT = "Halles/0.1"
PATIENCE = 5.0  # seconds for each step: to connect, to hear something
LONGEST = 10.0  # seconds altogether
MOST_BYTES = 4 * 1024 * 1024


class Silent(Exception):
    """Nothing usable came, or not in time."""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """Nowhere: what the operator named is what is asked."""


_opener = build_opener(_Stay)


def ask(address: str) -> Any:  # noqa: ANN401
    """The JSON at an address.

    :raises Silent: for anything else.
    """
    if not address.startswith(("http://", "https://")):
        raise Silent(address)
    until = time.monotonic() + LONGEST
    request = Request(address, headers={"User-Agent": AGENT, "Accept": "application/json"})  # noqa: S310
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            said = b""
            while part := answer.read1(64 * 1024):
                said += part
                if len(said) > MOST_BYTES or time.monotonic() > until:
                    raise Silent("too much, or too slow")
        return json.loads(said)
    except (URLError, HTTPException, OSError, ValueError, RecursionError) as error:
        raise Silent(str(error)) from error
