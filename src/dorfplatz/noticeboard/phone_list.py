"""The list for the telephone: what waits to be confirmed in a village, whom to ring, and room for what they say.

Only what strangers may read stands on it, so that it may lie on a kitchen table.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.noticeboard.guides.contents import confirmed
from dorfplatz.places.queries import PaperLine, paper_lines, to_ring_about
from dorfplatz.press.engine import Job
from dorfplatz.press.letters import printable, well
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.queries import base_url

FOLDER, TEMPLATE = Path(__file__).parent / "sheets", "phone_list.typ"
LONGEST = 200


def phone_list_of(area: Area, municipality: Municipality, language: str, *, now: datetime) -> tuple[Job, set[str]]:
    """The job, and in the journal's words what stands on it; with nothing to ring about it says so."""
    lines = _lines(area, language, now)
    host = base_url(municipality).partition("://")[2]
    name = in_language(area.name, language)
    with override(language):
        day = date_format(timezone.localtime(now), "DATE_FORMAT")
        count = ngettext("%(count)d entry to confirm", "%(count)d entries to confirm", len(lines))
        words = {
            "lead": _("Please ring, read out what stands here, and write down what has changed. Then confirm it on the "
                      "square under the address."),
            "right": _("All of it is right"), "away": _("Not reached"), "changed": _("What has changed"),
            "by": _("Who has rung, and when"), "none": _("Nothing waits to be confirmed. Enjoy your coffee."),
            "under": f"{count % {'count': len(lines)}} · {day}",
        }  # fmt: skip
        title = _("Phone list for confirming: %(name)s") % {"name": name}
    data: dict[str, Any] = {
        "language": language,
        "accent": municipality.accent,
        "title": printable(title),
        "author": printable(in_language(municipality.area.name, language)),
        "words": {key: well(said, language) for key, said in words.items()},
        "lines": [_said(line, language, host) for line in lines],
    }
    return Job(FOLDER, TEMPLATE, data), {f"entry:{line.id}" for line in lines}


def _lines(area: Area, language: str, now: datetime) -> Sequence[PaperLine]:
    """Due already or soon, the longest waiting first. Five queries."""
    with override(language):
        return paper_lines(to_ring_about(area, VISITOR, now=now), language=language, viewer=VISITOR, now=now)


def _said(line: PaperLine, language: str, host: str) -> dict[str, Any]:
    words = line.language or language
    return {
        "words": words,
        "title": well(line.title, words),
        "phone": printable(line.phone),
        "facts": [printable(fact[:LONGEST]) for fact in (line.address, line.email, line.hours) if fact],
        "confirmed": confirmed(line, language),
        "address": f"{host}/e/{line.code}",
    }
