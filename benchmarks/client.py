"""A client that costs little itself: plain HTTP over kept connections, bodies read and counted, nothing parsed."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass

TIMEOUT_S = 20


@dataclass(frozen=True)
class Ask:
    """One request: what it is called in the table, where it goes, and as whom."""

    name: str
    path: str
    host: str
    session: str = ""

    def as_bytes(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {self.host}", "Accept-Encoding: gzip", "Accept-Language: de"]
        if self.session:
            lines.append(f"Cookie: session={self.session}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Answer:
    status: int
    size: int
    seconds: float


class Line:
    """One connection to the server, opened when it is needed and kept while the server does."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def get(self, request: bytes) -> Answer:
        """The answer; a connection that the server has closed meanwhile is opened once more."""
        began = time.perf_counter()
        kept = self._socket is not None
        try:
            status, size = self._exchange(request)
        except OSError:
            self.close()
            if not kept:
                raise
            status, size = self._exchange(request)
        return Answer(status, size, time.perf_counter() - began)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def text(self, ask: Ask) -> str:
        """A whole answer, with its head, uncompressed."""
        with socket.create_connection(("127.0.0.1", self._port), TIMEOUT_S) as line:
            request = ask.as_bytes().replace(b"Accept-Encoding: gzip", b"Connection: close")
            line.sendall(request)
            received = bytearray()
            while piece := line.recv(262_144):
                received += piece
        return received.decode(errors="replace")

    def _exchange(self, request: bytes) -> tuple[int, int]:
        line = self._socket or socket.create_connection(("127.0.0.1", self._port), TIMEOUT_S)
        self._socket = line
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(request)
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += _piece(line)
        head = bytes(received[:end]).lower()
        length = _length(head)
        size = len(received) - end - 4
        if length is None:
            return int(head[9:12]), size + self._chunks(line, received[end + 4 :])
        while size < length:
            size += len(_piece(line))
        if b"\r\nconnection: close" in head:
            self.close()
        return int(head[9:12]), size

    @staticmethod
    def _chunks(line: socket.socket, received: bytearray) -> int:
        """How much came after what is there already of a chunked body."""
        before = len(received)
        while not received.endswith(b"0\r\n\r\n"):
            received += _piece(line)
        return len(received) - before


def _piece(line: socket.socket) -> bytes:
    piece = line.recv(262_144)
    if not piece:
        raise ConnectionResetError("the server hung up")
    return piece


def _length(head: bytes) -> int | None:
    _before, found, after = head.partition(b"content-length:")
    return int(after.split(b"\r\n", 1)[0]) if found else None
