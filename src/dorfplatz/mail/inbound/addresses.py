"""Addresses for answers: signed, of no meaning to anybody else, and good for a while.

`antwort+TOKEN@example.org`, or `TOKEN@antworten.example.org` where a whole domain is for them. A token has a letter for
whoever asked for answers, that app's own handle, the day on which it ends, and 130 bits of a keyed hash over all of it.
Only small letters and digits: some mail servers turn capitals into small letters.
"""

from __future__ import annotations

import base64
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.crypto import constant_time_compare, salted_hmac

DAYS = 60
SEALED = 26
HANDLE = 13
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_TOKEN = re.compile(r"(?<![a-z0-9_.-])([a-z])([a-z2-7]{13})([a-z2-7]{4})([a-z2-7]{26})@", re.IGNORECASE)
LONGEST_READ = 20_000


@dataclass(frozen=True)
class ReplyTo:
    """What an address for answers says: whose answers, which of them, and whether it is too late."""

    purpose: str
    handle: str
    is_over: bool


def new_handle() -> str:
    """Sixty-five random bits, by which an app knows to what an answer belongs."""
    return "".join(secrets.choice(_LETTERS) for _ in range(HANDLE))


def reply_address(purpose: str, handle: str, *, to: str, now: datetime) -> str:
    """The address for answers; `to` is the installation's own (`antwort@example.org`), "" where there are none."""
    local, _, domain = to.strip().rpartition("@")
    if not domain:
        return ""
    told = purpose + handle + _number((now - _EPOCH).days + DAYS)
    return f"{local + '+' if local else ''}{told}{_seal(told)}@{domain}"


def read_reply_addresses(text: str, *, now: datetime) -> ReplyTo | None:
    """The first address in these headers that we have made; None where there is none."""
    for found in _TOKEN.finditer(text[:LONGEST_READ]):
        purpose, handle, day, seal = (part.lower() for part in found.groups())
        if constant_time_compare(seal, _seal(purpose + handle + day)):
            return ReplyTo(purpose, handle, is_over=_value(day) < (now - _EPOCH).days)
    return None


def _seal(told: str) -> str:
    digest = salted_hmac("mail.reply", told, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:SEALED]


def _number(value: int) -> str:
    return "".join(_LETTERS[value >> shift & 31] for shift in (15, 10, 5, 0))


def _value(word: str) -> int:
    number = 0
    for letter in word:
        number = number << 5 | _LETTERS.index(letter)
    return number
