"""`{% picture picture sizes="…" %}`: a picture in the right size and format for the reader's screen."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from dorfplatz.kernel.text import in_language
from dorfplatz.media.models import Picture, Rendition
from dorfplatz.media.store import TYPES

register = template.Library()
MODERN = ("avif", "webp")  # smallest first; every browser reads the JPEG


@register.inclusion_tag("media/picture.html")
def picture(picture: Picture | None, sizes: str = "100vw", css: str = "", eager: bool = False) -> dict[str, Any]:
    """`sizes` as in HTML: how wide the picture is shown. `eager` for the one picture at the top of a page.

    A picture that is not ready yet says so in its place; one that was refused, or None, shows nothing.
    """
    if picture is None:
        return {"picture": None}
    jpegs = _of(picture, "jpeg")
    return {
        "picture": picture,
        "alt": in_language(picture.alt, get_language() or ""),
        "sources": [(TYPES[name], _srcset(_of(picture, name))) for name in MODERN],
        "srcset": _srcset(jpegs),
        "src": _middle(jpegs),
        "sizes": sizes,
        "css": css,
        "eager": eager,
    }


@register.simple_tag
def picture_url(picture: Picture | None, width: int = 1280) -> str:
    """Address of the JPEG nearest to that width, for previews, feeds and mail; "" when there is none."""
    jpegs = _of(picture, "jpeg") if picture else []
    return _url(min(jpegs, key=lambda copy: abs(copy["width"] - width))) if jpegs else ""


def _of(picture: Picture, name: str) -> list[Rendition]:
    copies = [copy for copy in picture.renditions if copy["format"] == name]
    return sorted(copies, key=lambda copy: copy["width"])


def _srcset(copies: list[Rendition]) -> str:
    return ", ".join(f"{_url(copy)} {copy['width']}w" for copy in copies)


def _middle(copies: list[Rendition]) -> str:
    return _url(copies[len(copies) // 2]) if copies else ""


def _url(copy: Rendition) -> str:
    return reverse("media:file", args=[copy["name"]])
