"""Which part of a file is asked for, as RFC 9110 has it. Pure."""

from __future__ import annotations

import re

_ONE_RANGE = re.compile(r"\s*bytes\s*=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.IGNORECASE)


class NotThere(Exception):
    """The file has nothing at that place."""


def asked_part(header: str | None, size: int) -> tuple[int, int] | None:
    """First and last byte of the part; None where the whole is to be sent. Raises NotThere.

    Several parts at once, other units and what is no range at all are passed over, as the standard allows.
    """
    found = _ONE_RANGE.fullmatch(header or "")
    if not found or found[1] == found[2] == "":
        return None
    if not found[1]:
        if int(found[2]) == 0 or size == 0:
            raise NotThere
        return max(0, size - int(found[2])), size - 1
    first, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if found[2] and last < first:
        return None
    if first >= size:
        raise NotThere
    return first, min(last, size - 1)
