"""From a template to words, and from words to what travels: pure, no database, no server."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.sockets import Enclosed

LONGEST_SUBJECT = 200
LONGEST_ADDRESS = 254  # RFC 5321
# What a caller may add; all else belongs to the letter itself.
HEADERS = {"Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "In-Reply-To", "References"}
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no place in a mail, and none in PostgreSQL
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Marks that turn the direction of writing could make a subject read as something else.
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Words:
    """A mail's subject and body, as text and as HTML."""

    subject: str
    text: str
    html: str


def written(template: str, context: Mapping[str, object], language: str) -> Words:
    """The mail `template` in that language, from its three files TEMPLATE.subject.txt, TEMPLATE.txt, TEMPLATE.html."""
    with override(language):
        values = {"mail_language": language, **context}
        return Words(
            subject=one_line(plain(f"{template}.subject.txt", values)),
            text=_tidy(UNSEEN.sub("", plain(f"{template}.txt", values))),
            html=UNSEEN.sub("", get_template(f"{template}.html").render(values)),
        )


def plain(name: str, values: Mapping[str, object]) -> str:
    """A template of a text, in the active language; nothing in it is escaped."""
    # Through the engine's own template, because a text is not HTML: nothing in it is escaped.
    return str(get_template(name).template.render(Context(values, autoescape=False)))  # type: ignore[attr-defined]  # Django’s backend


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.strip().splitlines())) + "\n"


def one_line(text: str) -> str:
    """A header's text: no line breaks, no control characters, not endless."""
    return TURNING.sub("", " ".join(CONTROL.sub(" ", text).split()))[:LONGEST_SUBJECT]


def checked_address(address: str) -> str:
    """The address, alone and well-formed. Raises Problem for anything that could be more than one."""
    address = address.strip()
    try:
        if len(address) > LONGEST_ADDRESS:
            raise ValidationError("too long")
        validate_email(address)
        address.encode("ascii")
    except (ValidationError, UnicodeEncodeError) as error:
        raise Problem(_("This is not an e-mail address.")) from error
    return address


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers a caller adds. Raises ValueError for others than the allowed and for line breaks."""
    for name, value in headers.items():
        if name not in HEADERS or CONTROL.search(value) or len(value) > 900:
            raise ValueError(f"header {name} cannot be set like this")
    return dict(headers)


def new_message_id(sender: str) -> str:
    """A Message-ID nobody can guess, at the sender's domain."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{secrets.token_hex(16)}@{domain}>"


def message(
    words: Words,
    *,
    sender: str,
    to: str,
    language: str,
    message_id: str,
    posted_at: datetime,
    headers: Mapping[str, str],
    enclosed: Enclosed | None = None,
) -> EmailMessage:
    """What travels. The same mail always makes the same message."""
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = to
    letter["Subject"] = words.subject
    letter["Date"] = format_datetime(posted_at)
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes in return
    for name, value in headers.items():
        letter[name] = value
    letter.set_content(words.text)
    if words.html:
        letter.add_alternative(words.html, subtype="html")
        letter.set_boundary("=_" + message_id.strip("<>").partition("@")[0])
    if enclosed:
        main, _slash, sub = enclosed.content_type.partition("/")
        letter.add_attachment(enclosed.content, maintype=main, subtype=sub, filename=enclosed.name)
        letter.set_boundary("=_file_" + message_id.strip("<>").partition("@")[0])
    letter["Content-Language"] = language  # last: what came before would have moved into the first part
    return letter
