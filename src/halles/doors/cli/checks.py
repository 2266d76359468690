# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `doctor` asks of the installation itself; the nouns register their own invariants."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from halles.kernel.appendonly import missing_triggers

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def database() -> Iterator[str]:
    """Whether it answers."""
    try:
        connection.ensure_connection()
    except Error as error:
        yield _("la base de données ne répond pas : %(error)s") % {"error": error}


def migrations() -> Iterator[str]:
    """Whether its shape is the one this version knows."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield _("%(count)d migrations à appliquer : « halles migrate »") % {"count": len(plan)}


def triggers() -> Iterator[str]:
    """Whether the registers are sealed."""
    missing = missing_triggers()
    if missing:
        yield _("registres non protégés (%(names)s) : « halles migrate »") % {"names": ", ".join(missing)}


def data_folder() -> Iterator[str]:
    """Whether we can write there, and others cannot read the secret."""
    folder = Path(settings.DATA)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield _("le dossier %(folder)s n’est pas accessible en écriture") % {"folder": folder}
    secret = folder / "secret-key"
    if secret.exists() and stat.S_IMODE(secret.stat().st_mode) & OTHERS:
        yield _("d’autres peuvent lire le secret : chmod 600 %(file)s") % {"file": secret}
