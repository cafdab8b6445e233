"""The calendar: dates that are off or at another time, for those who come; and the dates of the week for the letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions import Telling, tell_people
from dorfplatz.channels.enums import Way
from dorfplatz.channels.issue import Asked, Line
from dorfplatz.channels.models import Note
from dorfplatz.channels.sockets import Section, Sort, sections, sorts
from dorfplatz.events.calendar_filter import CalendarFilter
from dorfplatz.events.facts import DatesChanged
from dorfplatz.events.models import Coming
from dorfplatz.events.queries import lines_between
from dorfplatz.events.queries.lines import DateLine, Reader
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.kernel.facts import subscribe
from dorfplatz.places.queries import terms_of_municipality

CHANNELS = system("channels")
MOST_READ = 60


def hear_of_change(fact: DatesChanged) -> None:
    """For all who come on that day, or on a day that is to come."""
    now = timezone.now()
    some = Coming.objects.filter(event=fact.entry_id, **({"on": fact.on} if fact.on else {"on__gte": now.date()}))
    about = {"on": fact.on.isoformat()} if fact.on else {}
    key = f"date:{fact.entry_id}:{fact.on or 'all'}:{now:%Y%m%d%H%M}"
    telling = Telling("date", key, fact.entry_id, about=about)
    people = list(some.values_list("identity_id", flat=True).distinct())
    if people:
        tell_people(people, telling=telling, by=CHANNELS, now=now)


def _day(note: Note) -> str:
    return date_format(date.fromisoformat(note.about["on"]), "DATE_FORMAT") if "on" in note.about else ""


def coming_dates(section: Section, asked: Asked, viewer: Actor) -> Sequence[Line]:
    """What takes place in the next week: one's own villages first, then around, each by its hour."""
    del section
    site = asked.site
    today = asked.now.astimezone(ZoneInfo(site.municipality.timezone)).date()
    reader = Reader(terms_of_municipality(site.municipality), asked.taste.language, viewer, asked.now)
    until = today + timedelta(days=7 if asked.days > 1 else 1)
    near = _lines(asked, [*asked.taste.own, site.municipality.area.pk], reader, today, until)
    around = _lines(asked, list(asked.taste.around), reader, today, until) if asked.taste.around else []
    known = {line.id for line in near}
    return [
        *(_line(line, asked, "") for line in near),
        *(_line(line, asked, ", ".join(v.name for v in line.villages)) for line in around if line.id not in known),
    ]


def _lines(asked: Asked, areas: Sequence[int], reader: Reader, since: date, until: date) -> list[DateLine]:
    del asked
    found = lines_between(frozenset(areas), CalendarFilter(), reader, since=since, until=until, most=MOST_READ)
    once = {line.id: line for day in found.days for line in day.lines if line.ends_at >= reader.now}
    return sorted(once.values(), key=lambda line: line.starts_at)


def _line(line: DateLine, asked: Asked, origin: str) -> Line:
    when = f"{line.when} ({line.state_words})" if line.state_words else line.when
    return Line(
        title=line.title, url=asked.origin + line.url, when=when, lead=line.place, origin=origin, language=line.language
    )


def plug_events() -> None:
    date_sort = Sort(
        _("A date I come to is off, or at another time"), _("Something is different:"), "calendar-days", Way.AT_ONCE,
        about=_day, mails=("event:",),
    )  # fmt: skip
    sorts.plug("date", date_sort, rank=20)
    dates = Section(_("Coming up"), "calendar-days", frozenset({"events"}), coming_dates)
    sections.plug("dates", dates, rank=-10)
    subscribe(DatesChanged, hear_of_change)
