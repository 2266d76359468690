# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the floor's server calls; a constant body, to know how fast the client is, passes Django by."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

from halles.doors.cli.orphans import die_with_parent_if_supervised

die_with_parent_if_supervised()
django = get_wsgi_application()
BODY = b"x" * int(os.environ["FLOOR_PAGE_BYTES"])


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django, or the constant body."""
    if environ["PATH_INFO"] == "/static":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))])
        return [BODY]
    return django(environ, start_response)
