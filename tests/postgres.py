# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PostgreSQL of our own while the tests run: nothing is kept, nothing of the machine's is touched."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from halles.doors.cli.orphans import die_with_parent

SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
# What is thrown away need not survive a power cut.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
PATIENCE = 30.0


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`; Debian keeps them out of the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return debian[-1].parent if debian else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def as_whom() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: whom to be instead."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def wait_until_it_answers(url: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


@contextlib.contextmanager
def cluster(*, careful: bool = False) -> Iterator[str]:
    """A running cluster; one gets its `DATABASE_URL`. `careful` writes as in production, for measuring."""
    binaries = programs()
    if binaries is None:
        raise RuntimeError("PostgreSQL is missing: apt-get install postgresql")
    identity, port = as_whom(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="halles-postgres-"))
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    data = str(folder / "data")
    settings = SETTINGS if careful else SETTINGS | CARELESS
    try:
        initdb = [str(binaries / "initdb"), "-D", data, "-U", "postgres", "-A", "trust"]
        initdb += ["-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        subprocess.run(initdb, check=True, cwd="/", stdout=subprocess.DEVNULL, **identity)
        command = [str(binaries / "postgres"), "-D", data, "-p", str(port)]
        command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            # In a session of its own: Ctrl-C is for the tests, which then end it in order.
            server = subprocess.Popen(
                command,
                cwd="/",
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
                **identity,
            )
        try:
            url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
            wait_until_it_answers(url, server)
            yield url
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
