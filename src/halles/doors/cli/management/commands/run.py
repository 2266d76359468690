# SPDX-License-Identifier: AGPL-3.0-or-later
"""`halles run`: everything, in one process tree."""

import socket
import sys
from argparse import ArgumentParser, BooleanOptionalAction

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from halles.doors.cli import assets
from halles.doors.cli.orphans import die_with_parent_if_supervised
from halles.doors.cli.supervisor import Child, supervise

WORKERS = 2
THREADS = 4


class Command(BaseCommand):
    """Prepare what is missing, then keep the web server and the worker running until asked to stop."""

    help = "Start everything: database, pages and background work. Ctrl-C ends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked."""
        parser.add_argument(
            "--demo",
            action=BooleanOptionalAction,
            default=False,
            help="fill an empty market with the demonstration town (default: no)",
        )

    def handle(self, *, demo: bool, **options: object) -> None:
        """Run until stopped."""
        die_with_parent_if_supervised()
        refuse_taken_port()
        call_command("migrate", interactive=False, verbosity=0)
        assets.gather()
        if demo:
            call_command("demo")
        children = [Child("web", web_command()), Child("worker", [sys.executable, "-m", "django", "worker"])]
        supervise(children, f"http://{loopback()}:{settings.PORT}/healthz", self.greet)

    def greet(self) -> None:
        self.stdout.write(f"Halles : {settings.ORIGIN}/ (Ctrl-C pour arrêter)")
        self.stdout.flush()


def loopback() -> str:
    """Where we reach our own server: a wildcard address listens on loopback too."""
    return "127.0.0.1" if settings.BIND in ("0.0.0.0", "::") else settings.BIND  # noqa: S104


def refuse_taken_port() -> None:
    """Say so before anything is touched when another program, maybe another `halles run`, has our port."""
    with socket.socket(socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.BIND, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"{settings.BIND}:{settings.PORT} : {error.strerror}. HALLES_PORT=8001 halles run ?"
            ) from error


def web_command() -> list[str]:
    """The web server that LIBRARIES measured fastest for synchronous Django."""
    module, _, name = settings.WSGI_APPLICATION.rpartition(".")
    options = {
        "--interface": "wsgi",
        "--host": settings.BIND,
        "--port": settings.PORT,
        "--workers": WORKERS,
        "--blocking-threads": THREADS,
        "--log-level": "warning",
        "--workers-kill-timeout": 5,
    }
    flags = [str(part) for option in options.items() for part in option]
    return [
        sys.executable,
        "-m",
        "granian",
        *flags,
        "--no-ws",
        "--respawn-failed-workers",
        f"{module}:{name}",
    ]
