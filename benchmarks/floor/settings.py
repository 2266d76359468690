# SPDX-License-Identifier: AGPL-3.0-or-later
"""The production settings with everything taken away that a page could do without."""

import os
from pathlib import Path

from halles.config.settings import *  # noqa: F403
from halles.config.settings import DOMAIN_APPS

# The records need these; no page does.
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_tasks",
    "django_tasks_db",
    *[f"halles.domain.{noun}" for noun in DOMAIN_APPS],
]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).with_name("templates")],
    }
]
ROOT_URLCONF = "benchmarks.floor.urls"
WSGI_APPLICATION = "benchmarks.floor.wsgi.application"

PAGE_BYTES = int(os.environ["FLOOR_PAGE_BYTES"])
