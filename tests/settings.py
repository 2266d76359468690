# SPDX-License-Identifier: AGPL-3.0-or-later
"""Production settings in a folder that is thrown away; `--postgres` or TEST_DATABASE_URL for PostgreSQL."""

import atexit
import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.postgres import cluster

_ending = contextlib.ExitStack()
atexit.register(_ending.close)

# Workers of xdist inherit what the first process has prepared.
if "HALLES_TEST_DATA" not in os.environ:
    folder = tempfile.mkdtemp(prefix="halles-tests-")
    _ending.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["HALLES_TEST_DATA"] = folder
    if "--postgres" in sys.argv and not os.environ.get("TEST_DATABASE_URL"):
        os.environ["TEST_DATABASE_URL"] = _ending.enter_context(cluster())

os.environ["HALLES_DATA"] = os.environ["HALLES_TEST_DATA"]
(Path(os.environ["HALLES_DATA"]) / "static").mkdir(exist_ok=True)
os.environ["HALLES_ORIGIN"] = "http://localhost:8000"
os.environ["HALLES_SECRET_KEY"] = "only for tests"
os.environ["HALLES_PUSH_KEY"] = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"  # only for tests
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "")

from halles.config.settings import *  # noqa: E402, F403
from halles.config.settings import DATA, DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: Django's own choice would be memory, which knows no second process.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
# Nothing is gathered for a test; the journeys run the real server, which does.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
