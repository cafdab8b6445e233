"""Faces of the demonstration's people, drawn by the machine and handed in by themselves like anybody's photograph."""

from __future__ import annotations

from datetime import datetime

from django.core.files.base import ContentFile

from dorfplatz.media.actions import accept_upload
from dorfplatz.members.actions import show_portrait
from dorfplatz.members.enums import Role, SeenBy
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.portal.demo.people import Cast, read_people
from dorfplatz.portal.demo.scenery import draw_face


def put_portraits(cast: Cast, *, now: datetime) -> int:
    """Give a face to whoever is to have one and has none; returns how many. Outside any transaction."""
    shown = 0
    for person in read_people():
        identity = cast.by_name.get(person.name)
        if person.face is None or identity is None or hasattr(identity, "portrait"):
            continue
        seen_by = SeenBy.PUBLIC if any(role == Role.CONNECTOR for role, _slug in person.roles) else SeenBy.MEMBERS
        by, file = actor_of_identity(identity), ContentFile(draw_face(person.face), name="face.jpg")
        show_portrait(identity, picture=accept_upload(file, alt={}, by=by, now=now), seen_by=seen_by, by=by, now=now)
        shown += 1
    return shown
