"""The web server: gunicorn on a listening socket that is open already."""

from __future__ import annotations

import gc
import os
import socket  # noqa: TID251  listens only
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.servers.basehttp import get_internal_wsgi_application
from django.urls import get_resolver
from django.utils import translation
from gunicorn.app.base import BaseApplication

from dorfplatz.operations.forking import let_go_of_databases
from dorfplatz.operations.web_worker import HEADERS, REFUSAL, WebWorker
from dorfplatz.search.queries import prepare_search

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

GRACE_S = 30
COLLECT_AFTER = 5_000, 20, 20  # new objects; rounds among the new; rounds among the younger
# Room for the largest extract that an import takes, and the form around it. Each form has its own, smaller limit.
LARGEST_BODY_BYTES = 128 * 1024 * 1024
MEMORY = Path("/dev/shm")  # noqa: S108  # nosec B108  for a heartbeat only, so that a busy disk cannot stop it


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on. Raises OSError when the address is taken or not of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)


def options(line: socket.socket, on_ready: Callable[[], None]) -> dict[str, Any]:
    """gunicorn's settings. Whatever two servers could read in two ways is refused, which is its default."""
    env = settings.ENV
    return {
        "bind": f"fd://{line.fileno()}",
        "worker_class": WebWorker,
        "workers": env.workers,
        "threads": env.threads,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": GRACE_S,
        "keepalive": 15,
        # A process that has grown is replaced by a fresh one, not all at the same moment, and rarely: a fresh one has
        # kept nothing yet, and in a big installation it is minutes until it is as quick as the one before.
        "max_requests": 100_000,
        "max_requests_jitter": 20_000,
        "limit_request_line": 4094,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        "forwarded_allow_ips": ",".join(env.trusted_proxies),
        "forwarder_headers": "",
        "worker_tmp_dir": str(MEMORY) if MEMORY.is_dir() else None,
        "control_socket_disable": True,
        "accesslog": None,  # who read what is nobody's business
        "errorlog": "-",
        "loglevel": "warning",
        "pre_fork": lambda _server, _worker: let_go_of_databases(),
        "post_worker_init": lambda _worker: on_ready(),
    }


def bounded(application: Application, largest: int = LARGEST_BODY_BYTES) -> Application:
    """Refuses a larger body before a byte of it is read; a body without a stated length is not read at all."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= largest:
            return application(environ, start_response)
        body = REFUSAL.encode()
        start_response("413 Content Too Large", [*HEADERS.items(), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def warm_up() -> Application:
    """Load what every request needs, so that the web processes share it instead of each having its own."""
    application = bounded(get_internal_wsgi_application())
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            get_resolver().reverse_dict  # noqa: B018  filled by looking
    prepare_search()
    let_go_of_databases()
    gc.collect()
    gc.freeze()
    # A process that keeps much has much to look through, and whoever asks waits for that: so it is done rarely.
    gc.set_threshold(*COLLECT_AFTER)
    return application


class WebServer(BaseApplication):
    """Runs until it is told to stop; then finishes what it has accepted."""

    def __init__(self, line: socket.socket, on_ready: Callable[[], None]) -> None:
        self._options = options(line, on_ready)
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return warm_up()


def serve(line: socket.socket, ready_end: int) -> None:
    """Serve the square on `line`; each web process writes a byte to `ready_end` when it can answer."""
    WebServer(line, lambda: _tell(ready_end)).run()


def _tell(ready_end: int) -> None:
    try:
        os.write(ready_end, b".")
    except OSError:
        return  # nobody listens any more
