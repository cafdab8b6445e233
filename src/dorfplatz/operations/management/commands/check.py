"""`dorfplatz check`: what works and what does not, in sentences. In place of Django's command, whose checks it runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dorfplatz.operations.examination import examine
from dorfplatz.operations.terminal import in_their_language


class Command(BaseCommand):
    help = "Look at configuration, storage, database, worker and mail; exit code 1 when something is not well."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        faults = 0
        with in_their_language():
            for finding in examine(timezone.now()):
                faults += not finding.well
                style = self.style.SUCCESS if finding.well else self.style.ERROR
                self.stdout.write(style("✓ " if finding.well else "✗ ") + finding.says)
        if faults:
            raise SystemExit(1)
