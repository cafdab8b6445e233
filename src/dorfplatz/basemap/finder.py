"""The search for an address inside a form of another app, for those without scripts: find, choose, done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dorfplatz.basemap.queries import Found, address_named, find_addresses, has_addresses

FIND, TAKE = "find_address", "take_address"


@dataclass(frozen=True)
class Finder:
    """What the part “basemap/parts/finder.html” shows: what was typed, what it may mean, what was chosen."""

    text: str = ""
    found: tuple[Found, ...] = ()
    taken: Found | None = None


def finder_of(municipality_id: int, sent: Mapping[str, str]) -> Finder | None:
    """The finder after what was sent with the form; None where there are no addresses."""
    if not has_addresses(municipality_id):
        return None
    text = sent.get("address_q", "").strip()[:120]
    if TAKE in sent:
        taken = address_named(municipality_id, sent.get("address", ""))
        return Finder(f"{taken.line}, {taken.place}".strip(", "), taken=taken) if taken else Finder(text)
    return Finder(text, tuple(find_addresses(municipality_id, text)) if text and FIND in sent else ())


def asks_for_address(sent: Mapping[str, str]) -> bool:
    """Whether the form was sent to look for an address, not to be kept."""
    return TAKE in sent or (FIND in sent and bool(sent.get("address_q", "").strip()))
