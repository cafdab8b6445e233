"""Codes on joining cards: short enough to type from paper, long enough that nobody guesses one. Pure."""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

# Crockford's base 32: no letter that is mistaken for a digit.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH, GROUP = 12, 4  # 60 random bits in three groups
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "u": "v"})


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code as it is hashed, from however it was typed; "" when it cannot be one."""
    bare = "".join(letter for letter in typed[:80].casefold() if letter.isalnum()).translate(_MISREAD)
    return bare if len(bare) == LENGTH and set(bare) <= set(LETTERS) else ""


def shown(code: str) -> str:
    """In groups, as it stands on the card."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hash_of(code: str) -> str:
    """What is kept of a code: whoever has the table alone cannot try codes on it."""
    return salted_hmac("dorfplatz.members.card", code, algorithm="sha256").hexdigest()
