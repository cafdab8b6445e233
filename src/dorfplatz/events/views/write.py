"""Setting out and changing events; the same again in the coming year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dorfplatz.entries.actions import hang_chosen
from dorfplatz.entries.enums import State
from dorfplatz.entries.form_keys import given_form_key, new_form_key
from dorfplatz.entries.picture_form import PictureForm
from dorfplatz.entries.tongue import author_language
from dorfplatz.events.actions import add_event_once, change_event
from dorfplatz.events.drafts import EventDraft
from dorfplatz.events.enums import Repeats
from dorfplatz.events.forms.drafting import a_year_later, draft_of, initial_of, new_initial, repeats_of
from dorfplatz.events.forms.event import EventForm
from dorfplatz.events.models import Event
from dorfplatz.events.policies import can_add_event, can_change_event
from dorfplatz.events.queries import voices_of
from dorfplatz.events.queries.page import halls_of
from dorfplatz.events.room import require_room
from dorfplatz.events.views.opened import opened, page_of
from dorfplatz.kernel.access import members_only
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest

# Fields that stand folded away until somebody needs them.
FOLDED = (
    "is_free",
    "cost_note",
    "registration",
    "capacity",
    "step_free",
    "generations",
    "spoken_languages",
    "audience",
)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SquareRequest) -> HttpResponse:
    """The form for a new event; sent twice it adds one."""
    require_room(request)
    if request.method != "POST":
        return _shown(request, _form(request, initial=_first_values(request)), _pictures(request))
    return _add(request)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: SquareRequest, code: str) -> HttpResponse:
    """The same again, a year later: the form filled with what was, its days moved by whole weeks."""
    present = opened(request, code)
    can_change_event(request.viewer, present).require()
    if request.method == "POST":
        return _add(request, present)
    today = timezone.now().astimezone(ZoneInfo(present.zone)).date()
    values = {**a_year_later(initial_of(present), today), "form_key": new_form_key()}
    return _shown(request, _form(request, initial=values, present=present), _pictures(request), copied=present)


def _add(request: SquareRequest, copied: Event | None = None) -> HttpResponse:
    pictures = _pictures(request)
    are_taken = pictures.take(request, now=timezone.now())
    form = _form(request, data=pictures.sent(request), present=copied)
    if not (form.is_valid() and are_taken):
        return _shown(request, form, pictures, copied=copied)
    draft = draft_of(form.cleaned_data, site=request.site, languages=form.languages, present=copied)
    verdict = can_add_event(request.viewer, list(draft.words.areas))
    if not verdict:
        form.add_error("villages", verdict.reason)
        return _shown(request, form, pictures, copied=copied)
    event = _add_once(request, draft, pictures.form_key)
    _hang(request, event, pictures)
    _thank(request, event)
    return redirect(page_of(event.entry))


def _add_once(request: SquareRequest, draft: EventDraft, form_key: str) -> Event:
    """Added; or, where the same form arrives twice at one moment, what the other one added."""
    now, by = timezone.now(), request.viewer
    try:
        return add_event_once(draft, form_key=form_key, by=by, now=now)
    except IntegrityError:
        return add_event_once(draft, form_key=form_key, by=by, now=now)


def _pictures(request: SquareRequest, event: Event | None = None) -> PictureForm:
    key = given_form_key(request.POST.get("form_key", ""))
    entry = event.entry if event else None
    return PictureForm(form_key=key, by=request.viewer, language=request.LANGUAGE_CODE, entry=entry)


def _hang(request: SquareRequest, event: Event, pictures: PictureForm) -> None:
    if can_change_event(request.viewer, event):
        hang_chosen(event.entry, form_key=pictures.form_key, by=request.viewer, now=timezone.now())


def _thank(request: SquareRequest, event: Event) -> None:
    if event.entry.state == State.PUBLISHED:
        text = _("“%(title)s” is in the calendar. Thank you!")
    else:
        text = _("“%(title)s” is kept. Somebody looks at it before it appears.")
    messages.success(request, text % {"title": event.entry.title})


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, code: str) -> HttpResponse:
    """The form for an event that is there. Somebody else's change in between is said, not overwritten."""
    event = opened(request, code)
    can_change_event(request.viewer, event).require()
    pictures = _pictures(request, event)
    if request.method != "POST":
        initial = {**initial_of(event), "seen": _stamp(event), "form_key": new_form_key()}
        return _shown(request, _form(request, initial=initial, present=event), pictures, event)
    were = _stamp(event)
    are_taken = pictures.take(request, now=timezone.now())
    form = _form(request, data=pictures.sent(request), present=event)
    if not (form.is_valid() and are_taken):
        return _shown(request, form, pictures, event)
    if request.POST.get("seen") != were:
        _warn_of_other(form, event)
        return _shown(request, form, pictures, event)
    draft = draft_of(form.cleaned_data, site=request.site, languages=form.languages, present=event)
    verdict = can_add_event(request.viewer, list(draft.words.areas))
    if not verdict:
        form.add_error("villages", verdict.reason)
        return _shown(request, form, pictures, event)
    change_event(event, draft=draft, by=request.viewer, now=timezone.now())
    _hang(request, event, pictures)
    messages.success(request, _("Saved. Whoever comes gets a mail where day, hour or place have changed."))
    return redirect(page_of(event.entry))


