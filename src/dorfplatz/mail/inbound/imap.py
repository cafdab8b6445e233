"""Fetches answers from a mailbox. What is for us is deleted there once it is taken in; all else is left, as seen."""

from __future__ import annotations

import imaplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import SplitResult, unquote, urlsplit

import imap_tools

from dorfplatz.mail.carrier import LOCAL, CarrierAway
from dorfplatz.mail.enums import Reception
from dorfplatz.mail.inbound.incoming import LARGEST

TIMEOUT_S = 20
LOOK_TIMEOUT_S = 5  # somebody waits
AT_A_TIME = 50

Take = Callable[[bytes], Reception]


def fetch(url: str, take: Take) -> int:
    """Give each unseen mail of the mailbox to `take`; returns how many were for us.

    `url` is imaps://user:password@host/FOLDER. Raises CarrierAway when the server cannot be used now.
    """
    try:
        with _mailbox(urlsplit(url)) as box:
            return sum(_one(box, uid, take) for uid in box.uids(imap_tools.AND(seen=False))[:AT_A_TIME])
    except (imap_tools.ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise CarrierAway(type(error).__name__) from None


def look_in(url: str) -> None:
    """Open the mailbox and change nothing. Raises CarrierAway as `fetch`."""
    try:
        with _mailbox(urlsplit(url), timeout_s=LOOK_TIMEOUT_S):
            pass
    except (imap_tools.ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise CarrierAway(type(error).__name__) from None


def _one(box: imap_tools.BaseMailBox, uid: str, take: Take) -> bool:
    raw = _raw(box, uid)
    if raw is None:  # somebody else has taken it away meanwhile
        return False
    if take(raw) == Reception.UNKNOWN:
        box.flag(uid, imap_tools.MailMessageFlags.SEEN, value=True)
        return False
    box.delete(uid)
    return True


def _raw(box: imap_tools.BaseMailBox, uid: str) -> bytes | None:
    """The mail, cut off just above what we take: enough to see that it is too large."""
    _said, rows = box.client.uid("FETCH", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    return next((row[1] for row in rows if isinstance(row, tuple) and isinstance(row[1], bytes)), None)


@contextmanager
def _mailbox(url: SplitResult, *, timeout_s: int = TIMEOUT_S) -> Iterator[imap_tools.BaseMailBox]:
    host, folder = url.hostname or "localhost", unquote(url.path.strip("/")) or "INBOX"
    box: imap_tools.BaseMailBox
    if url.scheme == "imaps":
        box = imap_tools.MailBox(host, url.port or 993, timeout=timeout_s)
    elif host in LOCAL:
        box = imap_tools.MailBoxUnencrypted(host, url.port or 143, timeout=timeout_s)
    else:
        raise CarrierAway("no encryption for the password")
    with box.login(unquote(url.username or ""), unquote(url.password or ""), initial_folder=folder) as opened:
        yield opened
