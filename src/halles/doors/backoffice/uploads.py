# SPDX-License-Identifier: AGPL-3.0-or-later
"""Large files from a browser: a page says that one is too large, instead of the connection just ending."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from halles.domain.shops.reads import Right
from halles.doors.backoffice.access import ShopRequest, View, shop_page
from halles.kernel.errors import Refused

MEGABYTE = 1024 * 1024
MOST_FORM = 64 * 1024  # bytes of what a form sends beside its file


class Limit(FileUploadHandler):
    """Reads past a file that is too large and keeps nothing of it; the rest of the form comes through."""

    def __init__(self, request: ShopRequest, most: int) -> None:
        super().__init__(request)
        self.most, self.size = most, 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """How much is announced, which is how much is read at most."""
        self.size = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Nothing that is announced as too large is begun."""
        super().new_file(*args, **kwargs)
        if self.refused:
            raise SkipFile

    @property
    def refused(self) -> Refused | None:
        """Why nothing was kept."""
        if self.size <= self.most + MOST_FORM:
            return None
        return Refused("imports.too_large", megabytes=self.size // MEGABYTE, most=self.most // MEGABYTE)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """On to those who keep it."""
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Somebody else's."""
        return None


Trouble = Refused | OSError | None


def upload_page(right: Right, most: int) -> Callable[[View], View]:
    """As `shop_page`, for a form with a file of up to `most` bytes.

    The view is told by `trouble` why a file did not arrive: `Refused("imports.too_large")`, or the error of a disk that is full.
    """

    def decorate(view: View) -> View:
        @csrf_exempt  # asked for by ourselves: the token stands in the form that brings the file, after the limit is set
        @shop_page(right)
        @wraps(view)
        def guarded(request: ShopRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
            limit = Limit(request, most)
            request.upload_handlers.insert(0, limit)
            try:
                request.POST  # noqa: B018 read now
            except TooManyFilesSent:
                while request.read(MEGABYTE):  # past the rest, or the browser sees the connection end
                    pass
                several = Refused("rolls.too_many_files", most=settings.DATA_UPLOAD_MAX_NUMBER_FILES)
                return view(request, *args, trouble=several, **kwargs)
            except OSError as error:  # the token is lost with the rest, and nothing will be done
                return view(request, *args, trouble=error, **kwargs)
            return protected(request, *args, trouble=limit.refused, **kwargs)

        protected = csrf_protect(view)
        return guarded

    return decorate
