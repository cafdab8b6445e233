"""Codes by mail that let somebody in: eight digits, good once, for ten minutes, in the browser that asked for them.

No code is stored: it is worked out from what the session keeps (a random number and the address that was typed) and the
installation's key, in the page and in the worker alike. So neither the database nor the queue tells one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from dorfplatz.jobs.queue import enqueue
from dorfplatz.members import limits
from dorfplatz.members.devices import account_key
from dorfplatz.members.sessions import Session
from dorfplatz.villages.request import SquareRequest

LASTS = timedelta(minutes=10)
DIGITS = 8
ASKED = "mailed_code"


@dataclass(frozen=True)
class Asked:
    """A code that somebody at this browser asked for; whether there was anybody to mail it to, nobody knows here."""

    email: str
    number: str
    after: str


def ask(session: Session, email: str, *, after: str, now: datetime) -> Asked:
    """Another code for this browser; the one before it is worthless."""
    asked = Asked(email.strip(), secrets.token_urlsafe(24), after)
    session[ASKED] = {"email": asked.email, "number": asked.number, "after": after, "at": int(now.timestamp())}
    return asked


def asked_in(session: Session, *, now: datetime) -> Asked | None:
    told = session.get(ASKED)
    if not told or not 0 <= now.timestamp() - told["at"] <= LASTS.total_seconds():
        return None
    return Asked(str(told["email"]), str(told["number"]), str(told["after"]))


def code_of(email: str, number: str) -> str:
    """The digits themselves."""
    told = f"mailed-code:{number}:{email.strip().casefold()}".encode()
    mixed = hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).digest()
    return str(int.from_bytes(mixed, "big") % 10**DIGITS).zfill(DIGITS)


def in_groups(code: str) -> str:
    """As people read and type it."""
    return f"{code[:4]} {code[4:]}"


def may_type(asked: Asked, *, now: datetime) -> bool:
    """Count one try at this code and say whether there are any left."""
    return limits.count_attempt(limits.MAILED_CODE_TRIES, asked.number, now=now)


def opens(session: Session, asked: Asked, typed: str, *, now: datetime) -> bool:
    """Whether it is the right code, used for the first time. It is worthless from then on."""
    digits = "".join(letter for letter in typed if letter.isdigit())
    if not constant_time_compare(code_of(asked.email, asked.number), digits):
        return False
    session.pop(ASKED, None)
    return limits.count_attempt(limits.MAILED_CODE_ONCE, asked.number, now=now)


def send_code(request: SquareRequest, email: str, *, after: str = "") -> None:
    """Have a code mailed, if not too many were. The worker looks up whether there is anybody to write to."""
    now = timezone.now()
    asked = ask(request.session, email, after=after, now=now)
    by_address = limits.count_attempt(limits.RESET_PER_ADDRESS, limits.client_address(request), now=now)
    if limits.count_attempt(limits.MAILED_CODES, account_key(request, email), now=now) and by_address:
        with transaction.atomic():
            enqueue(
                "dorfplatz.members.tasks.mail_login_code", email=asked.email, number=asked.number,
                municipality_id=request.municipality.pk,
            )  # fmt: skip
