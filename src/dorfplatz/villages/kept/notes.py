"""What a view says about how long, and under which address, its page may be kept for other visitors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

_NAME = "notes_on_keeping"


@dataclass
class Notes:
    """`address` is the one address under which the page is the same for everybody; without it, the bare path."""

    address: str | None = None
    next_moment: datetime | None = None
    is_kept: bool = True


def notes_of(request: HttpRequest) -> Notes:
    """The notes on this request's page."""
    notes: Notes | None = getattr(request, _NAME, None)
    if notes is None:
        notes = Notes()
        setattr(request, _NAME, notes)
    return notes


def is_kept_whole(request: HttpRequest) -> bool:
    """Whether a visitor's page may be kept as it is: asked plainly, or under the one address it is kept under."""
    return not request.META.get("QUERY_STRING") or notes_of(request).address == request.get_full_path()


def keep_under(request: HttpRequest, address: str) -> None:
    """The page may be kept although it was asked with parameters, if it was asked under exactly this address.

    Build the address from what was understood, never from what was sent; and only from choices that we offer, or the
    memory fills with what strangers think up.
    """
    notes_of(request).address = address


def note_next_moment(request: HttpRequest, at: datetime) -> None:
    """From this moment on the page says something else; it may be said for any number of moments.

    Needed only for what no app plugs into `villages.sockets.moments`; full hours are moments anyway.
    """
    notes = notes_of(request)
    notes.next_moment = at if notes.next_moment is None else min(notes.next_moment, at)


def never_keep(request: HttpRequest) -> None:
    """This page shows what the municipality's edition does not count."""
    notes_of(request).is_kept = False
