# SPDX-License-Identifier: AGPL-3.0-or-later
"""The test database of SQLite as `migrate` left it in an earlier run, so that it need not be made again.

It is taken only while nothing has changed of what makes it; `migrate` runs on it all the same, and finds nothing to
do. On PostgreSQL, and in the first run after a change, everything is made from nothing.
"""

import hashlib
import os
import shutil
from pathlib import Path

import django
from django.apps import apps
from django.db import connection

from halles.kernel.appendonly import append_only_models, trigger_statements


def fingerprint() -> str:
    """Of every migration, of the triggers, and of what turns them into tables."""
    digest = hashlib.sha256(f"{django.__version__} {connection.Database.sqlite_version}".encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label} {file.name}".encode() + file.read_bytes())
    for model in append_only_models():
        digest.update(repr(trigger_statements(model, connection)).encode())
    return digest.hexdigest()[:16]


def take(kept: Path) -> None:
    """Put the kept database where the tests' own is looked for."""
    if kept.exists():
        shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])


def keep(kept: Path) -> None:
    """Keep the database, which has only been migrated yet, in the place of those of other days."""
    if kept.exists():
        return
    for former in kept.parent.iterdir():
        if not former.suffix:  # else another worker is writing it
            former.unlink(missing_ok=True)
    own = kept.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(own)])
    own.replace(kept)
