"""From the bytes of a mail to what somebody has said in it, or why it is nobody's answer. Bears whatever comes."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses, parseaddr

from dorfplatz.mail.inbound.quoting import own_words
from dorfplatz.mail.inbound.web_words import words_of_html

LARGEST = 5 * 1024 * 1024
LARGEST_HEAD = 64 * 1024
LONGEST_TEXT = 200_000
MOST_PARTS, DEEPEST = 100, 12
MOST_OPENINGS = 400  # of parts, whatever they claim to be
# What a mail's words may be written in. Others are read as the usual ones: some of Python's codecs take for ever.
CODECS = re.compile(
    r"utf-8|utf-16(-[bl]e)?|ascii|iso8859-\d+|cp125\d|koi8-[ru]|mac-roman"
    r"|gb2312|gbk|gb18030|big5|shift_jis|euc_(jp|kr)|iso2022_jp"
)
ANSWERERS = ("mailer-daemon", "postmaster", "noreply", "no-reply", "bounce", "listserv", "majordomo")
MACHINE_HEADERS = (
    *("List-Id", "List-Unsubscribe", "List-Post"),
    *("X-Autoreply", "X-Autorespond", "X-Loop", "X-Failed-Recipients"),
)
MACHINE_SUBJECT = re.compile(
    r"\s*(automatische (antwort|reactie)|automatisch antwoord|abwesenheit|afwezig|out of (the )?office"
    r"|auto(matic)?[ -]?reply|undeliver|unzustellbar|onbestelbaar|delivery status)", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Incoming:
    """A mail as it is asked about: from whom, to which addresses, what was said, and whether a machine wrote it.

    `key` is the same for the same mail, however often it comes. `has_files`: something hung on it that is left out.
    """

    key: str
    sender: str
    recipients: str
    text: str
    is_automatic: bool = False
    is_doubtful: bool = False
    is_too_large: bool = False
    has_files: bool = False


def incoming(raw: bytes) -> Incoming:
    """The mail in these bytes. Never raises: what cannot be read has no sender and no words."""
    head = _message(raw[:LARGEST_HEAD].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0] + b"\r\n\r\n")
    said = Incoming(
        key=_key(head, raw),
        sender=_address(_first(head, "From")),
        recipients=" ".join(_all(head, "Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")),
        text="",
        is_automatic=_is_automatic(head),
        is_doubtful=_is_doubtful(head),
        is_too_large=len(raw) > LARGEST,
    )
    if said.is_automatic or said.is_too_large or _openings(raw) > MOST_OPENINGS:
        return said
    text, has_files = _body(_message(raw))
    return Incoming(**{**said.__dict__, "text": own_words(text), "has_files": has_files})


def _key(head: Message, raw: bytes) -> str:
    """From its sender's own number for it; a second way through the net changes what stands around."""
    number = _first(head, "Message-ID").strip()
    told = f"{number} {_first(head, 'From')}".encode(errors="replace") if number else raw[:LARGEST_HEAD]
    return hashlib.sha256(told).hexdigest()[:32]


def _openings(raw: bytes) -> int:
    """How many parts this mail says it has: nesting costs the reader time before anybody can count."""
    return len(re.findall(rb"(?im)^content-type[ \t]*:[ \t]*(?:multipart|message)/", raw))


def _message(raw: bytes) -> Message:
    try:
        return BytesParser(policy=compat32).parsebytes(raw)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        return Message()


def _first(head: Message, name: str) -> str:
    return next(iter(_all(head, name)), "")


def _all(head: Message, *names: str) -> list[str]:
    """These headers in plain words, at most twenty, none endless."""
    wanted = {name.lower() for name in names}
    found = [value for name, value in head.raw_items() if name.lower() in wanted]
    return [_plain(value) for value in found[:20]]


def _plain(value: object) -> str:
    text = str(value)[:2000].replace("\r", "").replace("\n", "")
    try:
        parts = decode_header(text)
        return "".join(_decoded(part, charset) if isinstance(part, bytes) else part for part, charset in parts)
    except Exception:  # the standard library's, on what is no header at all
        return text


def _address(header: str) -> str:
    """The one address of a From; "" where there is none, or more than one could be meant."""
    try:
        found = {address.lower() for _name, address in getaddresses([header[:1000]]) if "@" in address}
        single = parseaddr(header[:1000])[1].lower()
    except (ValueError, IndexError, RecursionError):
        return ""
    return single if found == {single} else ""


def _is_automatic(head: Message) -> bool:
    """Written by a machine (RFC 3834), sent to a list, or a report of the mail system."""
    said = _first(head, "Auto-Submitted").strip().lower()
    if said and not said.startswith("no"):
        return True
    if _first(head, "Precedence").strip().lower() in {"bulk", "junk", "list", "auto_reply"}:
        return True
    if _all(head, *MACHINE_HEADERS):
        return True
    if _first(head, "Content-Type").strip().lower().startswith("multipart/report"):
        return True
    if any(path.strip() == "<>" for path in _all(head, "Return-Path")):
        return True
    local = _address(_first(head, "From")).partition("@")[0]
    return local.startswith(ANSWERERS) or MACHINE_SUBJECT.match(_first(head, "Subject")) is not None


def _is_doubtful(head: Message) -> bool:
    """Whether the mail server that took it in says that its sender is not who it seems. Its own line stands on top."""
    return re.search(r"\bdmarc\s*=\s*fail\b", _first(head, "Authentication-Results"), re.IGNORECASE) is not None


def _body(message: Message) -> tuple[str, bool]:
    """The words of the mail, and whether something else hung on it."""
    plain, html, has_files = "", "", False
    for part in _leaves(message):
        kind = part.get_content_type()
        is_file = str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")
        if kind == "text/plain" and not is_file and not plain.strip():
            plain = _text_of(part)
        elif kind == "text/html" and not is_file and not html.strip():
            html = _text_of(part)
        elif is_file or not kind.startswith("text/"):
            has_files = True
    return (plain if plain.strip() else words_of_html(html)), has_files


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that are no containers, in order; neither endlessly many nor endlessly deep."""
    waiting, count = [(message, 0)], 0
    while waiting and count < MOST_PARTS:
        part, depth = waiting.pop(0)
        count += 1
        if part.is_multipart():
            inner = part.get_payload()
            if depth < DEEPEST and part.get_content_maintype() != "message":
                waiting[:0] = [(one, depth + 1) for one in inner if isinstance(one, Message)]
            continue
        yield part


def _text_of(part: Message) -> str:
    try:
        raw = part.get_payload(decode=True)
    except Exception:  # broken base64, uuencoding and the like
        return ""
    if not isinstance(raw, bytes):
        return ""
    charset = part.get_param("charset")
    return _decoded(raw[: 4 * LONGEST_TEXT], charset if isinstance(charset, str) else "")[:LONGEST_TEXT]


def _decoded(raw: bytes, charset: str | None) -> str:
    """These bytes in the charset they claim, if it is one of the usual; else as UTF-8; else as mail programs guess."""
    for name in (charset, "utf-8"):
        try:
            if name and CODECS.fullmatch(codecs.lookup(name).name):
                return raw.decode(name)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", errors="replace")
