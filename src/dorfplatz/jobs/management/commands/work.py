"""`dorfplatz work`: a worker of its own, beside the one that `dorfplatz run` starts."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from dorfplatz.jobs.worker import main


class Command(BaseCommand):
    help = "Do what was put off (mails, pictures, what recurs) until SIGTERM or SIGINT; then finish the jobs at hand."

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002  the signature is Django's
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        main(Path(settings.HOME), stop)
