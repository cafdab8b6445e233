"""The calendar: as a list by day, a day, a week and a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dorfplatz.events.calendar_filter import (
    DAY,
    LIST,
    MONTH,
    VIEWS,
    WEEK,
    CalendarFilter,
    next_month,
    previous_month,
    read_calendar_filter,
)
from dorfplatz.events.facets import calendar_address, facet_groups, feed_address
from dorfplatz.events.queries import Agenda, AgendaDay, agenda, lines_between
from dorfplatz.events.queries.lines import Reader
from dorfplatz.events.room import require_room
from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.places.queries import Terms, terms_of_municipality
from dorfplatz.ui.parts import Step
from dorfplatz.ui.said import said_day
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.kept.alike import page_for_all_alike
from dorfplatz.villages.kept.notes import keep_under
from dorfplatz.villages.request import SquareRequest

FRAGMENT = "partial"
IN_A_CELL = 4


@dataclass(frozen=True)
class Shown:
    """What is asked, by whom, and what it found."""

    villages: VillageFilter
    asked: CalendarFilter
    reader: Reader
    today: date
    since: date
    until: date | None
    found: Agenda


@public
@require_safe
def calendar(request: SquareRequest) -> HttpResponse:
    """What is on, by village and question, day by day."""
    require_room(request)
    terms = terms_of_municipality(request.municipality)
    asked = read_calendar_filter(request.GET, [branch.term.slug for branch in terms.branches])
    chosen = request.village_filter
    villages = VillageFilter(request.site, chosen.chosen, chosen.with_neighbours)
    address = calendar_address(villages, asked)
    if not asked.q and asked.since is None and asked.until is None:
        keep_under(request, address)

    def made(many: SquareRequest) -> dict[str, Any]:
        return _context(many, _shown(many, villages, asked, terms))

    if request.headers.get("HX-Request-Type") == FRAGMENT:
        response = render(request, "events/calendar.html#dates", made(request))
    elif asked.q:
        response = render(request, "events/calendar.html", made(request))
    else:
        response = page_for_all_alike(request, "events/calendar.html", address, made)
    patch_vary_headers(response, ["HX-Request-Type"])
    return response


def _shown(request: SquareRequest, villages: VillageFilter, asked: CalendarFilter, terms: Terms) -> Shown:
    near = villages.only.point if villages.only else None
    reader = Reader(terms, request.LANGUAGE_CODE, request.viewer, timezone.now(), near)
    today = reader.now.astimezone(ZoneInfo(request.municipality.timezone)).date()
    since, until = asked.span(today)
    if asked.view == LIST:
        found = agenda(villages.area_ids, asked, reader, since=since, until=until)
    else:
        found = lines_between(villages.area_ids, asked, reader, since=since, until=until or since)
    return Shown(villages, asked, reader, today, since, until, found)


def _context(request: SquareRequest, shown: Shown) -> dict[str, Any]:
    villages, asked, language = shown.villages, shown.asked, shown.reader.language
    where = _where(villages, language)
    here = calendar_address(villages, asked)
    fields = [*villages.parameters, *replace(asked, q="").parameters]
    return {
        "where": where,
        "asked": asked,
        "days": [_day(day, shown) for day in shown.found.days],
        "is_month": asked.view == MONTH,
        "weeks": _weeks(shown) if asked.view == MONTH else [],
        "weekdays": [str(name) for _n, name in sorted(WEEKDAYS.items())],
        "count_words": _counted(shown.found.count),
        "tabs": _tabs(villages, asked),
        "span_words": _span_words(shown),
        "before": _moved(shown, -1),
        "after": _moved(shown, 1),
        "more_url": _more(shown),
        "groups": facet_groups(villages, asked, shown.reader.terms, language),
        "chosen_count": len(villages.parameters)
        + len(replace(asked, view=LIST, since=None, until=None, q="").parameters),
        "clear_url": calendar_address(VillageFilter(request.site), CalendarFilter(view=asked.view), forget=True),
        "search_url": reverse("events:calendar"),
        "search_fields": fields,
        "address": request.build_absolute_uri(here),
        "feed_url": request.build_absolute_uri(feed_address(villages, asked)),
        "add_url": reverse("events:add") if request.viewer.is_member else "",
        "nearby": _nearby(shown) if not shown.found.days and not asked.q else [],
        "now": shown.reader.now,
    }


def _where(villages: VillageFilter, language: str) -> str:
    if villages.is_all:
        return in_language(villages.site.municipality.area.name, language)
    names = [in_language(area.name, language) for area in villages.chosen]
    if len(names) > 3:
        return _("%(count)d villages") % {"count": len(names)}
    return ", ".join(names)


def _day(day: AgendaDay, shown: Shown) -> dict[str, Any]:
    words = said_day(day.day, today=shown.today, language=shown.reader.language)
    with_date = words if abs((day.day - shown.today).days) > 1 else f"{words}, {date_format(day.day, 'DATE_FORMAT')}"
    return {"day": day.day, "words": with_date, "is_today": day.day == shown.today, "lines": day.lines}


def _weeks(shown: Shown) -> list[list[dict[str, Any]]]:
    """The month as rows of seven days; those of other months are empty."""
    by_day = {day.day: day for day in shown.found.days}
    first = shown.since - timedelta(days=shown.since.weekday())
    last = shown.until or shown.since
    weeks = []
    while first <= last:
        days = [first + timedelta(days=n) for n in range(7)]
        weeks.append([_cell(day, by_day.get(day), shown) for day in days])
        first += timedelta(days=7)
    return weeks


def _cell(day: date, found: AgendaDay | None, shown: Shown) -> dict[str, Any]:
    lines = found.lines if found else ()
    return {
        "day": day,
        "number": day.day,
        "is_inside": day.month == shown.since.month,
        "is_today": day == shown.today,
        "lines": lines[:IN_A_CELL],
        "more": max(len(lines) - IN_A_CELL, 0),
        "url": calendar_address(shown.villages, replace(shown.asked, view=DAY, since=day, until=None)) if lines else "",
        "words": date_format(day, "l j F"),
    }


def _counted(count: int) -> str:
    return ngettext("%(n)d date", "%(n)d dates", count) % {"n": count} if count else _("No dates")


def _tabs(villages: VillageFilter, asked: CalendarFilter) -> list[Step]:
    labels = {LIST: _("List"), DAY: _("Day"), WEEK: _("Week"), MONTH: _("Month")}
    return [
        Step(
            labels[view],
            calendar_address(villages, replace(asked, view=view, until=asked.until if view == LIST else None)),
            is_current=asked.view == view,
        )
        for view in VIEWS
    ]


def _span_words(shown: Shown) -> str:
    language, since, until = shown.reader.language, shown.since, shown.until
    if shown.asked.view == MONTH:
        return date_format(since, "F Y")
    first = said_day(since, today=shown.today, language=language)
    if shown.asked.view == DAY:
        return first
    if shown.asked.view == WEEK or until:
        return f"{date_format(since, 'DATE_FORMAT')} – {date_format(until or since, 'DATE_FORMAT')}"
    return "" if since == shown.today else _("from %(day)s") % {"day": date_format(since, "DATE_FORMAT")}


def _moved(shown: Shown, step: int) -> str:
    """The address of the day, week or month before or after; "" for a list."""
    since = shown.since
    if shown.asked.view == LIST:
        return ""
    if shown.asked.view == MONTH:
        since = next_month(since) if step > 0 else previous_month(since)
    else:
        since += timedelta(days=step * (7 if shown.asked.view == WEEK else 1))
    return calendar_address(shown.villages, replace(shown.asked, since=since, until=None))


def _more(shown: Shown) -> str:
    if shown.found.more_from is None:
        return ""
    return calendar_address(shown.villages, replace(shown.asked, since=shown.found.more_from))


def _nearby(shown: Shown) -> list[Any]:
    """What is on next door, where there is nothing here: never an empty page."""
    around = replace(shown.villages, with_neighbours=True)
    if around.is_all and shown.villages.with_neighbours:
        return []
    found = agenda(around.area_ids, replace(shown.asked, view=LIST), shown.reader, since=shown.since, until=None)
    return [line for day in found.days for line in day.lines][:6]
