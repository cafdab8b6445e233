"""Content lines of iCalendar (RFC 5545, section 3.1): escaped, folded at 75 octets, ended by CRLF. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

LONGEST_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


def text(words: str) -> str:
    """A value of type TEXT. Control characters, which no calendar may hold, are left out."""
    joined = _BREAKS.sub("\n", words)
    kept = "".join(c for c in joined if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return kept.translate(_ESCAPED)


def utc(moment: datetime) -> str:
    return f"{day(moment)}T{moment:%H%M%SZ}"


def local(moment: datetime) -> str:
    return f"{day(moment)}T{moment:%H%M%S}"


def day(on: date) -> str:
    return f"{on.year:04}{on:%m%d}"  # a year before 1000 has four figures here, too


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each but the first begun by a space; no character is cut."""
    raw = line.encode()
    if len(raw) <= LONGEST_OCTETS:
        return line
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_OCTETS:
            pieces.append("".join(piece))
            piece, size = [], 1
        piece.append(character)
        size += width
    return "\r\n ".join([*pieces, "".join(piece)])


def document(lines: Iterable[str]) -> str:
    return "".join(f"{folded(line)}\r\n" for line in lines)
