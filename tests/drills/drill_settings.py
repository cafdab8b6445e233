"""Settings of the drills: the cellar alone, in a folder of its own, on SQLite or PostgreSQL."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dorfplatz.config  # noqa: F401  chooses the sound SQLite

HOME = Path(os.environ["DRILL_HOME"])
SECRET_KEY = "a drill keeps no secrets"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django_tasks",
    "django_tasks_db",
    "dorfplatz.jobs",
    "dorfplatz.journal",
    "dorfplatz.media",
    "dorfplatz.mail",
]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
LANGUAGES = [("de", "Deutsch"), ("nl", "Nederlands"), ("en", "English")]
MEDIA_ROOT = HOME / "media"
MAIL_URL = os.environ.get("DRILL_MAIL_URL", "")
IMAP_URL = ""
DEFAULT_FROM_EMAIL = "square@example.org"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"handlers": [], "level": os.environ.get("DRILL_LOG", "ERROR")},
}

_server = urlsplit(os.environ.get("DRILL_DATABASE_URL", ""))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _server.path.lstrip("/"),
        "USER": _server.username,
        "HOST": _server.hostname,
        "PORT": _server.port,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 4}},
    }
    if _server.scheme
    else {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "drill.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
