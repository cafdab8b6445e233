"""A picture for paper: its copy in the size that paper wants, and how high it stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dorfplatz.kernel.text import in_language
from dorfplatz.media.models import Picture
from dorfplatz.media.queries import open_copy
from dorfplatz.press.letters import printable

Part = dict[str, Any]
PICTURE_WIDTH = 1280


def pictured(picture: Picture | None, language: str, width: float, files: dict[str, bytes]) -> Part | None:
    """A picture's file and how high it stands; None where there is none, or it is not ready, or its file is gone."""
    if picture is None or not picture.is_ready or not picture.width or not picture.height:
        return None
    copies = [copy for copy in picture.renditions if copy["format"] == "jpeg"]
    copy = min(copies, key=lambda c: abs(c["width"] - PICTURE_WIDTH), default=None)
    opened = open_copy(copy["name"]) if copy else None
    if opened is None:
        return None
    name = f"picture-{picture.pk}.jpg"
    with opened:
        files[name] = opened.read()
    high = min(width * picture.height / picture.width, width * 0.5)
    alt = in_language(picture.alt, language) or _("Picture")
    return {"file": name, "high": round(high, 2), "alt": printable(alt)}
