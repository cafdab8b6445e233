"""Acting for somebody without internet: kept in one's session, for an hour, and asked again with every request."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.queries import acting_for

KEY = "acts_for"
AN_HOUR = timedelta(hours=1)


def begin_acting(request: HttpRequest, person_id: int, *, now: datetime, back: str = "") -> None:
    """`back` is where one goes on as oneself: an address of ours."""
    request.session[KEY] = [person_id, (now + AN_HOUR).timestamp(), back]


def stop_acting(request: HttpRequest) -> str:
    """Be oneself again; says where one came from, "" if nowhere in particular."""
    kept = request.session.pop(KEY, None) or ()
    return "".join(map(str, kept[2:3]))  # a session begun before there was a way back has none


def acting(request: HttpRequest, viewer: Actor) -> Actor:
    """The person for whom the viewer acts at the moment, else the viewer. One who may not any more is herself."""
    kept = request.session.get(KEY)
    if not kept or not viewer.is_member:
        return viewer
    now = timezone.now()
    person_id, until = kept[:2]
    found = acting_for(person_id, viewer, now=now) if until > now.timestamp() else None
    if found is None:
        stop_acting(request)
    return found or viewer
