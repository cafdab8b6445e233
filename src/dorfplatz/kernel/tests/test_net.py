import gzip
import socket
import time
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorfplatz.kernel.net import Egress, FetchFailed, FetchRefused, download, fetch
from dorfplatz.kernel.net.dialing import resolve_by_system
from dorfplatz.kernel.net.targets import WEB_PORTS, follow, read_target
from dorfplatz.kernel.tests.hostile_urls import HOSTILE, INSIDE, OTHER_CLOSED
from dorfplatz.kernel.tests.lines import PUBLIC, Server, answering, request_of, watched_connections

pytestmark = pytest.mark.enable_socket

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello"
ASKED = {"timeout_s": 5.0, "max_bytes": 100_000}


def names(**answers: list[str]):
    """A resolver that knows these names (with “_” for a dot); anything else is asked of the system, numbers only."""

    def resolve(host, port):
        known = answers.get(host.replace(".", "_"))
        if known is not None:
            return known
        if any(letter in "ghijklmnopqrstuvwyz" for letter in host.lower()):
            raise socket.gaierror("no such name")
        return resolve_by_system(host, port)

    return resolve


@pytest.fixture
def serve():
    """Starts servers and gives for each the way out that leads to it under every public address."""
    servers = []

    def start(handler, **answers):
        server = Server(handler)
        servers.append(server)
        return server, Egress(resolve=names(**{"example_org": [PUBLIC], **answers}), dial=server.dial)

    yield start
    for server in servers:
        server.close()


