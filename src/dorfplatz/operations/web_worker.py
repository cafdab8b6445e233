"""A web process: gunicorn's threads, with our headers on its own refusals and without patience for dawdlers."""

from __future__ import annotations

import socket  # noqa: TID251  listens only
import struct
import time
from collections.abc import Callable
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from dorfplatz.ui.middleware import ALWAYS

# A browser sends the head of a request at once; who needs longer holds a thread that others wait for.
HEAD_WITHIN_S = 15
# Longest silence of the other side while it sends a body or takes an answer.
SILENCE_S = 30

REFUSAL = (
    "Diese Anfrage kann der Server nicht beantworten.\n"
    "Dit verzoek kan de server niet beantwoorden.\n"
    "The server cannot answer this request.\n"
)
HEADERS = {
    **ALWAYS,
    "Connection": "close",
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def refusal(status_line: bytes) -> bytes:
    """The whole answer for a request that never reached a view; it repeats nothing of what was sent."""
    body = REFUSAL.encode()
    named = {**HEADERS, "Content-Length": str(len(body))}
    return b"\r\n".join([status_line, *(f"{name}: {value}".encode() for name, value in named.items()), b"", body])


class _Refusing:
    """Stands before a connection while gunicorn writes its error page, and sends ours with the same status."""

    def __init__(self, line: Any) -> None:
        self._line = line

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)

    def sendall(self, data: bytes) -> None:
        self._line.sendall(refusal(data.partition(b"\r\n")[0]))


class WebWorker(ThreadWorker):
    """Plugged into gunicorn as worker_class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reading: dict[TConn, float] = {}

    def enqueue_req(self, conn: TConn) -> None:
        if not conn.initialized:
            # Set in the kernel, since gunicorn makes the connection blocking again and again.
            pause = struct.pack("ll", SILENCE_S, 0)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, pause)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, pause)
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        self._reading[conn] = time.monotonic() + HEAD_WITHIN_S
        try:
            return super().handle(conn)
        finally:
            self._reading.pop(conn, None)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        self._reading.pop(conn, None)
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Called every second by the worker's loop."""
        super().murder_pending()
        now = time.monotonic()
        for conn, ends_at in list(self._reading.items()):
            if now > ends_at:
                hang_up(conn.sock.shutdown)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        super().handle_error(req, _Refusing(client), addr, exc)


def hang_up(shutdown: Callable[[int], None]) -> None:
    """End a connection whose thread still waits for it: the wait ends with the connection."""
    try:
        shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself
