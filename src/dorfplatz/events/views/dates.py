"""Single dates of an event: called off, moved, added, put back; the rest, or the whole, called off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.events.actions import (
    call_off,
    change_date,
    end_series,
    put_back,
    put_back_date,
    say_coming,
    take_back_coming,
)
from dorfplatz.events.civil import Span
from dorfplatz.events.enums import Change, Status
from dorfplatz.events.forms.event import ComingForm, SingleDateForm
from dorfplatz.events.models import Event, Occurrence
from dorfplatz.events.policies import can_change_event
from dorfplatz.events.queries.lines import Reader, line_of
from dorfplatz.events.series import Single
from dorfplatz.events.views.opened import opened, page_of
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.villages.request import SquareRequest

SHOWN = 26
REST, BACK, WHOLE = "rest", "back", "whole"


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: SquareRequest, code: str) -> HttpResponse:
    """All dates to come, each with what can be done about it; and a form for an extra one, or to call the whole off."""
    event = opened(request, code)
    can_change_event(request.viewer, event).require()
    form = SingleDateForm(request.POST or None, choices=_choices_of_whole(event), initial={"what": Change.ADDED})
    if request.method == "POST" and form.is_valid() and _done_with_whole(request, event, form):
        return redirect(page_of(event.entry))
    reader = Reader(terms_of_municipality(request.municipality), request.LANGUAGE_CODE, request.viewer, timezone.now())
    ahead = event.occurrences.filter(ends_at__gte=reader.now).order_by("starts_at")[:SHOWN]
    context = {
        "event": event,
        "entry": event.entry,
        "page_url": page_of(event.entry),
        "lines": [line_of(one, event, reader) for one in ahead],
        "form": form,
        "is_off": event.status == Status.CANCELLED,
    }
    return render(request, "events/dates.html", context, status=422 if form.errors else 200)


def _choices_of_whole(event: Event) -> list[tuple[str, Any]]:
    whole = (
        (BACK, _("It takes place after all")) if event.status == Status.CANCELLED else (WHOLE, _("Call the whole off"))
    )
    return [(Change.ADDED, _("An extra date")), whole]


def _done_with_whole(request: SquareRequest, event: Event, form: SingleDateForm) -> bool:
    what, word = form.cleaned_data["what"], form.cleaned_data["word"]
    by, now = request.viewer, timezone.now()
    try:
        if what == WHOLE:
            call_off(event, word=word, by=by, now=now)
        elif what == BACK:
            put_back(event, by=by, now=now)
        else:
            span = _span(event, form, event.span)
            change_date(event, single=Single(span.starts_on, Change.ADDED, span, word), by=by, now=now)
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("Noted."))
    return True


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def single_date(request: SquareRequest, code: str, on: str) -> HttpResponse:
    """One date: call it off, move it, put it back, or call off all from here on."""
    event = opened(request, code)
    can_change_event(request.viewer, event).require()
    occurrence = _occurrence(event, on)
    usual = event.span.moved_to(occurrence.on)
    initial = {
        "what": Change.CANCELLED,
        "starts_on": occurrence.first_on,
        "starts_time": usual.starts_time,
        "ends_time": usual.ends_time,
    }
    form = SingleDateForm(request.POST or None, choices=_choices(event, occurrence), initial=initial)
    if request.method == "POST" and form.is_valid() and _done(request, event, occurrence, form):
        return redirect(page_of(event.entry))
    reader = Reader(terms_of_municipality(request.municipality), request.LANGUAGE_CODE, request.viewer, timezone.now())
    context = {
        "event": event,
        "entry": event.entry,
        "page_url": page_of(event.entry),
        "form": form,
        "line": line_of(occurrence, event, reader),
    }
    return render(request, "events/single_date.html", context, status=422 if form.errors else 200)


def _occurrence(event: Event, on: str) -> Occurrence:
    try:
        found = event.occurrences.filter(on=date.fromisoformat(on)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _choices(event: Event, occurrence: Occurrence) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [
        (Change.CANCELLED, _("This date does not take place")),
        (Change.MOVED, _("It is on another day or at another hour")),
    ]
    if occurrence.change:
        choices.append((BACK, _("It is as always after all")))
    return [*choices, (REST, _("From this day on it takes place no more"))] if event.rule else choices


def _done(request: SquareRequest, event: Event, occurrence: Occurrence, form: SingleDateForm) -> bool:
    what, word, on = form.cleaned_data["what"], form.cleaned_data["word"], occurrence.on
    by, now = request.viewer, timezone.now()
    try:
        if what == REST:
            end_series(event, before=on, word=word, by=by, now=now)
        elif what == BACK:
            put_back_date(event, on=on, by=by, now=now)
        else:
            span = _span(event, form, event.span.moved_to(on)) if what == Change.MOVED else None
            change_date(event, single=Single(on, Change(what), span, word), by=by, now=now)
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("Noted. Whoever comes gets a mail."))
    return True


def _span(event: Event, form: SingleDateForm, usual: Span) -> Span:
    """The new day and hours; what is left empty is as always."""
    moved = usual.moved_to(form.day(usual.starts_on))
    begins = form.cleaned_data["starts_time"] or moved.starts_time
    ends = form.cleaned_data["ends_time"] or (moved.ends_time if begins == moved.starts_time else None)
    last = moved.ends_on
    if begins and ends and last == moved.starts_on and ends <= begins:
        last += timedelta(days=1)
    elif begins and ends and ends > begins and last == moved.starts_on + timedelta(days=1):
        last = moved.starts_on
    return Span(moved.starts_on, begins, last, ends, event.zone)


@members_only
@require_POST
def come(request: SquareRequest, code: str) -> HttpResponse:
    """“I’m coming”, or not after all."""
    event = opened(request, code)
    form = ComingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say with how many you come: a number from 1 to 20."))
        return redirect(page_of(event.entry))
    on, by, now = form.cleaned_data["on"], request.viewer, timezone.now()
    try:
        if "not" in request.POST:
            take_back_coming(event, on=on, by=by, now=now)
            messages.success(request, _("Noted: you are not coming."))
        else:
            shows_name = form.cleaned_data["shows_name"]
            say_coming(event, on=on, persons=form.cleaned_data["persons"], shows_name=shows_name, by=by, now=now)
            messages.success(request, _("Nice that you are coming!"))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect(f"{page_of(event.entry)}?on={on.isoformat()}")
