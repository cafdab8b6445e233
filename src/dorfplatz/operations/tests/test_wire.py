"""What comes over the wire in two readings is refused, so that no proxy and no server can disagree about it."""

import re
import time

import pytest

from dorfplatz.operations.tests.installation import Installation, heard
from dorfplatz.operations.web_worker import ANSWERS, FULL_HANDS

pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("square")]

# Were it read as a request, it would be answered with 200.
HIDDEN = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED_HIDDEN = b"0\r\n\r\n" + HIDDEN


def post(*headers: bytes, body: bytes = CHUNKED_HIDDEN, version: bytes = b"HTTP/1.1") -> bytes:
    return b"\r\n".join([b"POST /healthz " + version, b"Host: localhost", *headers, b"", body])


def get(*headers: bytes) -> bytes:
    return b"\r\n".join([b"GET /healthz HTTP/1.1", b"Host: localhost", *headers, b"", HIDDEN])


TE = b"Transfer-Encoding: chunked"
LONG = b"x" * 9000
AMBIGUOUS = {
    "length and chunks": post(b"Content-Length: 6", TE),
    "chunks and length": post(TE, b"Content-Length: 6"),
    "two lengths": post(b"Content-Length: 5", b"Content-Length: 6"),
    "two equal lengths": post(b"Content-Length: 5", b"Content-Length: 5"),
    "a list of lengths": post(b"Content-Length: 5, 5"),
    "a signed length": post(b"Content-Length: +5"),
    "a negative length": post(b"Content-Length: -5"),
    "a hexadecimal length": post(b"Content-Length: 0x5"),
    "an underlined length": post(b"Content-Length: 1_0"),
    "a length in other digits": post("Content-Length: ５".encode()),
    "no length at all": post(b"Content-Length:"),
    "chunks twice": post(TE, TE),
    "chunks inside chunks": post(b"Transfer-Encoding: chunked, chunked"),
    "chunks, then nothing": post(b"Transfer-Encoding: chunked, identity"),
    "almost chunks": post(b"Transfer-Encoding: xchunked"),
    "chunks behind a vertical tab": post(b"Transfer-Encoding: \x0bchunked"),
    "quoted chunks": post(b'Transfer-Encoding: "chunked"'),
    "gzip": post(b"Transfer-Encoding: gzip, chunked, x"),
    "a space before the colon": post(b"Transfer-Encoding : chunked"),
    "a folded line": post(b"X-A: b", b" Transfer-Encoding: chunked"),
    "a folded value": post(b"Transfer-Encoding:", b" chunked"),
    "chunks in an old version": post(TE, version=b"HTTP/1.0"),
    "a NUL in a value": get(b"X-A: b\x00c"),
    "a NUL in a name": get(b"X-\x00A: b"),
    "a return in a value": get(b"X-A: b\rContent-Length: 5"),
    "a name with a space": get(b"X A: b"),
    "a name with brackets": get(b"X(A): b"),
    "a line without a colon": get(b"nonsense"),
    "an empty name": get(b": b"),
    "a long line": get(b"X-Long: " + LONG),
    "a long address": b"GET /" + LONG + b" HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "too many lines": get(*[b"X-%d: y" % number for number in range(70)]),
    "three spaces": b"GET  /healthz  HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "an unknown version": b"GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "a garbled version": b"GET /healthz HTTP/1.1x\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "a method in small letters": b"get /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "a method with signs": b"G<T /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "no address": b"GET HTTP/1.1\r\nHost: localhost\r\n\r\n" + HIDDEN,
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + HIDDEN,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\r\n\r\n",
    "an expectation": get(b"Expect: miracles"),
}


def statuses(answer: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"HTTP/1\.\d (\d{3}) ", answer)]


