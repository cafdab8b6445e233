"""Keys of forms: by them a form that is sent twice is known again."""

from __future__ import annotations

import hashlib
import re
import secrets

from dorfplatz.kernel.actor import Actor

GIVEN = re.compile(r"[0-9A-Za-z_-]{8,40}")


def new_form_key() -> str:
    """For the hidden field of a form that has just been opened."""
    return secrets.token_hex(16)


def given_form_key(said: str) -> str:
    """The key as it came back; a new one for what no form of ours has had."""
    return said if GIVEN.fullmatch(said) else new_form_key()


def form_key_of(key: str, by: Actor) -> str:
    """The key in the hands of this person: nobody gets what a form of somebody else has written."""
    return hashlib.sha256(f"{by.identity_id}:{key}".encode()).hexdigest()
