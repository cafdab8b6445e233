"""What people type, as printers set it: quotes of the language, dashes, an apostrophe that is one. Pure."""

from __future__ import annotations

import re

_MARKS = {"de": ("„", "“", "‚", "‘"), "nl": ("“", "”", "‘", "’"), "en": ("“", "”", "‘", "’")}
_OPENING = re.compile(r"(^|[\s(\[–—/-])([\"'])(?=\S)")
_CLOCK = re.compile(r"(?<=\d) (?=(?:Uhr|uur|km|m|kg|g|€|Euro|euro)\b)")


def set_well(text: str, language: str) -> str:
    """The same words with proper marks; what is set well already stays as it is."""
    first, last, inner_first, inner_last = _MARKS.get(language, _MARKS["en"])
    opened = _OPENING.sub(lambda found: found[1] + (first if found[2] == '"' else _single(found, inner_first)), text)
    closed = opened.replace('"', last)
    closed = _closed_singles(closed, inner_first, inner_last)
    dashed = re.sub(r"(?<=\s)-{1,2}(?=\s)", "–", closed).replace("...", "…")
    return _CLOCK.sub("\u00a0", dashed)


def _single(found: re.Match[str], mark: str) -> str:
    """A quote where its partner follows; else an apostrophe, as in “’s middags” and “’n Abend”."""
    rest = found.string[found.end() :]
    return mark if re.search(r"\w'(?!\w)", rest) else "’"


def _closed_singles(text: str, first: str, last: str) -> str:
    """Each single mark that is left ends what was opened before it, else it is an apostrophe."""
    out, is_open = [], False
    for index, letter in enumerate(text):
        if letter == first and first != "’":
            is_open = True
        if letter == "'":
            inside = index + 1 < len(text) and text[index + 1].isalnum()
            out.append("’" if inside or not is_open else last)
            is_open = is_open and inside
        else:
            out.append(letter)
    return "".join(out)