def _form(request: SquareRequest, present: Event | None = None, **kwargs: Any) -> EventForm:
    now = timezone.now()
    voices = voices_of(request.site, request.viewer, now=now)
    if present is not None and present.organiser is not None:
        voices = list(dict.fromkeys([*voices, (present.organiser.pk, present.organiser.entry.title)]))
    rule = present.series_rule if present else None
    return EventForm(
        **kwargs,
        site=request.site,
        terms=terms_of_municipality(request.municipality),
        language=request.LANGUAGE_CODE,
        author_language=author_language(request),
        places=halls_of(request.site, request.viewer, now=now),
        voices=voices,
        has_own_rule=bool(rule and present and repeats_of(rule, present.starts_on) == Repeats.AS_IT_IS),
    )


def _first_values(request: SquareRequest) -> dict[str, Any]:
    """A new form: in her village."""
    values = {**new_initial(), "form_key": new_form_key()}
    home = request.site.by_id.get(request.viewer.home_area_id or 0)
    chosen = request.usual_villages.only or home
    if chosen is not None:
        values["villages"] = [chosen.pk]
    organiser = request.GET.get("organiser", "")
    return {**values, "organiser": int(organiser)} if organiser.isdecimal() and len(organiser) < 12 else values


def _stamp(event: Event) -> str:
    return event.entry.changed_at.isoformat()


def _warn_of_other(form: EventForm, event: Event) -> None:
    """Say that somebody else was quicker; the next save is meant to replace what that person saved."""
    form.add_error(
        None,
        _(
            "Somebody else changed this date after you opened it. What you typed is still here: "
            "look it over, and save again to replace the other’s version with yours."
        ),
    )
    data = cast("QueryDict", form.data).copy()
    data["seen"] = _stamp(event)
    form.data = data


def _shown(
    request: SquareRequest,
    form: EventForm,
    pictures: PictureForm,
    event: Event | None = None,
    copied: Event | None = None,
) -> HttpResponse:
    first = Step(_("Calendar"), reverse("events:calendar"))
    present = event or copied
    context: Mapping[str, Any] = {
        "form": form,
        "pictures": pictures,
        "event": event,
        "copied": copied,
        "title": present.entry.title if present else "",
        "steps": [first, Step(event.entry.title, page_of(event.entry))] if event else [first],
        "cancel_url": page_of(present.entry) if present else reverse("events:calendar"),
        "more_is_open": any(form[name].errors for name in FOLDED),
    }
    return render(request, "events/event_form.html", context, status=422 if form.errors or pictures.errors else 200)
