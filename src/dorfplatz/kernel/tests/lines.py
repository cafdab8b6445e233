"""Servers on this machine for tests of the way out, and a watch over every connection the process makes."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Stands for “somewhere on the internet” in answers of the fake resolver. Nothing ever connects to it.
PUBLIC = "93.184.215.14"
Handler = Callable[[socket.socket], None]

_watched: list[tuple[object, ...]] | None = None


def _on_event(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and _watched is not None:
        _watched.append(arguments[1])


sys.addaudithook(_on_event)


@contextmanager
def watched_connections() -> Iterator[list[tuple[object, ...]]]:
    """The addresses of all connections that are tried meanwhile, by whatever code."""
    global _watched  # noqa: PLW0603  an audit hook cannot be taken out again, only be silenced
    _watched = []
    try:
        yield _watched
    finally:
        _watched = None


class Server:
    """Answers each connection to a port of this machine with `handler`, in a thread."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.calls = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            try:
                self._handler(line)
            except OSError:
                return  # the caller has hung up

    def dial(self, address: str, port: int, timeout_s: float) -> socket.socket:
        """Connects here instead of to `address`, which the test may look at."""
        del address, port
        return socket.create_connection(("127.0.0.1", self.port), timeout_s)

    def close(self) -> None:
        self._socket.close()


def request_of(line: socket.socket) -> bytes:
    """The head of the request on this line."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = line.recv(4096)
        if not piece:
            break
        head += piece
    return head


def answering(*parts: bytes) -> Handler:
    """A handler that reads the request and then sends these bytes."""

    def handle(line: socket.socket) -> None:
        request_of(line)
        for part in parts:
            line.sendall(part)

    return handle
