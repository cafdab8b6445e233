"""Calling a server: one look-up, every answer judged, and the connection made to exactly what was judged."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpcore2

from dorfplatz.kernel.net.addresses import is_public_address
from dorfplatz.kernel.net.targets import WEB_PORTS, FetchRefused


class FetchFailed(Exception):
    """A server that could not be reached or did not answer as agreed. The message is a sentence."""


Resolve = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], socket.socket]


def resolve_by_system(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system knows them, without repetition."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial_tcp(address: str, port: int, timeout_s: float) -> socket.socket:
    """A connection to a numeric address; nothing is looked up."""
    line = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        line.settimeout(timeout_s)
        line.connect((address, port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError:
        line.close()
        raise
    return line


@cache
def _trusted() -> ssl.SSLContext:
    """The system's certificate authorities; neither the environment nor an address can weaken the check."""
    context = httpcore2.default_ssl_context(_trust_env=False)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True)
class Egress:
    """What the way out is made of. Only tests replace `resolve`, `dial` and `trust`; `ports` is a setting's matter.

    `in_house` is for servers that the operator named in the settings or on the command line, never for an address that
    came from anybody else: they may stand in the own house, on any port.
    """

    ports: frozenset[int] = WEB_PORTS
    in_house: bool = False
    resolve: Resolve = resolve_by_system
    dial: Dial = dial_tcp
    trust: Callable[[], ssl.SSLContext] = field(default=_trusted)


class Deadline:
    """One span of time for a whole fetch: look-ups, redirects and body together."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def left_s(self) -> float:
        """Seconds left. Raises FetchFailed when there are none."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise FetchFailed("The server took too long to answer.")
        return left


class PinnedBackend(httpcore2.NetworkBackend):
    """Gives the HTTP library its connections: looks a name up once, refuses it when any answer is not public, and
    connects to an address of that very answer, so that a second, different answer is never asked for."""

    def __init__(self, egress: Egress, deadline: Deadline) -> None:
        self._egress = egress
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  the deadline of the whole fetch counts
        local_address: str | None = None,  # noqa: ARG002  the system chooses
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002  the dial sets what it needs
    ) -> httpcore2.NetworkStream:
        host = host.strip("[]")
        problem: OSError | None = None
        for address in self._judged(host, port):
            try:
                return TimedStream(self._egress.dial(address, port, self._deadline.left_s()), self._deadline)
            except OSError as error:
                problem = error
        raise FetchFailed(f"{host} cannot be reached.") from problem

    def _judged(self, host: str, port: int) -> Sequence[str]:
        addresses = self._looked_up(host, port)
        if not addresses:
            raise FetchFailed(f"{host} is not known.")
        if not self._egress.in_house and not all(is_public_address(address) for address in addresses):
            raise FetchRefused(f"{host} does not lead to a server on the public internet.")
        return addresses

    def _looked_up(self, host: str, port: int) -> Sequence[str]:
        """The system's look-up knows no time limit of its own, so it is left behind when it takes too long."""
        answers: queue.SimpleQueue[Sequence[str] | BaseException] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._egress.resolve(host, port))
            except BaseException as error:  # handed to the thread that waits
                answers.put(error)

        threading.Thread(target=ask, daemon=True, name="name-look-up").start()
        try:
            answer = answers.get(timeout=self._deadline.left_s())
        except queue.Empty as error:
            raise FetchFailed(f"{host} could not be looked up in time.") from error
        if isinstance(answer, (OSError, UnicodeError)):
            raise FetchFailed(f"{host} is not known.") from answer
        if isinstance(answer, BaseException):
            raise answer
        return answer


class TimedStream(httpcore2.NetworkStream):
    """A connection on which every wait is bounded by what is left of the whole fetch."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line = line
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002  the deadline counts
        self._line.settimeout(self._deadline.left_s())
        return self._line.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002  the deadline counts
        self._line.settimeout(self._deadline.left_s())
        self._line.sendall(buffer)

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002  the deadline counts
    ) -> httpcore2.NetworkStream:
        self._line.settimeout(self._deadline.left_s())
        try:
            return TimedStream(ssl_context.wrap_socket(self._line, server_hostname=server_hostname), self._deadline)
        except BaseException:
            self.close()
            raise
