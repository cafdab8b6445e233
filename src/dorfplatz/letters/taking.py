"""Files sent with a letter: taken in before it is written, given back when it is not. Outside transactions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.letters.enclosing import Document, discard, put_away, sorted_out
from dorfplatz.media.actions import accept_upload, erase_picture
from dorfplatz.media.models import Picture


@dataclass(frozen=True)
class Inside:
    """One thing for a letter, taken in already."""

    picture: Picture | None = None
    document: Document | None = None


def take_files(files: Iterable[File[bytes]], *, by: Actor, now: datetime) -> list[Inside]:
    """All of them or none. Raises Problem with one sentence for a file that cannot lie in a letter."""
    chosen = sorted_out(files)
    taken: list[Inside] = []
    try:
        taken.extend(Inside(picture=accept_upload(file, alt="", by=by, now=now)) for file in chosen.pictures)
        taken.extend(Inside(document=put_away(file, name)) for file, name in chosen.documents)
    except Problem:
        give_back(taken, by=by, now=now)
        raise
    return taken


def give_back(taken: Sequence[Inside], *, by: Actor, now: datetime) -> None:
    """The letter was not written: nothing of them stays."""
    for one in taken:
        if one.picture is not None:
            erase_picture(one.picture, by=by, now=now)
        if one.document is not None:
            discard(one.document.token)
