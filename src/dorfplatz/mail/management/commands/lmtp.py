"""`dorfplatz lmtp`: takes answers by mail from a mail server on the same machine."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from dorfplatz.mail.arrival import take_in
from dorfplatz.mail.enums import Reception
from dorfplatz.mail.inbound.lmtp import LmtpServer


def _take(raw: bytes, to: str) -> Reception:
    close_old_connections()
    try:
        return take_in(raw, to=to, now=timezone.now())
    finally:
        close_old_connections()


class Command(BaseCommand):
    help = "Take answers to letters from a mail server on this machine (LMTP) until SIGTERM or SIGINT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="no other machine should reach it")
        parser.add_argument("--port", type=int, default=2424)

    def handle(self, *args: object, **options: Any) -> None:  # noqa: ARG002  the signature is Django's
        with LmtpServer((options["host"], options["port"]), _take) as server:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
            server.serve_forever()
