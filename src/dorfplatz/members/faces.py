"""Pictures of people as parts of pages."""

from __future__ import annotations

from dorfplatz.media.models import Picture
from dorfplatz.media.templatetags.media import picture_url
from dorfplatz.ui import parts

SMALL = 320  # pixels: sharp on every screen in the size of a face beside a name


def face(picture: Picture | None, *, alt: str = "") -> parts.Picture | None:
    """A person's picture; beside her name without words, or they would be read out twice."""
    url = picture_url(picture, SMALL)
    return parts.Picture(url, alt) if url else None
