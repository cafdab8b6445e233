"""Run by test_limits in several processes at once: counts attempts in one database file."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dorfplatz.config.settings")
django.setup()

from django.db import connection  # noqa: E402  after the set-up

from dorfplatz.members.limits import LOGIN_PER_ACCOUNT, count_attempt  # noqa: E402  after the set-up
from dorfplatz.members.models import AttemptCount  # noqa: E402  after the set-up

MOMENT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

if __name__ == "__main__":
    if sys.argv[1] == "table":
        with connection.schema_editor() as editor:
            editor.create_model(AttemptCount)
    else:
        allowed = sum(count_attempt(LOGIN_PER_ACCOUNT, "anna@example.org", now=MOMENT) for _ in range(int(sys.argv[1])))
        sys.stdout.write(str(allowed))
