"""Calendars for other programs: all dates under the calendar's filters, and one event."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from dorfplatz.events.calendar_filter import read_calendar_filter
from dorfplatz.events.ical.writing import Written, write_calendar
from dorfplatz.events.queries import event_of
from dorfplatz.events.queries.feed import Asker, events_for_calendars, written_events
from dorfplatz.events.room import require_room
from dorfplatz.kernel.access import public
from dorfplatz.kernel.text import in_language
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.villages.request import SquareRequest

AGE_S = 900


@public
@require_safe
def all_dates(request: SquareRequest) -> HttpResponse:
    """`/calendar.ics`: the dates of these villages, in the reader's language; `lang` names another."""
    require_room(request)
    asker = _asker(request)
    with override(asker.language):
        terms = terms_of_municipality(request.municipality)
        asked = read_calendar_filter(request.GET, [branch.term.slug for branch in terms.branches])
        asked = replace(asked, view="list", since=None, until=None)
        today = asker.now.astimezone(ZoneInfo(request.municipality.timezone)).date()
        events = events_for_calendars(request.village_filter.area_ids, asked, asker, today=today)
        areas = request.village_filter.chosen or (request.municipality.area,)
        name = _("Dates: %(where)s") % {"where": ", ".join(in_language(area.name, asker.language) for area in areas)}
    return _answer(request, events, name, asker, "dorfplatz.ics")


@public
@require_safe
def one_event(request: SquareRequest, code: str) -> HttpResponse:
    """One event with all its dates, to take into one's own calendar."""
    require_room(request)
    asker = _asker(request)
    event = event_of(code, request.viewer, now=asker.now)
    if event is None:
        raise Http404
    with override(asker.language):
        today = asker.now.astimezone(ZoneInfo(event.zone)).date()
        events = written_events([event.pk], asker, today=today)
    return _answer(request, events, events[0].title, asker, f"{event.entry.title_words}.ics")


def _asker(request: SquareRequest) -> Asker:
    wanted = request.GET.get("lang", "")
    language = wanted if wanted in request.municipality.languages else request.LANGUAGE_CODE
    return Asker(language, request.viewer, timezone.now(), request.build_absolute_uri("/")[:-1])


def _answer(request: SquareRequest, events: list[Written], name: str, asker: Asker, file_name: str) -> HttpResponse:
    zone = request.municipality.timezone
    body = write_calendar(events, name=name, language=asker.language, zone=zone).encode()
    etag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
        response["Content-Disposition"] = f'inline; filename="{file_name}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={AGE_S}"
    return response
