# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a watcher asks: is the house alive?"""

import logging

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from halles.doors.clock import heartbeat


def not_a_watcher(record: logging.LogRecord) -> bool:
    """Whether a refusal deserves a line in the log: a watcher has its answer and comes back every second."""
    request = getattr(record, "request", None)
    return not (request and request.resolver_match and request.resolver_match.view_name == "clock:healthz")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 only while the database answers and a worker lives: the heartbeat is kept in the database."""
    try:
        worker = heartbeat.is_alive()
    except Error:
        return JsonResponse({"database": False, "worker": False}, status=503)
    return JsonResponse({"database": True, "worker": worker}, status=200 if worker else 503)
