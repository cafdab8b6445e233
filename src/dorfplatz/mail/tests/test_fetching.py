"""How answers arrive: out of a mailbox (IMAP), or handed over by a mail server on this machine (LMTP)."""

from __future__ import annotations

import re
import smtplib
import socketserver
import threading
from contextlib import contextmanager

import pytest

from dorfplatz.mail.carrier import CarrierAway
from dorfplatz.mail.enums import Reception
from dorfplatz.mail.inbound.imap import fetch, look_in
from dorfplatz.mail.inbound.incoming import LARGEST
from dorfplatz.mail.inbound.lmtp import LmtpServer

OURS, THEIRS, LARGE = (
    b"To: us\r\n\r\nJa.\r\n",
    b"To: them\r\n\r\nNein.\r\n",
    b"To: us\r\n\r\n" + b"x" * (LARGEST + 9000),
)


class Mailbox(socketserver.StreamRequestHandler):
    """As much of an IMAP server as is asked for."""

    def handle(self) -> None:
        self.say("* OK [CAPABILITY IMAP4rev1] test")
        while line := self.rfile.readline().decode("latin-1").strip():
            tag, _, rest = line.partition(" ")
            words = rest.split(" ")
            verb = words[1 if words[0] == "UID" else 0].lower()
            self.say(f"{tag} {getattr(self, verb, self.anything)(rest, words) or 'OK done'}")

    def anything(self, _rest, _words): ...

    def capability(self, _rest, _words):
        self.say("* CAPABILITY IMAP4rev1")

    def login(self, rest, _words):
        return "NO who are you" if "wrong" in rest else None

    def select(self, _rest, _words):
        self.say(f"* {len(self.server.mails)} EXISTS")

    def search(self, _rest, _words):
        self.say("* SEARCH " + " ".join(str(uid) for uid in self.server.mails if uid not in self.server.seen))

    def fetch(self, rest, words):
        raw = self.server.mails[int(words[2])][: int(re.search(r"<0\.(\d+)>", rest)[1])]
        self.wfile.write(b"* 1 FETCH (UID %s BODY[]<0> {%d}\r\n" % (words[2].encode(), len(raw)) + raw + b")\r\n")

    def store(self, rest, words):
        (self.server.gone if "Deleted" in rest else self.server.seen).add(int(words[2]))

    def expunge(self, _rest, _words):
        for uid in self.server.gone & set(self.server.mails):
            del self.server.mails[uid]

    def logout(self, _rest, _words):
        self.say("* BYE")

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def listening(server):
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def mailbox():
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox)
    server.daemon_threads = True
    server.mails, server.seen, server.gone = {1: OURS, 2: THEIRS, 3: LARGE}, set(), set()
    with listening(server):
        yield server


def url_of(mailbox, password="geheim"):  # noqa: S107  a test's
    return f"imap://antwort:{password}@127.0.0.1:{mailbox.server_address[1]}/INBOX"


def test_what_is_ours_is_taken_and_deleted_and_the_rest_is_left(mailbox):
    taken = []

    def take(raw):
        taken.append(len(raw))
        return Reception.TAKEN if b"us" in raw[:10] else Reception.UNKNOWN

    assert fetch(url_of(mailbox), take) == 2
    assert taken == [len(OURS), len(THEIRS), LARGEST + 1], "of what is too large only as much as shows it"
    assert (mailbox.mails, mailbox.seen) == ({2: THEIRS}, {2})
    assert fetch(url_of(mailbox), take) == 0


def test_what_could_not_be_decided_is_there_the_next_time(mailbox):
    def take(_raw):
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError):
        fetch(url_of(mailbox), take)
    assert len(mailbox.mails) == 3
    assert not mailbox.seen


def test_a_mailbox_that_is_away_or_does_not_know_us_is_said_without_the_password(mailbox):
    for url in (
        url_of(mailbox, "wrong"),
        "imap://antwort:geheim@127.0.0.1:1/",
        "imap://antwort:geheim@mail.example.org/",
    ):
        with pytest.raises(CarrierAway) as away:
            fetch(url, lambda _raw: Reception.TAKEN)
        assert "geheim" not in str(away.value)
        with pytest.raises(CarrierAway):
            look_in(url)


def test_looking_in_changes_nothing(mailbox):
    look_in(url_of(mailbox))
    assert len(mailbox.mails) == 3
    assert not mailbox.seen


@pytest.fixture
def lmtp():
    taken = []

    def take(raw, to):
        taken.append((raw, to))
        if to.startswith("broken"):
            raise RuntimeError("no database")
        return Reception.TAKEN if to.startswith("ours") else Reception.UNKNOWN

    with listening(LmtpServer(("127.0.0.1", 0), take)) as server:
        server.taken = taken
        yield server


def hand_over(lmtp, raw, *recipients):
    """The verdicts on each recipient."""
    with smtplib.LMTP("127.0.0.1", lmtp.server_address[1]) as client:
        client.ehlo()
        client.mail("someone@example.org")
        for recipient in recipients:
            client.rcpt(recipient)
        client.putcmd("data")
        client.getreply()
        client.send(raw.replace(b"\r\n.", b"\r\n..") + b".\r\n")
        return [client.getreply()[0] for _ in recipients]


def test_each_recipient_has_a_verdict_of_its_own(lmtp):
    verdicts = hand_over(lmtp, OURS + b".dot\r\n", "ours@example.org", "theirs@example.org", "broken@example.org")
    assert verdicts == [250, 550, 451]
    assert lmtp.taken[0] == (OURS + b".dot\r\n", "ours@example.org")


def test_what_is_too_large_is_cut_off_and_what_is_no_mail_is_told_so(lmtp):
    assert hand_over(lmtp, LARGE + b"\r\n", "ours@example.org") == [250]
    assert LARGEST < len(lmtp.taken[0][0]) < LARGEST + 9000
    with smtplib.LMTP("127.0.0.1", lmtp.server_address[1]) as client:
        assert client.docmd("data")[0] == 503
        assert client.docmd("rcpt to:nobody")[0] == 501
        assert client.docmd("what is this")[0] == 500
        assert client.docmd("x" * 3000)[0] == 500
