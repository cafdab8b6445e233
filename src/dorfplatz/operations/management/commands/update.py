"""`dorfplatz update`: the tables up to the program, after a backup. `dorfplatz run` does the same when it starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from dorfplatz.operations.lock import alone
from dorfplatz.operations.terminal import in_their_language
from dorfplatz.operations.updating import finish_restore, update_tables


class Command(BaseCommand):
    help = "Bring the tables up to date, after a backup; nothing is changed when there is nothing to do."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        with in_their_language(), alone(settings.HOME):
            update_tables()
            finish_restore()
