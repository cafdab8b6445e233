"""The calendar's sections of the home pages: today, and the next days with what is on next door."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext_lazy as words

from dorfplatz.events.queries import AgendaDay, HomeDates, home_dates
from dorfplatz.events.queries.lines import Reader
from dorfplatz.events.room import ROOM
from dorfplatz.portal.sections import Context, Section, Visit, sections
from dorfplatz.ui.said import said_day


def _found(visit: Visit) -> HomeDates:
    """Worked out once for both sections of a page."""
    known: HomeDates | None = visit.__dict__.get("home_dates")
    if known is None:
        look = visit.look
        village = visit.page.area if visit.is_village else None
        reader = Reader(look.terms, look.language, look.viewer, look.now, village.point if village else None)
        known = visit.__dict__["home_dates"] = home_dates(look.site, village, reader)
    return known


def _today(visit: Visit) -> Context:
    found = _found(visit)
    return {
        "lines": found.today,
        "has_more": bool(found.week or found.nearby),
        "add_url": reverse("events:add") if visit.look.viewer.is_member else "",
        "calendar_url": _address(visit.villages.parameters),
    }


def _this_week(visit: Visit) -> Context | None:
    found = _found(visit)
    if not (found.week or found.nearby):
        return None
    return {
        "days": [_day(day, visit) for day in found.week],
        "nearby": found.nearby,
        "calendar_url": _address(visit.villages.parameters),
        "around_url": _address([*visit.villages.parameters, ("neighbours", "1")]),
    }


def _address(pairs: list[tuple[str, str]]) -> str:
    base = reverse("events:calendar")
    return f"{base}?{urlencode(pairs)}" if pairs else base


def _day(day: AgendaDay, visit: Visit) -> dict[str, Any]:
    look = visit.look
    today = look.now.astimezone(ZoneInfo(look.site.municipality.timezone)).date()
    return {"words": said_day(day.day, today=today, language=look.language), "lines": day.lines}


def plug_dates() -> None:
    today = Section(words("Today"), "portal/sections/today.html", _today, room=ROOM)
    week = Section(words("In the next days"), "portal/sections/this_week.html", _this_week, room=ROOM)
    sections.plug("today", today, rank=5)
    sections.plug("week", week, rank=15)
