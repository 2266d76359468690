# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the operator may say from outside, read once: where data lives, which address is public, which database.

`HALLES_DATA` (default `var/` in the current folder), `HALLES_PORT` (8000), `HALLES_BIND` (127.0.0.1), `HALLES_ORIGIN`
(`http://localhost:PORT`), `DATABASE_URL` (SQLite under the data folder), `HALLES_SMTP_URL` (none: letters are
kept under `mail/` in the data folder), `HALLES_MAIL_FROM`, `HALLES_OSRM` and `HALLES_GEOCODER` (none: rounds go as the
crow flies, from commune to commune). Secrets (`HALLES_SECRET_KEY`, `HALLES_PUSH_KEY`) are made once
under the data folder when they are not given.
"""

import base64
import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def port() -> int:
    """The port of the pages."""
    given = os.environ.get("HALLES_PORT") or "8000"
    if not (given.isdecimal() and 0 < int(given) < 65536):
        raise SystemExit(f"HALLES_PORT={given} : un nombre entre 1 et 65535")
    return int(given)


DATA = Path(os.environ.get("HALLES_DATA") or "var").resolve()
PORT = port()
BIND = os.environ.get("HALLES_BIND") or "127.0.0.1"
ORIGIN = (os.environ.get("HALLES_ORIGIN") or f"http://localhost:{PORT}").rstrip("/")
HOST = urlsplit(ORIGIN).hostname or "localhost"
SECURE = ORIGIN.startswith("https://")

DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'halles.sqlite3'}"

MAIL_FROM = os.environ.get("HALLES_MAIL_FROM") or f"Halles <halles@{HOST}>"
OSRM = (os.environ.get("HALLES_OSRM") or "").rstrip("/")
GEOCODER = (os.environ.get("HALLES_GEOCODER") or "").rstrip("/")


def smtp() -> dict[str, Any]:
    """Where letters go: `HALLES_SMTP_URL` (`smtp://user:password@host:587?tls=1`), else into files one can look at."""
    url = urlsplit(os.environ.get("HALLES_SMTP_URL") or "")
    if not url.hostname:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": DATA / "mail",
        }
    options = parse_qs(url.query)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or 25,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": "tls" in options,
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }


def secret_key() -> str:
    """The installation's secret: from `HALLES_SECRET_KEY`, else made once under the data folder, readable by us alone."""
    return os.environ.get("HALLES_SECRET_KEY") or _made_once("secret-key", lambda: secrets.token_urlsafe(50))


# The number of points of the curve P-256: a private key is any number below it but zero.
P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def push_key() -> str:
    """The private key by which push services know us (VAPID), 32 octets in base64url. With another one no device rings."""
    return os.environ.get("HALLES_PUSH_KEY") or _made_once("push-key", _new_push_key)


def _new_push_key() -> str:
    number = 1 + secrets.randbelow(P256 - 1)
    return base64.urlsafe_b64encode(number.to_bytes(32)).rstrip(b"=").decode()


def _made_once(name: str, make: Callable[[], str]) -> str:
    """A secret kept in a file of the data folder, which only we can read."""
    path = DATA / name
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
        # A link appears whole, and fails when another process of ours was quicker.
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()
