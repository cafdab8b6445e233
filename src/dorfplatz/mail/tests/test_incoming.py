"""What came by mail: whose it is, what she has written herself, and what no mail in the world can do to us."""

from __future__ import annotations

import time
from datetime import timedelta
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.mail.inbound.addresses import DAYS, new_handle, read_reply_addresses, reply_address
from dorfplatz.mail.inbound.incoming import LARGEST, Incoming, incoming
from dorfplatz.mail.inbound.quoting import own_words
from dorfplatz.mail.tests.clients import CLIENTS, OWN_WORDS, sent_by
from tests.fixtures.kranenburg import NOW

OURS = "antwort@example.org"


def mail(text="Ja, gern.", **headers) -> bytes:
    said = EmailMessage()
    said["From"] = "Anna <anna@example.org>"
    said["To"] = OURS
    said["Subject"] = "Re: Ein Brief für Sie"
    for name, value in headers.items():
        del said[name.replace("_", "-")]
        said[name.replace("_", "-")] = value
    said.set_content(text)
    return bytes(said)


def test_an_address_for_answers_reveals_nothing_is_for_one_thing_and_ends():
    handle = new_handle()
    address = reply_address("l", handle, to=OURS, now=NOW)
    assert len(address.partition("@")[0]) <= 64, "RFC 5321"
    found = read_reply_addresses(f'"Dorfplatz" <{address.upper()}>', now=NOW)
    assert (found.purpose, found.handle, found.is_over) == ("l", handle, False)
    assert not read_reply_addresses(address, now=NOW + timedelta(days=DAYS)).is_over
    assert read_reply_addresses(address, now=NOW + timedelta(days=DAYS + 1)).is_over
    assert reply_address("l", handle, to="@antwort.example.org", now=NOW).endswith("@antwort.example.org")
    assert reply_address("l", handle, to="", now=NOW) == ""


def test_no_letter_of_an_address_can_be_changed():
    address = reply_address("l", new_handle(), to=OURS, now=NOW)
    local, _, domain = address.rpartition("@")
    for place in range(len("antwort+"), len(local)):
        other = local[:place] + ("a" if local[place] != "a" else "b") + local[place + 1 :]
        assert read_reply_addresses(f"{other}@{domain}", now=NOW) is None


@pytest.mark.parametrize("language", ["de", "nl", "en"])
@pytest.mark.parametrize("client", list(CLIENTS))
def test_only_ones_own_words_are_left(client, language):
    wrong = [words for words in OWN_WORDS[language] if own_words(sent_by(client, language, words)) != words]
    assert not wrong


@pytest.mark.parametrize(
    "text",
    [
        "Am Samstag habe ich Zeit. Op de markt zag ik Piet:\nhij lachte.",
        "Von: hier bis da ist es weit.\nDatum: noch offen",
        "- Kaffee\n- Kuchen\n- 3 Stühle",
        "Am 3. Mai:\nTanz in den Mai",
        "On y va!",
    ],
)
def test_words_that_look_like_a_quotation_stay(text):
    assert own_words(text) == text


def test_answers_between_the_lines_stay_and_the_lines_go():
    assert own_words("Am 28.11.26 schrieb Dorfplatz:\n> Kommst du?\nJa.\n> Wann?\nUm acht.") == "Ja.\nUm acht."
    assert own_words("> alles\n> nur Zitat") == ""


def test_parts_are_read_as_they_are_meant():
    both = MIMEMultipart("alternative")
    both.attach(MIMEText("Ja, gern."))
    both.attach(MIMEText("<p>Nein</p>", "html"))
    mixed = MIMEMultipart("mixed")
    mixed.attach(both)
    mixed.attach(MIMEApplication(b"%PDF-1.4"))
    assert incoming(bytes(mixed)).text == "Ja, gern."
    assert incoming(bytes(mixed)).has_files
    html = MIMEText(
        "<style>p{}</style><p>Ja,&nbsp;gern.<br>Bis&#8203; morgen!</p><blockquote>alt</blockquote>"
        '<div class="gmail_quote">Am 1.1. schrieb X</div>', "html",
    )  # fmt: skip
    assert incoming(bytes(html)).text == "Ja, gern.\nBis morgen!"
    forwarded = MIMEMultipart("mixed")
    forwarded.attach(MIMEText("Meins."))
    inner = MIMEMultipart("mixed")
    inner.attach(MIMEText("Fremdes."))
    forwarded.attach(inner)
    assert incoming(bytes(forwarded)).text == "Meins."


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"text/plain; charset=iso-8859-15", "Grüße für 5 €".encode("iso-8859-15")),
        (b"text/plain; charset=windows-1252", "Grüße für 5 €".encode("cp1252")),
        (b"text/plain; charset=nonsense", "Grüße für 5 €".encode()),
        (b"text/plain; charset=utf-8", "Grüße für 5 €".encode("cp1252")),
        (b"text/plain", "Grüße für 5 €".encode("cp1252")),
        (b'text/plain; charset="utf-8', "Grüße für 5 €".encode()),
        (b"text/plain; charset=punycode", "Grüße für 5 €".encode()),
        (b"text/plain; charset*=utf-8''utf-8", "Grüße für 5 €".encode()),
    ],
)
def test_any_charset_right_or_wrong_is_read(head, body):
    said = b"From: a@example.org\r\nContent-Type: " + head + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body
    assert incoming(said).text == "Grüße für 5 €"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated (holiday)"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"List_Id": "<chor.example.org>"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@example.org"},
        {"From": "Mail Delivery <postmaster@example.org>"},
        {"Subject": "Automatische Antwort: Ein Brief für Sie"},
        {"Subject": "Abwesenheitsnotiz"},
        {"Subject": "Automatisch antwoord: Een brief voor u"},
        {"Subject": "Out of office: holiday"},
        {"Subject": "Undelivered Mail Returned to Sender"},
    ],
)
def test_machines_are_known(headers):
    assert incoming(mail(**headers)).is_automatic
    assert not incoming(mail(Auto_Submitted="no")).is_automatic


