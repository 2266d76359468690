# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a command had to stop, in words an operator can act on."""

import errno
import re

from django.db import DatabaseError
from django.utils.translation import gettext as _

FULL = re.compile(r"disk is full|no space left", re.IGNORECASE)  # SQLite, PostgreSQL


def reason(error: OSError | DatabaseError) -> str:
    """What stood in the way: a full disk by its name, else what the system says and of which file."""
    if getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT} or FULL.search(str(error)):
        return _("Le disque est plein : faites de la place, puis recommencez.")
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename} : {error.strerror}" if error.filename else error.strerror
    return str(error)
