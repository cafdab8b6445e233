"""`dorfplatz run`: the whole installation in one terminal."""

from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from dorfplatz.jobs import worker
from dorfplatz.operations.forking import let_go_of_databases
from dorfplatz.operations.preparation import prepare
from dorfplatz.operations.serving import listening, serve
from dorfplatz.operations.supervision import Child, Supervisor, apart
from dorfplatz.translation.engines.choosing import the_engine
from dorfplatz.villages.queries import PORT_NOTE

EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  # nosec B104  compared with, not bound to


class Command(BaseCommand):
    help = "Prepare the database and the static files, then serve the square, with its worker, until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000; 0: any free one)")
        parser.add_argument(
            "--demo", action="store_true", help="first put the demonstration in place, dated from today"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        host, port = str(options["host"]), int(options["port"])
        try:
            line = listening(host, port)
        except OSError as error:
            raise CommandError(f"Cannot listen on {host}:{port}: {error.strerror}.") from error
        let_go_of_databases()  # a connection must not be shared by two processes
        if apart(lambda: get_ready(with_demo=options["demo"])):
            raise CommandError("The square could not be prepared; the reason stands above.")
        ready_end, telling_end = os.pipe()
        address = shown_address(host, line.getsockname()[1])
        (settings.HOME / PORT_NOTE).write_text(str(line.getsockname()[1]))  # for links in mails, on this machine
        supervisor = Supervisor(
            children=[Child("web", lambda: serve(line, telling_end)), Child("worker", work)],
            say=self.stderr.write,
            ready_end=ready_end,
            on_ready=lambda: self._greet(address),
            voices=settings.ENV.workers,
        )
        code = supervisor.run()
        if code:
            raise CommandError("The web server could not start; the reason stands above.", returncode=code)
        self.stdout.write("Der Dorfplatz ist geschlossen. · The square is closed.")

    def _greet(self, address: str) -> None:
        self.stdout.write(f"Der Dorfplatz ist geöffnet: {address} · The square is open. (Strg/Ctrl+C)")
        if settings.TRANSLATION == "firefox" and not the_engine().standing().is_ready:
            self.stdout.write(
                "Übersetzt wird noch nicht: dorfplatz translation install de nl en · Translation is not installed yet."
            )
        self.stdout.flush()


def get_ready(*, with_demo: bool) -> None:
    """What is done before the first request. Ends the process with code 1 and a sentence when it cannot be done."""
    try:
        prepare(settings.HOME)
        if with_demo:
            call_command("demo", quiet=True)
    except CommandError as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(1) from problem


def work() -> None:
    """The worker's process: SIGTERM lets it finish the jobs at hand."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.main(settings.HOME, stop)


def shown_address(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    name = "localhost" if host in EVERYWHERE or host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"
