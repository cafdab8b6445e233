"""A poster of one entry of any kind: what, when, where, and the way to it; with slips to tear off."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import Reading, first_pictures, reading
from dorfplatz.entries.sockets import kinds
from dorfplatz.events.models import Event
from dorfplatz.events.queries.lines import Reader, line_of
from dorfplatz.exchange.words import kicker, route_in_words, when_in_words
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import excerpt, in_language, plain
from dorfplatz.members.queries import connectors_of
from dorfplatz.noticeboard.colours import ink_of
from dorfplatz.noticeboard.pictured import pictured
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.places.queries.paper import paper_lines
from dorfplatz.press.engine import Job
from dorfplatz.press.letters import paragraphs, printable, well
from dorfplatz.press.qr import qr_drawing
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import base_url
from dorfplatz.wishes.enums import Mood
from dorfplatz.wishes.queries import counts_of
from dorfplatz.wishes.words import joined_in_words

FOLDER, TEMPLATE = Path(__file__).parent / "sheets", "poster.typ"
LEAD, SLIP, DATES = 700, 60, 3
SLIPS = 8
A4 = {"width": 210, "height": 297, "side": 18, "top": 14, "bottom": 12, "size": 17, "title": 50, "code": 34,
      "slips": 62, "scale": 1}  # fmt: skip
A3 = {"width": 297, "height": 420, "side": 24, "top": 19, "bottom": 17, "size": 24, "title": 72, "code": 48,
      "slips": 62, "scale": 1.4}  # fmt: skip
SIZES: dict[str, dict[str, Any]] = {"a4": A4, "a3": A3}


@dataclass(frozen=True)
class Wanted:
    """How somebody wants her poster."""

    size: str
    language: str
    with_picture: bool = True
    with_slips: bool = True


def poster_of(entry: Entry, municipality: Municipality, wanted: Wanted, *, now: datetime) -> tuple[Job, set[str]]:
    """The job, and in the journal's words what stands on it. `entry` is one that strangers may read, with words."""
    form, language = SIZES[wanted.size], wanted.language
    address = f"{base_url(municipality)}/e/{entry.code}"
    words, files = reading(entry, language), dict[str, bytes]()
    areas = [placement.area for placement in entry.placements.all()]
    row = first_pictures([entry.pk]).get(entry.pk) if wanted.with_picture else None
    with override(language):
        said = _said(entry, municipality, words, now)
        names = [face.name for face in connectors_of(areas, VISITOR)[:2]]
        ask = _("Without internet: %(names)s helps.") % {"names": ", ".join(names)} if names else ""
        told = {"way": _("More about it, and how to get in touch: scan the code or type the address."), "ask": ask}
        shown = pictured(row.picture if row else None, language, form["width"] - 2 * form["side"], files)
        qr_words = _("Code: %(address)s") % {"address": address.partition("://")[2]}
    data: dict[str, Any] = {
        "format": form, "language": language, "accent": ink_of(areas[0]) if areas else "#A63D2F",
        "title": printable(words.title), "author": printable(in_language(municipality.area.name, language)),
        "said": said, "picture": shown, "qr": qr_drawing(address), "qr_words": qr_words,
        "address": address.partition("://")[2], "words": {key: well(text, language) for key, text in told.items()},
        "slips": {
            "count": SLIPS if wanted.with_slips else 0, "title": well(excerpt(words.title, SLIP), words.language),
            "ask": "",
        },
    }  # fmt: skip
    things = {f"entry:{entry.pk}", *({f"picture:{row.picture_id}"} if row and files else ())}
    return Job(FOLDER, TEMPLATE, data, files), things


def _said(entry: Entry, municipality: Municipality, words: Reading, now: datetime) -> dict[str, Any]:
    code = words.language
    head, facts = _facts(entry, municipality, now)
    return {
        "kicker": printable(head), "title": well(words.title, code), "language": code,
        "facts": [well(fact, code) for fact in facts if fact],
        "paragraphs": paragraphs(excerpt(plain(words.body), LEAD), code),
    }  # fmt: skip


def _facts(entry: Entry, municipality: Municipality, now: datetime) -> tuple[str, list[str]]:
    """What stands above the title, and the lines below it, by kind; for any other kind its name alone."""
    language = get_language() or "de"
    if hasattr(entry, "event"):
        return _of_event(entry.event, municipality, language, now)
    if hasattr(entry, "exchange"):
        entry.exchange.entry = entry
        when = when_in_words(entry.exchange, now=now, language=language)
        return kicker(entry.exchange), [route_in_words(entry.exchange), when]
    if hasattr(entry, "wish"):
        joined = counts_of([entry.pk]).get(entry.pk, 0) + entry.wish.on_paper
        return str(Mood(entry.wish.mood).label), [joined_in_words(joined)]
    if hasattr(entry, "listing"):
        lines = paper_lines([entry.pk], language=language, viewer=VISITOR, now=now)
        return str(kinds[entry.kind].label), [part for line in lines for part in (line.hours, line.address, line.phone)]
    return str(kinds[entry.kind].label), []


def _of_event(event: Event, municipality: Municipality, language: str, now: datetime) -> tuple[str, list[str]]:
    reader = Reader(terms_of_municipality(municipality), language, VISITOR, now)
    ahead = event.occurrences.filter(ends_at__gte=now).order_by("starts_at")[:DATES]
    lines = [line_of(one, event, reader) for one in ahead]
    places = list(dict.fromkeys(line.place for line in lines))
    states = [f"{line.when} · {line.state_words}" if line.state else line.when for line in lines]
    return (lines[0].theme if lines else "") or str(kinds[event.entry.kind].label), [*states, *places]


def poster_subject(entry: Entry, wanted: Wanted) -> dict[str, Any]:
    """What is ordered of the press."""
    return {"entry": entry.pk, **asdict(wanted)}
