# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page may need to know without asking for it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from halles.domain.shops import reads as shops


def market(request: HttpRequest) -> dict[str, Any]:
    """The market one is in (read only when a page uses it), and the public address of the installation."""
    return {"market": SimpleLazyObject(shops.market), "origin": settings.ORIGIN}
