# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a device asks by itself: who is in, before it sends what waited; and a page for where there is no network."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from halles.doors.backoffice.access import signed_in


@signed_in
@require_safe
def visit(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and the token of this visit: what waited on the device since a former one needs a new one."""
    return JsonResponse({"account": str(request.user.pk), "token": get_token(request)})


@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """There is no network, and the device has not kept the page one wants. The same for everybody."""
    response = render(request, "backoffice/elsewhere.html")
    patch_cache_control(response, private=True, no_cache=True)
    return response
