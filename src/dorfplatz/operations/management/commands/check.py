"""`dorfplatz check`: what works and what does not, in sentences. In place of Django's command, whose checks it runs."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from dorfplatz.operations.examination import examine


class Command(BaseCommand):
    help = "Look at configuration, storage, database, worker and mail; exit code 1 when something is not well."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = 0
        with translation.override(terminal_language(os.environ.get("LC_ALL") or os.environ.get("LANG") or "")):
            for finding in examine(timezone.now()):
                faults += not finding.well
                style = self.style.SUCCESS if finding.well else self.style.ERROR
                self.stdout.write(style("✓ " if finding.well else "✗ ") + finding.says)
        if faults:
            raise SystemExit(1)


def terminal_language(locale: str) -> str:
    """The language of the terminal where we speak it (“nl_NL.UTF-8”), else English."""
    language = locale[:2].lower()
    return language if language in dict(settings.LANGUAGES) else "en"
