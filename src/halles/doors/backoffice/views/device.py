# SPDX-License-Identifier: AGPL-3.0-or-later
"""« Ma boutique » on a device of its own: what makes it an application, and its service worker.

Both are the same for everybody and carry nothing personal: a browser asks for them without a cookie.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

SIZES = (192, 512)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of `/gestion/`: it brings its parts, each under its hashed name, so a new part is a new worker."""
    response = render(request, "backoffice/worker.js", content_type="text/javascript")
    patch_cache_control(response, public=True, no_cache=True)
    return response


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone asks before it puts « Ma boutique » on its home screen."""
    home = reverse("backoffice:today")
    icons = [
        {
            "src": static(f"ui/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    said = {
        "name": _("Ma boutique"),
        "short_name": _("Ma boutique"),
        "lang": request.LANGUAGE_CODE,
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#fbf7ee",
        "theme_color": "#fbf7ee",
        "icons": icons,
    }
    response = JsonResponse(said, content_type="application/manifest+json")
    patch_cache_control(response, public=True, max_age=3600)
    return response