def test_a_sender_that_could_be_two_is_nobody():
    assert incoming(mail()).sender == "anna@example.org"
    for said in ("a@example.org, b@example.org", "a@example.org <b@example.org>", "", "Anna", "x" * 5000):
        raw = mail().replace(b"Anna <anna@example.org>", said.encode())
        assert incoming(raw).sender in {"", "b@example.org"} if "<" in said else incoming(raw).sender == ""


def test_what_the_mail_server_says_of_the_sender_is_heard_and_only_its_own_line():
    assert incoming(b"Authentication-Results: mx; dmarc=fail\r\n" + mail()).is_doubtful
    forged = b"Authentication-Results: mx; dmarc=pass\r\nAuthentication-Results: mx; dmarc=fail\r\n"
    assert not incoming(forged + mail()).is_doubtful


def _nested(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(depth))
    return b"From: a@example.org\r\n" + head.encode() + b"Content-Type: text/plain\r\n\r\nHallo\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00" * 1000,
        b"\r\n\r\n",
        _nested(10),
        _nested(300),
        _nested(3000),
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * 50_000,
        b"Content-Type: message/rfc822\r\n\r\n" * 5000,
        b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\nHallo",
        b"X: " + b"a" * 4_000_000 + b"\r\n\r\nHallo",
        b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\nHallo",
        b"From: " + b"(" * 100_000 + b"\r\n\r\nHallo",
        b"From: " + b"<a@b>," * 100_000 + b"\r\n\r\nHallo",
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 500_000,
        b"Content-Type: text/html\r\n\r\n" + b"<!" * 500_000,
        b"Content-Type: text/html\r\n\r\n" + b"&" * 1_000_000,
        b"Content-Type: text/plain\r\n\r\n" + b"- " * 2_000_000,
        b"Content-Type: text/plain\r\n\r\n" + b"Am 1 schrieb " * 300_000,
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!!====",
        b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 666 x\n\xff\xff",
        b"Content-Type: text/plain; charset=utf-7\r\n\r\n+ADw-",
        b"Content-Type: text/plain; charset=idna\r\n\r\n" + b"a." * 100_000,
        b"Content-Type: text/plain; name*0*=a; name*2=b; charset*9999999=x\r\n\r\nHallo",
        b"a" * (LARGEST + 1),
    ],
    ids=lambda raw: f"{len(raw)}-{crc32(raw):08x}",
)
def test_no_mail_takes_long_or_breaks(raw):
    begun = time.process_time()
    assert isinstance(incoming(raw), Incoming)
    assert time.process_time() - begun < 5


LINES = st.sampled_from([
    *(b"From: a@example.org", b"From: =?iso-8859-1?q?=22?= <@>", b"Subject: =?utf-16?b?////?=", b"-- ", b""),
    *(b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: text/html", b"Content-Type: message/rfc822"),
    *(b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable", b"--x", b"--x--"),
    *(b"Content-Type: text/plain; charset=\xff\xfe", b"Content-Disposition: attachment; filename*=''%%", b"> x"),
    *(b"Am 1.1. schrieb X:", b"<blockquote>", b"\x00\xff", b"=E4"),
])  # fmt: skip
WILD = st.lists(st.one_of(LINES, st.binary(max_size=40)), max_size=40).map(b"\r\n".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=2000), WILD))
def test_any_bytes_are_a_mail_of_somebody_or_nobody(raw):
    said = incoming(raw)
    assert "\x00" not in said.text
    said.text.encode()
    assert incoming(raw) == said


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600))
def test_cutting_twice_is_cutting_once(text):
    once = own_words(text)
    assert own_words(once) == once
