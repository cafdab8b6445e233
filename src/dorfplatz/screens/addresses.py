"""The signed address of a screen: short enough to be typed with a remote control, and not to be guessed. Pure."""

from __future__ import annotations

import base64
import re

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "dorfplatz.screens.address"
LETTERS = 12  # of five bits each
CODE = re.compile(rf"([1-9][0-9]{{0,8}})-([a-z2-7]{{{LETTERS}}})")


def code_of(pk: int) -> str:
    """“7-k3m2…”: which screen, and that we have said so."""
    digest = salted_hmac(SALT, str(pk), algorithm="sha256").digest()
    return f"{pk}-{base64.b32encode(digest).decode().lower()[:LETTERS]}"


def pk_of(code: str) -> int | None:
    """Whose address this is; None where it was not made by us."""
    found = CODE.fullmatch(code)
    if found is None or not constant_time_compare(code, code_of(int(found[1]))):
        return None
    return int(found[1])
