"""The dates of these days, each event once."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import ngettext, override

from dorfplatz.entries.models import Entry
from dorfplatz.events.calendar_filter import CalendarFilter
from dorfplatz.events.enums import Change
from dorfplatz.events.queries import DateLine, lines_between
from dorfplatz.events.queries.lines import Reader
from dorfplatz.events.room import ROOM
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.noticeboard.filling.issue import Asked, Candidate, Said
from dorfplatz.noticeboard.filling.spine import entries_by_id, words_of

OWN, AROUND, PER_DAY, PER_STEP = 100, 62, 1.2, 4
LEAD = 150
DAY = {"de": "D, j. M", "nl": "D j b", "en": "D j M"}


def dates(asked: Asked) -> list[Candidate]:
    """By day and hour. Fifteen queries for each language, whatever there is."""
    if not asked.site.municipality.has_room(ROOM):
        return []
    by_language = {language: _lines(asked, language) for language in asked.languages}
    ids = list(by_language[asked.languages[0]])
    entries = entries_by_id(ids, asked)
    return [
        _candidate(entries[pk], {code: lines[pk] for code, lines in by_language.items() if pk in lines}, asked)
        for pk in ids
        if pk in entries
    ]


def _lines(asked: Asked, language: str) -> dict[int, list[DateLine]]:
    """The lines of each event in the order of its first date."""
    reader = Reader(asked.terms, language, VISITOR, asked.now)
    with override(language):
        agenda = lines_between(asked.everywhere, CalendarFilter(), reader, since=asked.since, until=asked.until)
    found: dict[int, list[DateLine]] = {}
    for day in agenda.days:
        for line in day.lines:
            known = found.setdefault(line.id, [])
            if line.on not in {other.on for other in known}:
                known.append(line)
    return found


def _candidate(entry: Entry, lines: dict[str, list[DateLine]], asked: Asked) -> Candidate:
    areas = [placement.area_id for placement in entry.placements.all()]
    distance = asked.distance(areas)
    first = next(iter(lines.values()))[0]
    ahead = max((first.day - asked.since).days, 0)
    weight = (OWN if distance == 0 else AROUND - PER_STEP * distance) - PER_DAY * ahead
    return Candidate(
        key=f"e{entry.pk}",
        section="dates",
        weight=weight,
        said={code: _said(entry, some, asked.names(areas, code), code) for code, some in lines.items()},
        path=f"/e/{entry.code}",
        entry_id=entry.pk,
    )


def _said(entry: Entry, lines: Sequence[DateLine], origin: str, language: str) -> Said:
    first, words = lines[0], words_of(entry, language)
    with override(language):
        days = date_format(first.day, DAY.get(language, "D j M"))
        more = len(lines) - 1
        again = ngettext("and once more", "and %(n)s times more", more) % {"n": more} if more else ""
        state = first.state_words if first.state else ""
        place = ", ".join(filter(None, [first.place, origin if origin and origin not in first.place else ""]))
    facts = " · ".join(filter(None, [place, *map(str, first.facts)]))
    return Said(
        title=words.title,
        kicker=" · ".join(filter(None, [days, first.hours if first.state != Change.CANCELLED else "", again, state])),
        note=facts,
        text=first.word or excerpt(plain(words.body), LEAD),
        language=words.language,
    )
