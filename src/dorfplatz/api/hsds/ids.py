"""Identifiers as HSDS wants them: UUIDs that stay the same on every installation and after every move.

They are made of the public code of an entry (RFC 9562, version 5), which is kept for ever.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID, uuid5

# Never to be changed: every identifier somebody has stored hangs on it.
NAMESPACE = UUID("3a2f4d75-68ec-54b7-a1bf-998d2bc12d8a")


@lru_cache(maxsize=1 << 16)
def hsds_id(entity: str, *names: str) -> str:
    """The identifier of a row of one of HSDS's tables."""
    return str(uuid5(NAMESPACE, ":".join((entity, *names))))
