"""The dates of a screen: a slide for each of the coming days, one for what comes after, and the organisation's own."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from dorfplatz.entries.queries import reading
from dorfplatz.entries.visible import visible_ids
from dorfplatz.events.calendar_filter import CalendarFilter
from dorfplatz.events.enums import Change
from dorfplatz.events.models import Occurrence
from dorfplatz.events.queries import DateLine, lines_between
from dorfplatz.events.queries.lines import Reader, lines_of
from dorfplatz.events.room import ROOM
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.noticeboard.filling import Asked
from dorfplatz.screens.models import Screen
from dorfplatz.screens.slides import Code, Line, Slide, code_to

# A screen without a network has today, tomorrow and the two days after.
DAYS, OWN_DAYS = 7, 4
ON_A_SLIDE, SLIDES_OF_A_DAY, AHEAD, OF_THE_CLUB, MOST_OF_THE_CLUB = 5, 3, 10, 5, 20
UNSAID = timedelta(hours=3)  # what does not say until when is over then
DAY = {"de": "D, j. M", "nl": "D j b", "en": "D j M"}
DAY_IN_FULL = {"de": "l, j. F", "nl": "l j F", "en": "l, j F"}


def date_slides(screen: Screen, asked: Asked, language: str, *, base: str) -> list[Slide]:
    """In one language: eight queries, and four for an organisation's own."""
    if not asked.site.municipality.has_room(ROOM):
        return []
    reader = Reader(asked.terms, language, VISITOR, asked.now)
    is_village = asked.area.pk != asked.site.municipality.area.pk
    code = code_to(f"{base}/{language}/{asked.area.slug}/" if is_village else f"{base}/{language}/")
    with override(language):
        agenda = lines_between(asked.everywhere, CalendarFilter(), reader, since=asked.since, until=asked.until)
        by_day = {day.day: _own_first(day.lines, asked, language) for day in agenda.days}
        days = [asked.since + timedelta(days=n) for n in range(OWN_DAYS)]
        found = [slide for day in days for slide in _of_day(day, by_day.get(day, []), language, code)]
        later = [line for day, lines in by_day.items() if day > asked.since + timedelta(days=1) for line in lines]
        own = _of_the_club(screen, reader, code)
        return [*own, *found, *_slides(later[:AHEAD], language, code, _("Coming up"), is_ahead=True)]


def _own_first(lines: Sequence[DateLine], asked: Asked, language: str) -> list[Line]:
    """As many as have room on a day's slides, one's own village before others; in the order of the clock."""
    own = {in_language(area.name, language) for area in (asked.area, asked.site.municipality.area)}
    order = sorted(range(len(lines)), key=lambda at: not own & {village.name for village in lines[at].villages})
    return [_line(lines[at], language, own) for at in sorted(order[: ON_A_SLIDE * SLIDES_OF_A_DAY])]


def _line(line: DateLine, language: str, own: AbstractSet[str] = frozenset()) -> Line:
    elsewhere = [
        village.name for village in line.villages if village.name not in own and village.name not in line.place
    ]
    return Line(
        day=line.day, day_words=date_format(line.day, DAY.get(language, "D j F")), hours=line.hours, title=line.title,
        place=", ".join(filter(None, [line.place, *elsewhere[:2]])), state=line.state_words,
        is_cancelled=line.state == Change.CANCELLED, language=line.language or language,
        until=line.ends_at if line.ends_at > line.starts_at else line.starts_at + UNSAID,
    )  # fmt: skip


def _of_day(day: date, lines: Sequence[Line], language: str, code: Code) -> list[Slide]:
    """A day's slides; one that says so where nothing is on."""
    words = date_format(day, DAY_IN_FULL.get(language, "l j F"))
    made = _slides(lines, language, code, "", day=day, day_words=words)
    empty = Slide("dates", "", language, code, text=_("Nothing is in the calendar for this day."), words_in=language)
    return made or [replace(empty, day=day, day_words=words)]


def _of_the_club(screen: Screen, reader: Reader, code: Code) -> list[Slide]:
    """The next dates of the organisation that the screen belongs to, under its name."""
    if screen.organization is None or not visible_ids([screen.organization_id or 0], VISITOR, now=reader.now):
        return []
    ahead = Occurrence.objects.filter(event__organiser=screen.organization_id, ends_at__gte=reader.now)
    rows = list(ahead.order_by("starts_at").values_list("pk", "event_id")[:MOST_OF_THE_CLUB])
    seen = visible_ids({event for _pk, event in rows}, VISITOR, now=reader.now)
    ids = [pk for pk, event in rows if event in seen][:OF_THE_CLUB]
    lines = lines_of(ids, reader)
    name = reading(screen.organization.entry, reader.language).title
    return _slides([_line(lines[pk], reader.language) for pk in ids], reader.language, code, name)


def _slides(lines: Sequence[Line], language: str, code: Code, heading: str, **more: Any) -> list[Slide]:
    return [
        Slide("dates", heading, language, code, lines=lines[at : at + ON_A_SLIDE], words_in=language, **more)
        for at in range(0, len(lines), ON_A_SLIDE)
    ]
