# SPDX-License-Identifier: AGPL-3.0-or-later
"""The `halles` command: Django's commands under our name, with a help that shows what an operator needs."""

import os
import sys

from django.core.management import ManagementUtility
from django.core.management.base import BaseCommand

HELP = """usage: halles COMMAND [options]

Commands (halles COMMAND --help says more):
  run      start everything: database, pages and background work; Ctrl-C ends it
  worker   one more worker, for PostgreSQL; `run` has one already
  import   bring in a shop's articles, or the communes of France, from a file
  export   write a shop's articles into a file
  demo     fill an empty market with the demonstration town
  migrate  bring the database to this version
  doctor   look whether everything is in order

Environment:
  HALLES_PORT    port of the pages (8000)             HALLES_DATA      folder of all data (var/)
  HALLES_BIND    address to listen on (127.0.0.1)     DATABASE_URL     PostgreSQL instead of one file
  HALLES_ORIGIN  public address                       HALLES_SMTP_URL  where letters are sent
  HALLES_OSRM    server that knows roads              HALLES_GEOCODER  service that knows addresses
"""

# Django's own, which no operator needs; they go on working.
BaseCommand.suppressed_base_arguments = {
    "--version",
    "--verbosity",
    "--settings",
    "--pythonpath",
    "--traceback",
    "--no-color",
    "--force-color",
    "--skip-checks",
}


def main() -> None:
    """Show our help, or run one of the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halles.config.settings")
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help", "help"):
        sys.stdout.write(HELP)
        return
    ManagementUtility(sys.argv).execute()
