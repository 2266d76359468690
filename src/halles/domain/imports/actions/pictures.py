# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fetching the pictures that imported articles should have: from the bundle, or politely from where they are."""

import time
from io import BytesIO

from django.db import transaction

from halles.domain.catalogue import pictures
from halles.domain.imports import material
from halles.domain.imports.drafts import Material
from halles.domain.imports.models import Import, PictureWish
from halles.kernel import outbox
from halles.kernel.errors import Refused
from halles.kernel.outside import Inside, Unreachable
from halles.kernel.outside import fetch as ask

AT_ONCE = 5.0  # seconds; letters have their turn then
State = PictureWish.State


def fetch(import_: Import, *, seconds: float = AT_ONCE) -> bool:
    """Fetch for a while; whether there are more to fetch. An unreachable one is a warning, not the end."""
    until = time.monotonic() + seconds
    try:
        with material.opened(import_) as (_reader, handed):
            for wish in import_.wishes.filter(state=State.WAITING).select_related("product__shop"):
                _fulfil(import_, wish, handed)
                if time.monotonic() > until:
                    return import_.wishes.filter(state=State.WAITING).exists()
    except Refused:  # the file is gone: what stands in it cannot be had any more
        import_.wishes.filter(state=State.WAITING).update(
            state=State.FAILED, problem="imports.picture_unreachable"
        )
    return False


@transaction.atomic
def try_again(import_: Import) -> None:
    """Those that could not be had are asked for once more."""
    if import_.wishes.filter(state=State.FAILED).update(state=State.WAITING, problem=""):
        outbox.publish("imports.done", import_id=str(import_.id))


def _fulfil(import_: Import, wish: PictureWish, handed: Material) -> None:
    try:
        prepared = pictures.prepare(BytesIO(_bytes(wish.address, handed)))
        with transaction.atomic():
            # Another worker may have been quicker.
            if PictureWish.objects.filter(pk=wish.pk, state=State.WAITING).update(state=State.DONE):
                pictures.attach(wish.product, prepared, view=wish.view, by=import_.actor)
            else:
                pictures.discard(prepared)
    except Refused as refused:
        _fail(wish, refused.code)
    except Inside:
        _fail(wish, "imports.picture_inside")
    except Unreachable:
        _fail(wish, "imports.picture_unreachable")


def _bytes(address: str, handed: Material) -> bytes:
    if address in handed.pictures:
        with handed.pictures[address].open() as file:
            return file.read(pictures.MOST_BYTES + 1)
    if "://" not in address:
        raise Refused("imports.picture_missing")
    return ask(address, most_bytes=pictures.MOST_BYTES)


def _fail(wish: PictureWish, code: str) -> None:
    PictureWish.objects.filter(pk=wish.pk, state=State.WAITING).update(state=State.FAILED, problem=code)
