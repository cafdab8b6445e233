"""Django's settings, one file for every installation; what differs comes from config/env.py."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from dorfplatz.config.elsewhere import cache_of, storage_of
from dorfplatz.config.env import kept_secret, read_env

ENV = read_env(os.environ)
HOME = ENV.home.resolve()
HOME.mkdir(parents=True, exist_ok=True)

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key or kept_secret(HOME)
# Hosts are rows (villages.Host); the middleware of `villages` decides and answers 400 for strangers.
ALLOWED_HOSTS = ["*"]
INSTALLATION_HOSTS = ENV.hosts
ROOT_URLCONF = "dorfplatz.config.urls"
WSGI_APPLICATION = "dorfplatz.config.wsgi.application"
AUTH_USER_MODEL = "members.Login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "dorfplatz.config.libraries.Account",
    "allauth.mfa",
    "dorfplatz.ui",
    "dorfplatz.jobs",
    "dorfplatz.journal",
    "dorfplatz.media",
    "dorfplatz.mail",
    "dorfplatz.translation",
    "dorfplatz.press",
    "dorfplatz.villages",
    "dorfplatz.languages",
    "dorfplatz.members",
    "dorfplatz.basemap",
    "dorfplatz.entries",
    "dorfplatz.letters",
    "dorfplatz.search",
    "dorfplatz.comments",
    "dorfplatz.places",
    "dorfplatz.events",
    "dorfplatz.exchange",
    "dorfplatz.gifts",
    "dorfplatz.square",
    "dorfplatz.wishes",
    "dorfplatz.moderation",
    "dorfplatz.imports",
    "dorfplatz.channels",
    "dorfplatz.noticeboard",
    "dorfplatz.desk",
    "dorfplatz.intake",
    "dorfplatz.matching",
    "dorfplatz.launch",
    "dorfplatz.screens",
    "dorfplatz.embeds",
    "dorfplatz.portal",
    "dorfplatz.operations",
    "dorfplatz.api",
]

MIDDLEWARE = [
    "dorfplatz.ui.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Above all that asks the database.
    "dorfplatz.operations.middleware.nobody_waits",
    # Above the compression: what is kept is kept compressed.
    "dorfplatz.villages.kept.middleware.KeptPages",
    # Below the static files, which are compressed already. Django pads each answer at random, against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dorfplatz.villages.middleware.municipality_of_host",
    "dorfplatz.villages.middleware.reader_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dorfplatz.members.middleware.ViewerOfRequest",
    "dorfplatz.members.middleware.DeclaredAccess",
    "dorfplatz.villages.middleware.village_filter",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "dorfplatz.ui.context.shell",
            ],
            "builtins": ["dorfplatz.ui.templatetags.ui", "template_partials.templatetags.partials"],
        },
    }
]


def _database() -> dict[str, Any]:
    if not ENV.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "dorfplatz.sqlite3",
            # Kept open by each thread: with a full disk the log's index could not be made anew, and nothing be read.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged commit survives a power cut. secure_delete: erased means erased.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                    "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    url = urlsplit(ENV.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Nobody waits longer than this for a database that is away, or that has vanished without a word.
            "connect_timeout": 3,
            # On a solid-state disk a row by its key is as near as the next one; else whole tables are read through.
            "options": "-c random_page_cost=1.1 -c jit=off",
            "tcp_user_timeout": 5000,
            "pool": {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 2},
        },
    }


DATABASES = {"default": _database()}
DATABASES["default"]["ATOMIC_REQUESTS"] = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Of each web process, for all that it keeps for the next readers (see kernel.keeping).
KEEP_BYTES = ENV.keep_mb * 1024 * 1024
# Of that, for pages that are made once for all visitors. Nothing is kept while templates are edited.
KEPT_PAGES_BYTES = 0 if DEBUG else KEEP_BYTES // 10

CACHES = {"default": cache_of(ENV.cache_url)}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["dorfplatz.members.authentication.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Of allauth: one-time codes, spare codes and passkeys, never its pages (docs/decisions/0013).
MFA_ADAPTER = "dorfplatz.members.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # a code of the half minute before or after counts as well: clocks go wrong, fingers are slow
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
FORMAT_MODULE_PATH = ["dorfplatz.ui.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages name no other, and each is compressed once instead of twice
# Pages name the hashed copies only; keeping the others would mean compressing everything twice.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": storage_of(ENV.storage_url),
    "staticfiles": {"BACKEND": "dorfplatz.ui.storage.HashedStaticFiles"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if ENV.https else 0
# Not SECURE_PROXY_SSL_HEADER, which believes anybody: the web server reads that header, from trusted proxies only.
X_FRAME_OPTIONS = "DENY"
_COOKIE_PREFIX = "__Host-" if ENV.https else ""
SESSION_COOKIE_NAME = _COOKIE_PREFIX + "session"
CSRF_COOKIE_NAME = _COOKIE_PREFIX + "csrf"
CSRF_FAILURE_VIEW = "dorfplatz.operations.trouble.answer_forged"
DEVICE_COOKIE_NAME = _COOKIE_PREFIX + "device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
# Addresses whose X-Forwarded-For is believed.
TRUSTED_PROXIES = ENV.trusted_proxies
PASSWORD_RESET_TIMEOUT = 2 * 3600
OIDC = {
    "issuer": ENV.oidc_issuer, "name": ENV.oidc_name,
    "client_id": ENV.oidc_client_id, "client_secret": ENV.oidc_client_secret,
}  # fmt: skip
LOGIN_URL = "members:login"
LOGIN_REDIRECT_URL = "/"
SILENCED_SYSTEM_CHECKS: list[str] = []

NIGHTLY_BACKUPS = ENV.backups != "off"
BACKUPS = Path(ENV.backups).resolve() if ENV.backups and NIGHTLY_BACKUPS else HOME / "backups"

TRANSLATION = ENV.translation
MAIL_URL = ENV.mail_url
REPLY_ADDRESS = ENV.reply_address
IMAP_URL = ENV.imap_url
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.mail_from

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