def head_of(answer: bytes) -> dict[str, str]:
    lines = answer.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_an_ambiguous_request_gets_one_refusal_and_nothing_behind_it_is_answered(installation, case):
    answer = installation.send(AMBIGUOUS[case])
    found = statuses(answer)
    assert len(found) == 1, answer
    assert 400 <= found[0] < 600
    head = head_of(answer)
    assert head["connection"] == "close"
    assert head["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in head["content-security-policy"]
    assert head["referrer-policy"] == "same-origin"
    assert head["cross-origin-opener-policy"] == head["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in head["permissions-policy"]
    assert b"<" not in answer.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize(
    "body",
    [
        b"0x5\r\nhello\r\n0\r\n\r\n",
        b"-1\r\nhello\r\n0\r\n\r\n",
        b"+5\r\nhello\r\n0\r\n\r\n",
        b"5_0\r\nhello\r\n0\r\n\r\n",
        b"5 \r\nhello\r\n0\r\n\r\n",
        b"5\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloXX0\r\n\r\n",
        b"5\r\nhello world\r\n0\r\n\r\n",
        b"5;a=\nb\r\nhello\r\n0\r\n\r\n",
        b"\r\nhello\r\n0\r\n\r\n",
        b"fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        b"0\r\nX: y\r\nContent-Length : 5\r\n\r\n",
    ],
)
def test_what_hides_behind_a_bad_chunk_is_not_answered(installation, body):
    """The page answers before it looks at the body; the body's fault then ends the connection."""
    answer = installation.send(post(TE, body=body + HIDDEN))
    assert statuses(answer)[:1] == [403]
    assert statuses(answer)[1:] in ([], [400])
    assert 200 not in statuses(answer)


def test_a_body_that_nobody_read_is_not_the_next_request(installation):
    with installation.line() as line:
        line.sendall(post(b"Content-Length: %d" % len(HIDDEN), body=HIDDEN))
        time.sleep(0.3)
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert statuses(heard(line, 10)) == [403, 200]


def test_a_request_in_small_pieces_is_one_request(installation):
    with installation.line() as line:
        for letter in b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\n":
            line.sendall(bytes([letter]))
            time.sleep(0.005)
        line.sendall(b"Host: localhost\r\nConnection: close\r\n\r\n")
        assert statuses(heard(line, 10)) == [200, 200]


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(installation):
    answer = installation.send(post(b"Content-Length: %d" % (129 * 1024 * 1024), body=b"the beginning"))
    assert statuses(answer) == [413]
    assert "default-src 'none'" in head_of(answer)["content-security-policy"]


def test_two_clean_requests_in_a_row_get_two_answers(installation):
    """The counterpart: were this to fail, the tests above would prove nothing."""
    one = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert statuses(installation.send(one + last)) == [200, 200]


def test_a_connection_ends_after_some_dozens_of_answers_so_that_a_fresh_process_gets_its_share(installation):
    answer = installation.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 100)
    assert min(ANSWERS) <= len(statuses(answer)) <= max(ANSWERS)
    assert set(statuses(answer)) == {200}
    assert re.findall(rb"(?i)connection: (\S+)", answer)[-1] == b"close"


def test_a_header_with_an_underscore_cannot_pose_as_another(installation):
    assert statuses(installation.get("/healthz")) == [200]
    raw = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent_Length: 50\r\nConnection: close\r\n\r\n"
    assert statuses(installation.send(raw)) == [200]


@pytest.mark.parametrize(("proxy", "is_believed"), [("127.0.0.1", True), ("10.9.9.9", False)])
def test_only_a_trusted_proxy_may_say_that_the_visitor_came_encrypted(installation, proxy, is_believed):
    behind = Installation(installation.home, DORFPLATZ_TRUSTED_PROXIES=proxy, DORFPLATZ_HTTPS="yes")
    try:
        raw = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
        assert ("strict-transport-security" in head_of(behind.send(raw))) is is_believed
    finally:
        behind.stop()


def test_a_static_file_and_its_absence_carry_the_headers_of_all_answers(installation):
    gathered = installation.home / "static"
    name = next(path for path in gathered.rglob("*.css") if path.is_file()).relative_to(gathered)
    for path, status in ((f"/static/{name}", 200), ("/static/nothing.css", 404), ("/nothing", 404)):
        answer = installation.get(path)
        assert statuses(answer) == [status]
        head = head_of(answer)
        assert "default-src 'none'" in head["content-security-policy"]
        assert "unsafe" not in head["content-security-policy"]
        for name_of_header in ("permissions-policy", "referrer-policy", "cross-origin-opener-policy"):
            assert name_of_header in head
        assert head["cross-origin-resource-policy"] == "same-origin"
        assert head["x-content-type-options"] == "nosniff"


def test_who_sends_nothing_more_is_hung_up_on(installation):
    with installation.line() as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: loc")
        assert line.recv(1000) == b""


ONE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def test_while_others_are_in_work_an_answer_ends_its_connection_and_nobody_waits_for_them(installation):
    at_work = [installation.line() for _ in range(3 * FULL_HANDS)]
    try:
        for line in at_work:  # each has a thread that waits for the rest of what was said to come
            line.sendall(post(b"Content-Length: 500", body=b"the beginning"))
        began = time.monotonic()
        answer = installation.send(ONE * 2, patience_s=5)
        assert statuses(answer) == [200]
        assert re.findall(rb"(?i)connection: (\S+)", answer) == [b"close"]
        assert time.monotonic() - began < 4
    finally:
        for line in at_work:
            line.close()
    time.sleep(0.5)
    assert statuses(installation.send(ONE * 2, patience_s=1)) == [200, 200], "with nobody else there it is kept"


def test_who_does_not_hang_up_keeps_nobody_waiting(installation):
    last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    lingering = [installation.line() for _ in range(12)]
    try:
        for line in lingering:
            line.sendall(last)
        began = time.monotonic()
        assert statuses(installation.send(last, patience_s=30)) == [200]
        assert time.monotonic() - began < 4
        assert [statuses(heard(line, 5)) for line in lingering] == [[200]] * 12
    finally:
        for line in lingering:
            line.close()


def test_dawdlers_do_not_keep_others_waiting(installation):
    dawdlers = [installation.line() for _ in range(40)]
    try:
        for line in dawdlers[20:]:
            line.sendall(b"GET /healthz HTTP/1.1\r\n")
        began = time.monotonic()
        assert statuses(installation.get("/healthz", patience_s=30)) == [200]
        assert time.monotonic() - began < 4
    finally:
        for line in dawdlers:
            line.close()
