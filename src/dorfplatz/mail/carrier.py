"""Hands a message over: to the mail server, or into a folder when there is none."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT_S = 20
PORTS = {"smtp": 25, "smtps": 465}
LOCAL = {"localhost", "127.0.0.1", "::1"}


class CarrierAway(Exception):
    """The mail could not be handed over now; later it may. Carries no address."""


class CarrierRefused(Exception):
    """The mail server does not want this mail, today or tomorrow. Carries a reply code, no address."""


def hand_over(letter: EmailMessage, *, sender: str, to: str, url: str, folder: Path) -> None:
    """Give the letter away. Raises CarrierAway or CarrierRefused; when it returns, somebody else is responsible."""
    if not url:
        _into_folder(letter, folder)
        return
    try:
        with _server(urlsplit(url), sender.rpartition("@")[2] or "localhost") as server:
            server.send_message(letter, from_addr=sender, to_addrs=[to])
    except smtplib.SMTPRecipientsRefused as error:
        raise _verdict(next(iter(error.recipients.values()))[0]) from None
    except smtplib.SMTPDataError as error:
        raise _verdict(error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        # Also a server that wants nothing from us at all: that is our trouble, no mail's, and may be mended.
        raise CarrierAway(type(error).__name__) from None


def _verdict(code: int) -> Exception:
    """What a reply about this one mail means: 5xx is for good, anything else may pass."""
    return CarrierRefused(str(code)) if 500 <= code <= 599 else CarrierAway(str(code))


@contextmanager
def _server(url: SplitResult, own_name: str) -> Iterator[smtplib.SMTP]:
    host, port = url.hostname or "localhost", url.port or PORTS[url.scheme]
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, own_name, timeout=TIMEOUT_S, context=context)
    else:
        server = smtplib.SMTP(host, port, own_name, timeout=TIMEOUT_S)
    try:
        server.ehlo()
        if url.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if url.username:
            if url.scheme == "smtp" and not isinstance(server.sock, ssl.SSLSocket) and host not in LOCAL:
                raise CarrierAway("no encryption for the password")
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server
    finally:
        _leave(server)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. What was accepted stays accepted, whatever happens now."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _into_folder(letter: EmailMessage, folder: Path) -> None:
    """One .eml file per Message-ID, whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = str(letter["Message-ID"]).strip("<>").partition("@")[0]
    path = folder / f"{name}.eml"
    part = folder / f".{name}.part"
    with part.open("wb") as file:
        file.write(bytes(letter))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