def redirecting(location: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode("utf-8", "surrogateescape")


def test_the_corpus_has_at_least_three_hundred_different_addresses():
    assert len(set(HOSTILE)) >= 300


def test_no_hostile_address_causes_a_connection(serve):
    canary, _ = serve(answering(OK))
    with watched_connections() as connections:
        for url in HOSTILE:
            with pytest.raises((FetchRefused, FetchFailed)):
                fetch(url, **ASKED, egress=Egress(resolve=names(example_org=[PUBLIC])))
    assert connections == []
    assert canary.calls == 0


def test_the_watch_would_notice_a_connection(serve):
    canary, egress = serve(answering(OK))
    with watched_connections() as connections:
        fetch("http://example.org/", **ASKED, egress=egress)
    assert connections == [("127.0.0.1", canary.port)]


@pytest.mark.parametrize("inside", [*INSIDE, *OTHER_CLOSED, "::1", "fe80::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
@pytest.mark.parametrize("answers", ["alone", "after a public one", "before a public one"])
def test_a_name_that_leads_inside_is_not_called(inside, answers):
    found = {"alone": [inside], "after a public one": [PUBLIC, inside], "before a public one": [inside, PUBLIC]}[
        answers
    ]
    with watched_connections() as connections, pytest.raises(FetchRefused):
        fetch("https://trap.example/", **ASKED, egress=Egress(resolve=names(trap_example=found)))
    assert connections == []


def test_a_second_different_answer_of_the_resolver_is_never_asked_for(serve):
    server, _ = serve(answering(OK))
    questions, dialled = [], []

    def rebind(host, port):
        questions.append(host)
        return [PUBLIC] if len(questions) == 1 else ["127.0.0.1"]

    def dial(address, port, timeout_s):
        dialled.append(address)
        return server.dial(address, port, timeout_s)

    egress = Egress(resolve=rebind, dial=dial)
    assert fetch("http://rebind.example/", **ASKED, egress=egress).body == b"hello"
    assert (questions, dialled) == (["rebind.example"], [PUBLIC])
    with pytest.raises(FetchRefused):
        fetch("http://rebind.example/", **ASKED, egress=egress)
    assert dialled == [PUBLIC]


def test_no_redirect_leads_to_a_hostile_address(serve):
    location = ""
    canary, _ = serve(answering(OK))

    def handle(line):
        answering(redirecting(location))(line)

    server, egress = serve(handle)
    called = 0
    for url in HOSTILE:
        if "\n" in url or "\x00" in url or not url.startswith(("http", "f", "g", "d", "//127", "j", "u")):
            continue
        location, called = url, called + 1
        with watched_connections() as connections, pytest.raises((FetchRefused, FetchFailed)):
            fetch("http://example.org/start", **ASKED, redirects=1, egress=egress)
        # A location without a host stays on the server that was asked; nobody else is called.
        assert {port for _, port in connections} == {server.port}
    assert called >= 300
    assert canary.calls == 0


def test_redirects_are_followed_to_the_end_and_no_further(serve):
    def handle(line):
        number = int(request_of(line).split(b" ")[1].rpartition(b"/")[2])
        line.sendall(OK if number == 0 else redirecting(f"../down/{number - 1}"))

    _, egress = serve(handle)
    fetched = fetch("http://example.org/down/3", **ASKED, egress=egress)
    assert (fetched.url, fetched.status, fetched.body) == ("http://example.org/down/0", 200, b"hello")
    with pytest.raises(FetchFailed, match="too many times"):
        fetch("http://example.org/down/4", **ASKED, egress=egress)


def test_a_redirect_does_not_give_encryption_up():
    target = read_target("https://example.org/")
    assert follow(target, "/on", ports=WEB_PORTS).url == "https://example.org/on"
    with pytest.raises(FetchRefused, match="unencrypted"):
        follow(target, "http://example.org/on", ports=WEB_PORTS)


def test_the_request_says_who_asks_and_nothing_about_the_machine(serve, monkeypatch):
    seen = []
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "NETRC"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")

    def handle(line):
        seen.append(request_of(line))
        line.sendall(
            b"HTTP/1.1 302 Found\r\nSet-Cookie: a=b\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"
            if len(seen) == 1
            else OK
        )

    _, egress = serve(handle, xn__mnchen_3ya_example=[PUBLIC])
    fetched = fetch(
        "http://München.example/Straße?ä=1#teil",
        **ASKED,
        accept="text/calendar",
        egress=Egress(dial=egress.dial, resolve=lambda host, port: [PUBLIC]),
    )
    assert fetched.headers["content-type"] == "text/plain"
    first, second = (request.decode().splitlines() for request in seen)
    assert first[0] == "GET /Stra%C3%9Fe?%C3%A4=1 HTTP/1.1"
    assert second[0] == "GET /x HTTP/1.1"
    for request in (first, second):
        named = {line.partition(": ")[0]: line.partition(": ")[2] for line in request[1:] if line}
        assert named.pop("User-Agent").startswith("Dorfplatz/")
        assert named.pop("Host") == "xn--mnchen-3ya.example"
        assert named == {"Accept": "text/calendar", "Accept-Encoding": "gzip", "Connection": "close"}


def test_another_port_is_called_only_when_it_is_set(serve):
    server, egress = serve(answering(OK))
    with pytest.raises(FetchRefused, match="8080"):
        fetch("http://example.org:8080/", **ASKED, egress=egress)
    assert server.calls == 0
    allowed = Egress(resolve=egress.resolve, dial=egress.dial, ports=frozenset({80, 8080}))
    assert fetch("http://example.org:8080/", **ASKED, egress=allowed).url == "http://example.org:8080/"


def test_the_next_address_is_tried_when_the_first_does_not_answer(serve):
    server, _ = serve(answering(OK))

    def dial(address, port, timeout_s):
        if ":" in address:
            raise OSError("no route")
        return server.dial(address, port, timeout_s)

    egress = Egress(resolve=lambda host, port: ["2606:4700:4700::1111", PUBLIC], dial=dial)
    assert fetch("http://example.org/", **ASKED, egress=egress).status == 200


def dripping(line):
    request_of(line)
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        line.sendall(b"X-Slow: 1\r\n")
        time.sleep(0.05)


def dripping_body(line):
    request_of(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        line.sendall(b"x")
        time.sleep(0.05)


def silent(line):
    request_of(line)
    time.sleep(5)


@pytest.mark.parametrize("handler", [dripping, dripping_body, silent])
def test_a_slow_server_is_given_up_when_the_time_for_everything_is_over(serve, handler):
    _, egress = serve(handler)
    began = time.monotonic()
    with pytest.raises(FetchFailed, match="too long"):
        fetch("http://example.org/", timeout_s=0.4, max_bytes=1_000_000, egress=egress)
    assert time.monotonic() - began < 1.5


def test_a_look_up_that_hangs_is_given_up():
    def resolve(host, port):
        time.sleep(3)
        return [PUBLIC]

    began = time.monotonic()
    with pytest.raises(FetchFailed, match="looked up"):
        fetch("http://example.org/", timeout_s=0.3, max_bytes=10, egress=Egress(resolve=resolve))
    assert time.monotonic() - began < 1


def endless(line):
    request_of(line)
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        line.sendall(b"x" * 65536)


def endless_chunks(line):
    request_of(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        line.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def endless_headers(line):
    request_of(line)
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        line.sendall(b"X-Long: " + b"y" * 1000 + b"\r\n")


def endless_interim(line):
    request_of(line)
    while True:
        line.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")


@pytest.mark.parametrize("handler", [endless, endless_chunks, endless_headers, endless_interim])
def test_an_endless_answer_is_cut(serve, handler):
    _, egress = serve(handler)
    with pytest.raises(FetchFailed):
        fetch("http://example.org/", timeout_s=1, max_bytes=300_000, egress=egress)


def packed(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def test_a_packed_answer_is_unpacked_also_in_several_parts(serve):
    text = b"Dorfplatz " * 5000
    _, egress = serve(answering(packed(gzip.compress(text, mtime=0) + gzip.compress(b"end"))))
    assert fetch("http://example.org/", **ASKED, egress=egress).body == text + b"end"


def test_a_bomb_is_cut_before_it_grows(serve):
    squeeze = zlib.compressobj(9, wbits=31)
    bomb = b"".join(squeeze.compress(bytes(1_000_000)) for _ in range(200)) + squeeze.flush()
    assert len(bomb) < 250_000
    _, egress = serve(answering(packed(bomb)))
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="larger"):
        fetch("http://example.org/", timeout_s=20, max_bytes=1_000_000, egress=egress)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_what_is_large_goes_into_a_file_piece_by_piece(serve, tmp_path):
    text = b"Dorfplatz " * 800_000
    _, egress = serve(answering(packed(gzip.compress(text, 1))))
    tracemalloc.start()
    asked = {"into": tmp_path / "extract", "timeout_s": 20, "egress": egress}
    fetched = download("http://example.org/", max_bytes=9_000_000, **asked)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000
    assert (fetched.status, fetched.body) == (200, b"")
    assert (tmp_path / "extract").read_bytes() == text
    with pytest.raises(FetchFailed, match="larger"):
        download("http://example.org/", max_bytes=7_000_000, **asked)
    assert (tmp_path / "extract").stat().st_size <= 7_000_000
    with pytest.raises(FetchRefused):
        download("http://127.0.0.1/", max_bytes=9, **asked)


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd", "nonsense"])
def test_a_packing_that_was_not_asked_for_is_not_unpacked(serve, encoding):
    _, egress = serve(
        answering(b"HTTP/1.1 200 OK\r\nContent-Encoding: %s\r\nContent-Length: 3\r\n\r\nabc" % encoding.encode())
    )
    with pytest.raises(FetchFailed, match="packs"):
        fetch("http://example.org/", **ASKED, egress=egress)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
        b"HTTP/1.1 200 OK\r\nBad Header: x\r\n\r\n",
        packed(b"no gzip"),
        packed(gzip.compress(b"hello" * 100, mtime=0)[:-12]),
    ],
)
def test_an_answer_that_breaks_the_protocol_is_said_to_be_one(serve, answer):
    _, egress = serve(answering(answer))
    with pytest.raises(FetchFailed):
        fetch("http://example.org/", **ASKED, egress=egress)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"HTTP/1.1 ", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 301 x\r\nLocation: "]),
    rest=st.binary(max_size=80),
)
def test_whatever_a_server_sends_ends_in_an_answer_or_a_sentence(serve, head, rest):
    server, egress = serve(answering(head + rest))
    problem = ""
    try:
        fetch("http://example.org/", timeout_s=2, max_bytes=1000, redirects=0, egress=egress)
    except (FetchFailed, FetchRefused) as caught:
        problem = str(caught)
    server.close()
    assert not problem or problem.endswith(".")


def test_a_server_that_is_not_there_is_said_to_be_unreachable():
    def dial(address, port, timeout_s):
        raise ConnectionRefusedError

    with pytest.raises(FetchFailed, match="cannot be reached"):
        fetch("http://example.org/", **ASKED, egress=Egress(resolve=names(example_org=[PUBLIC]), dial=dial))
    with pytest.raises(FetchFailed, match="not known"):
        fetch("http://unknown.example/", **ASKED, egress=Egress(resolve=names()))


def test_an_error_page_is_an_answer_too(serve):
    _, egress = serve(answering(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"))
    fetched = fetch("http://example.org/", **ASKED, egress=egress)
    assert (fetched.status, fetched.body) == (404, b"no")
