"""A sheet to fill in as a job for the press: our words, the municipality's name and colour, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import override

from dorfplatz.kernel.text import in_language
from dorfplatz.noticeboard.blanks.parts import in_each
from dorfplatz.noticeboard.blanks.sheets import BLANKS
from dorfplatz.press.engine import Job
from dorfplatz.press.letters import printable
from dorfplatz.press.qr import qr_drawing
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url

FOLDER, TEMPLATE = Path(__file__).parent.parent / "sheets", "blank.typ"


def blank_of(key: str, languages: Sequence[str], municipality: Municipality) -> Job:
    """One of BLANKS, in one or two languages."""
    blank, language = BLANKS[key], languages[0]
    square = printable(in_language(municipality.area.name, language))
    address = f"{base_url(municipality)}/{language}/"
    with override(language):
        title = f"{blank.title} · {square}"
    return Job(FOLDER, TEMPLATE, {
        "language": language,
        "languages": list(languages),
        "accent": municipality.accent,
        "author": square,
        "square": square,
        "title": title,
        "head": in_each(blank.title, languages),
        "lead": in_each(blank.lead, languages),
        "parts": [part.data(languages) for part in blank.parts],
        "on_page": blank.on_page,
        "address": address.partition("://")[2].rstrip("/"),
        "qr": qr_drawing(address),
    })  # fmt: skip
