# SPDX-License-Identifier: AGPL-3.0-or-later
"""What names a door goes a month after it was rung at: by then nobody asks any more where the parcel was left."""

import datetime as dt
import time
import uuid

from django.db.models import Q
from django.utils import timezone

from halles.domain.rounds import photos
from halles.domain.rounds.models import Round, Stop

KEPT = dt.timedelta(days=30)
A_DAY = 24 * 3600


def forget() -> None:
    """Points, notes and photographs of old rounds, and photographs that came to nothing. Repeating changes nothing."""
    limit = timezone.localdate() - KEPT
    old = Stop.objects.filter(round__day__lt=limit)
    for name in old.filter(photo__isnull=False).values_list("photo", flat=True):
        if name:
            photos.forget(name)
    named = ~Q(note="") | ~Q(known="") | Q(photo__isnull=False)
    old.filter(named).update(note="", photo=None, known="", latitude=None, longitude=None, number=None)
    Round.objects.filter(day__lt=limit).exclude(seconds=[]).update(seconds=[])
    _tidy()


def _tidy() -> None:
    """A photograph was kept, and then what it was for was refused."""
    alone = [kept for kept in photos.all_kept() if time.time() - kept.stat().st_mtime > A_DAY]
    known = set(
        Stop.objects.filter(photo__in=[kept.stem for kept in alone]).values_list("photo", flat=True)
        if alone
        else ()
    )
    for kept in alone:
        if uuid.UUID(kept.stem) not in known:
            kept.unlink(missing_ok=True)
