"""Pictures that a person brought, as she gets them, and what happens to them when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from dorfplatz.kernel.actor import Actor
from dorfplatz.media.actions import erase_picture
from dorfplatz.media.models import Picture
from dorfplatz.media.queries import open_copy
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import File, Row


def pictures(identity_id: int) -> Iterable[Row]:
    for picture in Picture.objects.filter(uploader_id=identity_id).order_by("pk"):
        file = largest_copy(picture)
        yield {"alt": picture.alt, "credit": picture.credit, "uploaded_at": picture.uploaded_at, "file": file}


def largest_copy(picture: Picture) -> str:
    """The name of the largest copy that every program can show."""
    copies = [copy for copy in picture.renditions if copy["format"] in ("jpeg", "jpg")] or list(picture.renditions)
    return max(copies, key=lambda copy: copy["width"])["name"] if copies else ""


def picture_files(identity_id: int) -> Iterable[File]:
    names = [largest_copy(picture) for picture in Picture.objects.filter(uploader_id=identity_id).order_by("pk")]
    return [(name, partial(_bytes_of, name)) for name in names if name]


def _bytes_of(name: str) -> bytes:
    copy = open_copy(name)
    if copy is None:
        return b""
    with copy:
        return copy.read()


def let_go_pictures(identity_id: int, by: Actor, now: datetime) -> None:
    """Pictures stay where they hang, without who brought them; those whose words name the person go."""
    is_named = naming(identity_id)
    for picture in Picture.objects.filter(uploader_id=identity_id):
        if is_named(picture.credit, *picture.alt.values()):
            erase_picture(picture, by=by, now=now)
    Picture.objects.filter(uploader_id=identity_id).update(uploader_id=None)
