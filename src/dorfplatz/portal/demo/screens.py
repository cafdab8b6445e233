"""Screens of the demonstration: in the bakery's window, and in the community house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dorfplatz.kernel.actor import Actor
from dorfplatz.screens.actions import ScreenDraft, note_sign_of_life, set_up_screen
from dorfplatz.screens.models import Screen
from dorfplatz.villages.models import Area


def put_screens(areas: Mapping[str, Area], *, by: Actor, now: datetime) -> int:
    """Have them there, the first heard of on this day; returns how many were new."""
    wanted = [
        ScreenDraft(areas["niel"], "Bäckerei, Fenster zur Straße", ["de", "nl"], night_from=22, night_until=6),
        ScreenDraft(areas["zyfflich"], "Gemeindehaus, Tablet im Flur", ["nl", "de"], touch=True),
    ]
    known = set(Screen.objects.values_list("name", flat=True))
    new = [set_up_screen(draft, by=by, now=now) for draft in wanted if draft.name not in known]
    first = Screen.objects.filter(name=wanted[0].name).first()
    if first is not None and (first.seen_at is None or first.seen_at.date() < now.date()):
        note_sign_of_life(first, now=now)
    return len(new)
