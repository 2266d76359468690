# SPDX-License-Identifier: AGPL-3.0-or-later
"""Settings of an installation. What an operator may change comes from `halles.config.environment`."""

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from halles.config import environment

PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret_key()
PUSH_KEY = environment.push_key()
DEBUG = False
ALLOWED_HOSTS = [environment.HOST, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [environment.ORIGIN]
ORIGIN = environment.ORIGIN
DATA = environment.DATA
PORT = environment.PORT
BIND = environment.BIND
OSRM = environment.OSRM
GEOCODER = environment.GEOCODER

DOMAIN_APPS = [
    "journal",
    "communes",
    "people",
    "shops",
    "bells",
    "customers",
    "catalogue",
    "tradeitems",
    "stock",
    "fulfilment",
    "appointments",
    "imports",
    "bulkedits",
    "rolls",
    "orders",
    "depots",
    "rounds",
    "conversations",
]
DOORS = ["ui", "accounts", "storefront", "backoffice", "operator", "letters", "cli", "clock"]
INTEGRATIONS = [
    "addresses",
    "books",
    "odoo",
    "openfoodfacts",
    "openfoodnetwork",
    "osrm",
    "prestashop",
    "shopify",
    "webpush",
    "woocommerce",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    *[f"halles.domain.{noun}" for noun in DOMAIN_APPS],
    *[f"halles.doors.{door}" for door in DOORS],
    *[f"halles.integrations.{system}" for system in INTEGRATIONS],
    "halles.demo",
]

MIDDLEWARE = [
    "halles.doors.ui.pagecache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "halles.doors.ui.middleware.CompressionMiddleware",
    "halles.doors.ui.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "halles.doors.ui.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "halles.config.urls"
WSGI_APPLICATION = "halles.config.wsgi.application"
FORM_RENDERER = "halles.doors.ui.forms.HallesFormRenderer"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "halles.doors.ui.context.market",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "halles.doors.ui.templatetags.ui",
            ],
        },
    },
]

# -- Database: one file by default, PostgreSQL by DATABASE_URL (ADR-0004) --------------------------------------

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(environment.DATABASE_URL, conn_max_age=60, conn_health_checks=True)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # FULL: a sale that was confirmed survives a power cut.
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-16000;PRAGMA mmap_size=134217728;"
        ),
    }
else:
    # PostgreSQL plans a statement once for each connection, not each time (half of its work for an order).
    OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
    if OPTIONS.setdefault("server_side_binding", True):  # `?server_side_binding=false` behind a pooler
        OPTIONS.setdefault("prepare_threshold", 3)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What must be known to all processes (a worker's sign of life, which jobs have just run) lives in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# -- Who comes in (ADR-0006) -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/gestion/"
ACCOUNT_ADAPTER = "halles.doors.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code proves the address before there is an account
MFA_ADAPTER = "halles.doors.accounts.adapter.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_REAUTHENTICATION_REQUIRED = False  # by a code instead: see `views.passkeys.proved`
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = environment.HOST == "localhost"
# Where the public address is https, the one proxy before us that makes it so also says who asks.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.SECURE else 0

SESSION_COOKIE_AGE = 90 * 24 * 3600
SESSION_COOKIE_SECURE = environment.SECURE
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "halles.doors.ui.views.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# -- Words, times, files ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"  # the default of a new market; each market has its own

STATIC_URL = "/static/"
STATIC_ROOT = environment.DATA / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# -- Letters -----------------------------------------------------------------------------------------------------------

globals().update(environment.smtp())
DEFAULT_FROM_EMAIL = environment.MAIL_FROM

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"halles": {"level": "INFO"}},
}
