"""A web process: gunicorn's threads, with our headers on its own refusals, and no thread for who dawdles."""

from __future__ import annotations

import socket  # noqa: TID251  listens only
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from dorfplatz.ui.middleware import ALWAYS

# A browser sends the head of a request at once. Until it is here, a connection waits without a thread.
HEAD_WITHIN_S = 10
# A whole request with its body and answer, also over a slow line; a thread is not held longer.
REQUEST_WITHIN_S = 180
# A stopping process waits this long for the first byte of a connection it has accepted.
SILENT_AT_STOP_S = 1
# So long an ended connection is listened to, so that the last words of its answer are not lost on the way.
LEAVES_WITHIN_S = 2
LONGEST_HEAD = 64 * 1024
# So many answers go over a connection, then it ends. A proxy keeps its connections for hours: when a process is
# replaced, all of them would stay with the one that is there at that moment, and the fresh one would stand idle.
ANSWERS = range(40, 60)
# With so many requests in work that have just begun a process has its hands full: whoever calls now waits until one of
# the processes is free, instead of standing in line behind the wrong one. What takes longer does not count, be it that
# it works or that it waits for a slow line: so nobody keeps the others out.
FULL_HANDS = 2
JUST_BEGUN_S = 0.3

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


@dataclass
class _Head:
    """What has come of a request's head since `began`."""

    began: float
    received: bytearray = field(default_factory=bytearray)


class _Line(TConn):
    """A connection that ends after so many answers; `see_off` waits until the other side has noticed."""

    def __init__(self, answers: int, see_off: Callable[[socket.socket], None], *args: Any) -> None:
        super().__init__(*args)
        self.answers_left, self._see_off = answers, see_off

    def close(self, graceful: bool = False) -> None:
        if graceful:
            self._see_off(self.sock)
        else:
            super().close()


class WebWorker(ThreadWorker):
    """Plugged into gunicorn as worker_class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._heads: dict[TConn, _Head] = {}
        self._served_until: dict[TConn, float] = {}
        self._leaving: dict[socket.socket, float] = {}

    # In the main thread: heads are gathered here until they are complete.

    def accept(self, listener: Any) -> None:
        try:
            line, client = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another process took it, or the caller has gone
        self.nr_conns += 1
        answers = ANSWERS[self.nr_conns % len(ANSWERS)]  # not all at the same moment
        self._gather(_Line(answers, self._see_off, self.cfg, line, client, listener.getsockname()))

    def on_client_socket_readable(self, conn: TConn, client: Any) -> None:
        """The next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._gather(conn)

    def _gather(self, conn: TConn) -> None:
        self._heads[conn] = _Head(time.monotonic())
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, 1, partial(self._gather_more, conn))  # 1: EVENT_READ

    def _gather_more(self, conn: TConn, line: Any) -> None:
        head = self._heads[conn].received
        try:
            piece = line.recv(LONGEST_HEAD)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        head += piece
        if piece and b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
            return
        if not head:
            self._drop(conn)
            return
        self.poller.unregister(line)
        self.pending_conns.remove(conn)
        conn.data_ready = True
        self.enqueue_req(conn)

    def _drop(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)
        self._heads.pop(conn, None)
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Called every second by gunicorn's loop: who has taken too long is hung up on."""
        now = time.monotonic()
        for conn in list(self.pending_conns):
            head = self._heads[conn]
            may_take_s = HEAD_WITHIN_S if self.alive or head.received else SILENT_AT_STOP_S
            if now - head.began > may_take_s:
                self._drop(conn)
        for line, ends_at in list(self._leaving.items()):
            if now > ends_at:
                self._let_go(line)
        for conn, ends_at in list(self._served_until.items()):
            if now > ends_at:
                hang_up(conn.sock)

    # An end that is not to cut off the answer's last words takes until the other side has closed as well. gunicorn
    # waits for that in this thread, up to two seconds for each: all others would wait with it.

    def _see_off(self, line: socket.socket) -> None:
        try:
            line.shutdown(socket.SHUT_WR)
            line.setblocking(False)
        except OSError:
            line.close()
            return
        self._leaving[line] = time.monotonic() + LEAVES_WITHIN_S
        self.poller.register(line, 1, self._hear_out)

    def _hear_out(self, line: socket.socket) -> None:
        try:
            if line.recv(LONGEST_HEAD):
                return
        except BlockingIOError:
            return
        except OSError:
            pass  # it has hung up in its own way
        self._let_go(line)

    def _let_go(self, line: socket.socket) -> None:
        del self._leaving[line]
        self.poller.unregister(line)
        line.close()

    def wait_for_and_dispatch_events(self, timeout: float | None) -> None:
        """Called by gunicorn's loop again and again: without a free hand no new connection is taken."""
        if self._has_full_hands():
            self.set_accept_enabled(False)  # the loop turns it on again when it comes round
            timeout = JUST_BEGUN_S
        super().wait_for_and_dispatch_events(timeout)

    def _has_full_hands(self) -> bool:
        since = time.monotonic() + REQUEST_WITHIN_S - JUST_BEGUN_S
        return sum(until > since for until in list(self._served_until.values())) >= FULL_HANDS

    # In a thread of the pool.

    def handle(self, conn: TConn) -> Any:
        self._served_until[conn] = time.monotonic() + REQUEST_WITHIN_S
        try:
            head = self._heads.pop(conn, None)
            if head and head.received:
                conn.sock.setblocking(True)
                conn.init()
                parser: Any = conn.parser
                parser.unreader.unread(bytes(head.received))
            return super().handle(conn)
        finally:
            self._served_until.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        conn.answers_left -= 1
        # While others are in work here, the next request may find another process free.
        if conn.answers_left <= 0 or len(self._served_until) >= FULL_HANDS:
            req.force_close()
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        refusing: Any = _Refusing(client)
        super().handle_error(req, refusing, addr, exc)


def hang_up(line: Any) -> None:
    """End a connection that a thread still waits for: the wait ends with it."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself
