# SPDX-License-Identifier: AGPL-3.0-or-later
"""Static files gathered under the data folder, only when one of them has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".gathered"


def fingerprint() -> str:
    """A digest of the name, size and time of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: found[0]):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def gather() -> None:
    """Former versions stay: a page that is open somewhere still asks for them."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    current = fingerprint()
    if not stamp.exists() or stamp.read_text() != current:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(current)
