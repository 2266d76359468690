# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages that belong to nobody in particular: what went wrong, the live page of components, media files."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils._os import safe_join
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from halles.domain.communes import reads
from halles.doors.ui import samples

TYPES = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg"}
A_MINUTE = 60  # seconds
A_YEAR = 365 * 24 * 3600


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A signed-in form came without its token: mostly a session that has ended in another tab."""
    return render(request, "ui/session_ended.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or it is not for this visitor: we do not say which."""
    return render(request, "ui/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be understood."""
    return render(request, "ui/bad_request.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; the page needs nothing that could fail again."""
    return render(request, "ui/server_error.html", status=500)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Every component of the house, as it is."""
    return render(request, "ui/live.html", {"samples": samples.live()})


@require_safe
def communes(request: HttpRequest, postal_code: str) -> JsonResponse:
    """The names of the communes of a postal code, for whoever is typing one; none when it is not known."""
    names = [commune.name for commune in reads.by_postal_code(postal_code)]
    response = JsonResponse(names, safe=False)
    patch_cache_control(response, public=True, max_age=A_MINUTE)
    return response


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """A picture in one of its sizes: its address never changes its content, so it may be kept for a year."""
    file = Path(safe_join(settings.MEDIA_ROOT, path))
    if file.suffix not in TYPES or not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=TYPES[file.suffix])
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response
