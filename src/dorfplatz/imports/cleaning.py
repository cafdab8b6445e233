"""Values from strangers' files made harmless and even: text, web and mail addresses, telephone numbers. Pure.

Nothing here raises; what cannot be used becomes "".
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

# Signs that turn the direction of writing or hide: they belong to no name here and can fool readers.
_HIDDEN = re.compile("[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_MAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,24}|xn--[a-z0-9-]{2,59})")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.\-–]{3,38}[0-9]")
_NOT_IN_ADDRESSES = re.compile(r'[<>"`{}|^\\]')
# Longest text looked at: what lies beyond is cut off before anything else is done with it.
MOST_CHARACTERS = 20_000


def clean_line(text: object, longest: int) -> str:
    """One line of visible characters, evenly spaced, at most `longest`; cut at a word where that costs little."""
    if not isinstance(text, str):
        return ""
    visible = _HIDDEN.sub("", text[:MOST_CHARACTERS])
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in visible)
    even = " ".join(unicodedata.normalize("NFC", visible).split())
    if len(even) <= longest:
        return even
    cut = even[:longest]
    return cut.rsplit(" ", 1)[0] if " " in cut[longest * 2 // 3 :] else cut


def clean_text(text: object, longest: int) -> str:
    """Several lines of visible characters; more than one empty line in a row becomes one."""
    if not isinstance(text, str):
        return ""
    lines = (clean_line(line, longest) for line in text[:MOST_CHARACTERS].splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:longest]


def clean_url(text: object) -> str:
    """A web address under http or https with a real host name, without user and password; the first of several."""
    first = _first_of(text)
    if not first or re.search(r"\s", first):
        return ""
    if "://" not in first:
        first = f"https://{first}"
    try:
        parts = urlsplit(first)
        host = (parts.hostname or "").encode("idna").decode("ascii").lower()
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme.lower() not in {"http", "https"} or parts.username is not None or not _HOST.fullmatch(host):
        return ""
    rest = urlunsplit(("", "", parts.path, parts.query, parts.fragment))
    address = f"{parts.scheme.lower()}://{host}{port}" + _NOT_IN_ADDRESSES.sub("", rest)
    return address if len(address) <= 500 else ""


def clean_mail(text: object) -> str:
    """A mail address in lower case; the first of several."""
    first = _first_of(text).lower().removeprefix("mailto:")
    return first if len(first) <= 254 and _MAIL.fullmatch(first) else ""


def clean_phone(text: object) -> str:
    """A telephone number as it is written, of 5 to 15 digits; the first of several."""
    first = _first_of(text).removeprefix("tel:").replace("\u00a0", " ").strip()
    digits = sum(c.isdigit() for c in first)
    return first if 5 <= digits <= 15 and _PHONE.fullmatch(first) else ""


def clean_age(text: object) -> int | None:
    """An age in years between 0 and 120."""
    line = clean_line(text, 8)
    return int(line) if line.isascii() and line.isdigit() and int(line) <= 120 else None


def clean_number(text: object, highest: int) -> int | None:
    """A whole number from 1 to `highest`."""
    line = clean_line(text, 12)
    return int(line) if line.isascii() and line.isdigit() and 1 <= int(line) <= highest else None


def _first_of(text: object) -> str:
    return clean_line(text.split(";")[0], 2_000) if isinstance(text, str) else ""
