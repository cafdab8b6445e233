"""One request, step by step: target, connection, redirects, body, each with its limit."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import h11
import httpcore2

from dorfplatz import __version__
from dorfplatz.kernel.net.dialing import Deadline, Egress, FetchFailed, PinnedBackend
from dorfplatz.kernel.net.targets import FetchRefused, Target, follow, read_target

USER_AGENT = f"Dorfplatz/{__version__}"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PIECE = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class Fetched:
    """An answer, whatever its status. `url` is where it came from in the end; header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


def fetch(
    url: str,
    *,
    timeout_s: float,
    max_bytes: int,
    accept: str = "*/*",
    redirects: int = 3,
    egress: Egress = Egress(),  # noqa: B008  frozen, and the same for every call
) -> Fetched:
    """What a server on the public internet answers at `url`.

    `timeout_s` is for everything together, `max_bytes` for the body after it has been unpacked. Each redirect, at
    most `redirects`, is judged like the first address. No cookie, login or proxy of this machine is ever used.

    Raises FetchRefused for an address that is not called from here, FetchFailed when a server cannot be reached,
    is too slow, sends too much or breaks the protocol. Both say so in one sentence.
    """
    return _followed(url, timeout_s, redirects, egress, _Asking(accept, max_bytes, b"".join))


def download(
    url: str,
    *,
    into: Path,
    timeout_s: float,
    max_bytes: int,
    accept: str = "*/*",
    headers: Mapping[str, str] | None = None,
    redirects: int = 3,
    egress: Egress = Egress(),  # noqa: B008  frozen, and the same for every call
) -> Fetched:
    """Like `fetch`, for what is too large to be held in memory: the body goes into the file `into`, piece by piece.

    The file holds the body of the answer that is returned, whatever its status; after an exception, perhaps a part.
    """

    def write(pieces: Iterable[bytes]) -> bytes:
        with into.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        return b""

    return _followed(url, timeout_s, redirects, egress, _Asking(accept, max_bytes, write, headers=headers or {}))


def send(
    url: str,
    *,
    body: bytes,
    headers: Mapping[str, str],
    timeout_s: float,
    max_bytes: int,
    egress: Egress = Egress(),  # noqa: B008  frozen, and the same for every call
) -> Fetched:
    """What a server answers when `body` is posted to it; limits and exceptions as in `fetch`.

    A redirect is not followed: what is sent goes to the server that was named, and nowhere else.
    """
    asking = _Asking("*/*", max_bytes, b"".join, "POST", body, headers)
    target = read_target(url, ports=egress.ports, in_house=egress.in_house)
    return _ask(target, asking, egress, Deadline(timeout_s))


@dataclass(frozen=True)
class _Asking:
    """What is asked for, and what becomes of the body."""

    accept: str
    max_bytes: int
    keep: Callable[[Iterable[bytes]], bytes]
    method: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


def _followed(url: str, timeout_s: float, redirects: int, egress: Egress, asking: _Asking) -> Fetched:
    deadline = Deadline(timeout_s)
    target = read_target(url, ports=egress.ports, in_house=egress.in_house)
    for _ in range(redirects + 1):
        answer = _ask(target, asking, egress, deadline)
        location = answer.headers.get("location")
        if answer.status not in REDIRECTS or location is None:
            return answer
        target = follow(target, location, ports=egress.ports, in_house=egress.in_house)
    raise FetchFailed("The server redirects too many times.")


def _ask(target: Target, asking: _Asking, egress: Egress, deadline: Deadline) -> Fetched:
    address = httpcore2.URL(
        scheme=target.scheme.encode(),
        host=target.authority_host.encode(),
        port=target.port,
        target=target.path.encode(),
    )
    headers = {
        "Host": target.url.partition("://")[2].removesuffix(target.path),
        "User-Agent": USER_AGENT,
        "Accept": asking.accept,
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **asking.headers,
    }
    if asking.body is not None:
        headers["Content-Length"] = str(len(asking.body))
    line = httpcore2.HTTPConnection(
        origin=address.origin,
        ssl_context=egress.trust() if target.scheme == "https" else None,
        network_backend=PinnedBackend(egress, deadline),
    )
    try:
        with line:
            answer = line.handle_request(
                httpcore2.Request(asking.method, address, headers=list(headers.items()), content=asking.body)
            )
            found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
            if answer.status in REDIRECTS and "location" in found:
                return Fetched(target.url, answer.status, found, b"")
            with closing(answer):
                pieces = _unpacked_body(answer.iter_stream(), found, asking.max_bytes, deadline)
                body = asking.keep(pieces)
            return Fetched(target.url, answer.status, found, body)
    except (FetchFailed, FetchRefused):
        raise
    except TimeoutError as error:
        raise FetchFailed("The server took too long to answer.") from error
    except ssl.SSLError as error:
        raise FetchFailed(f"{target.host} could not prove who it is.") from error
    except (OSError, httpcore2.NetworkError, httpcore2.TimeoutException) as error:
        raise FetchFailed(f"The connection to {target.host} broke.") from error
    except (httpcore2.ProtocolError, h11.ProtocolError, RuntimeError, zlib.error) as error:
        raise FetchFailed(f"{target.host} sent an answer that cannot be read.") from error


def _unpacked_body(
    pieces: Iterable[bytes], headers: Mapping[str, str], max_bytes: int, deadline: Deadline
) -> Iterator[bytes]:
    encoding = headers.get("content-encoding", "").strip().lower()
    pieces = _limited(pieces, max_bytes + _PIECE, deadline)  # a packed answer may be a little larger than its content
    if encoding in {"gzip", "x-gzip"}:
        pieces = _unpacked(pieces)
    elif encoding not in {"", "identity"}:
        raise FetchFailed("The server packs its answer in a way it was not asked for.")
    return _limited(pieces, max_bytes, deadline)


def _limited(pieces: Iterable[bytes], max_bytes: int, deadline: Deadline) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        deadline.left_s()
        size += len(piece)
        if size > max_bytes:
            raise FetchFailed("The answer is larger than it may be.")
        yield piece


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpacks in small steps, so that a tiny answer cannot swell to gigabytes before its size is looked at."""
    unpacker = zlib.decompressobj(wbits=_GZIP)
    for piece in pieces:
        packed = piece
        while packed:
            if unpacker.eof:  # a file of several parts
                unpacker = zlib.decompressobj(wbits=_GZIP)
            yield unpacker.decompress(packed, _PIECE)
            packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise zlib.error("cut off")
