# SPDX-License-Identifier: AGPL-3.0-or-later
"""A process that was started by another one ends with it, however that one ended."""

import ctypes
import os
import signal
import sys

# From <linux/prctl.h>
PR_SET_PDEATHSIG = 1
SUPERVISED = "HALLES_SUPERVISED"

# Found before any fork: between fork and exec nothing may be loaded.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Ask for SIGTERM when our parent ends, even by SIGKILL. Only Linux can; elsewhere nothing happens."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def die_with_parent_if_supervised() -> None:
    """For what somebody else starts for us: the server's own children, `halles run` under `make`."""
    if os.environ.get(SUPERVISED):
        die_with_parent()
