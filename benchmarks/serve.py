# SPDX-License-Identifier: AGPL-3.0-or-later
"""The web server of `halles run`, with the same options, on whatever application the settings name."""

import os

from halles.doors.cli.management.commands.run import web_command

if __name__ == "__main__":
    command = web_command()
    os.execv(command[0], command)
