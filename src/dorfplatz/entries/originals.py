"""The fingerprint of an original. Pure."""

from __future__ import annotations

import hashlib


def hash_of_original(title: str, body: str) -> str:
    """A version in another language that was made from another original is out of date."""
    return hashlib.sha256(f"{title}\0{body}".encode()).hexdigest()
