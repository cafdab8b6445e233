"""Reading pictures."""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from dorfplatz.media.models import Picture
from dorfplatz.media.store import path_of


def pictures_by_id(ids: Collection[int | None]) -> dict[int, Picture]:
    """Pictures for a page full of things that hold picture ids, in one query."""
    return Picture.objects.in_bulk([picture_id for picture_id in ids if picture_id is not None])


def open_copy(name: str) -> BinaryIO | None:
    """The bytes of a clean copy, or None when there is none of that name. The name is the permission."""
    try:
        return cast("BinaryIO", default_storage.open(path_of(name), "rb"))
    except (FileNotFoundError, ValueError):
        return None
