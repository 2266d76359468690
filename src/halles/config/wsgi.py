# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from halles.doors.cli.orphans import die_with_parent_if_supervised

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halles.config.settings")
die_with_parent_if_supervised()
application = get_wsgi_application()
