"""A small sum that a browser works out, as ALTCHA asks for: a thousand attempts cost something, one costs nothing.

The square thinks of a number and shows the SHA-256 of a text with that number at its end; whoever tries the numbers one
by one finds it. Who cannot work it out waits a little instead. Nothing is stored before an answer comes: the puzzle is
signed, runs out, and is good once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.conf import settings
from django.utils.crypto import constant_time_compare

from dorfplatz.members import limits

# Half of these are tried on average: about half a second on a phone of 2018.
NUMBERS = 100_000
LASTS = timedelta(minutes=10)
WAIT = timedelta(seconds=15)
LONGEST_TOKEN = 300


class Answer(Enum):
    """What an answer is worth."""

    RIGHT = "right"
    EARLY = "early"
    WORTHLESS = "worthless"


@dataclass(frozen=True)
class Puzzle:
    """`salt` carries when it was made and for which door; the number is at most `most`."""

    salt: str
    challenge: str
    most: int
    signature: str

    @property
    def token(self) -> str:
        """All of it, as it travels."""
        return f"{self.salt}:{self.challenge}:{self.most}:{self.signature}"


def make_puzzle(door: str, *, times: int = 1, now: datetime) -> Puzzle:
    """A new one; `times` as much work as usual."""
    most = NUMBERS * times
    salt = f"{secrets.token_hex(12)}.{door}.{int(now.timestamp())}."
    challenge = _hash(salt, secrets.randbelow(most + 1))
    return Puzzle(salt, challenge, most, _sign(salt, challenge, most))


def read_puzzle(token: str, door: str, *, now: datetime) -> Puzzle | None:
    """The puzzle behind the token, if the square made it for this door and it has not run out."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        salt, challenge, most, signature = token.split(":")
        puzzle = Puzzle(salt, challenge, int(most), signature)
        _random, made_for, made_at, _end = salt.split(".")
        age_s = now.timestamp() - int(made_at)
    except (ValueError, OverflowError):
        return None
    is_ours = constant_time_compare(_sign(salt, challenge, puzzle.most), signature)
    return puzzle if is_ours and made_for == door and 0 <= age_s <= LASTS.total_seconds() else None


def judge(puzzle: Puzzle, number: str, *, now: datetime) -> Answer:
    """What the answer is worth; the right one once. Without a number, whether one has waited long enough."""
    if not number:
        made_at = int(puzzle.salt.split(".")[2])
        if now.timestamp() - made_at < WAIT.total_seconds():
            return Answer.EARLY
    elif not (number.isascii() and number.isdigit() and len(number) < 12 and _fits(puzzle, int(number))):
        return Answer.WORTHLESS
    is_first = limits.count_attempt(limits.PUZZLE_ONCE, puzzle.challenge, now=now)
    return Answer.RIGHT if is_first else Answer.WORTHLESS


def _fits(puzzle: Puzzle, number: int) -> bool:
    return number <= puzzle.most and constant_time_compare(_hash(puzzle.salt, number), puzzle.challenge)


def _hash(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _sign(salt: str, challenge: str, most: int) -> str:
    told = f"puzzle:{salt}:{challenge}:{most}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
