"""The desk: one page with all that waits, and what is sent from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.desk.actions import do_item, hand_on_item, put_off_item, remove_note, write_note
from dorfplatz.desk.enums import USE_DESK, KeptFor, Later
from dorfplatz.desk.forms import HandOnForm, KeyForm, LaterForm, NoteForm
from dorfplatz.desk.queries import desk_of, note_by_id
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.said import said_day, said_moment
from dorfplatz.villages.request import SquareRequest

AT_ONCE = 12  # things on the page: a good quarter of an hour
PLACE = re.compile(r"[a-z-]{1,40}-[0-9]{1,12}")


@dataclass(frozen=True)
class Stuck:
    """What could not be done, and what was written with it, so that nothing is lost."""

    key: str
    verb: str
    words: str
    problem: str


@needs(USE_DESK)
@never_cache
@require_safe
def desk(request: SquareRequest) -> HttpResponse:
    """What waits, what presses most first."""
    return _page(request)


def _page(request: SquareRequest, stuck: Stuck | None = None) -> HttpResponse:
    found = desk_of(request.site, request.viewer, now=timezone.now())
    request.desk_count = len(found.items)  # type: ignore[attr-defined]  # for the door in the menu
    is_whole = "all" in request.GET or bool(stuck and stuck.key not in {item.key for item in found.items[:AT_ONCE]})
    shown = found.in_turn(None if is_whole else AT_ONCE)
    address, whole = reverse("desk:item"), {"all": "1"} if is_whole else {}
    turns = [(item, address + _query({"after": after} | whole)) for item, after in shown]
    context = {
        "desk": found, "turns": turns, "rest": len(found.items) - len(turns), "stuck": stuck,
        "laters": _said(Later.choices), "kept_for": _said(KeptFor.choices),
    }  # fmt: skip
    return render(request, "desk/desk.html", context, status=422 if stuck else 200)


def _said(choices: Sequence[tuple[Any, Any]]) -> list[tuple[Any, str]]:
    """In the active language once, not for each thing."""
    return [(value, str(label)) for value, label in choices]


def _query(parameters: Mapping[str, str]) -> str:
    known = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(known)}" if known else ""


@needs(USE_DESK)
@require_POST
def item(request: SquareRequest) -> HttpResponse:
    """One thing done, put off, handed on or noted; then the desk again."""
    form = KeyForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {}
    if "words" in form.errors and {"key", "verb"} <= said.keys() | form.cleaned_data.keys():
        key, verb = form.cleaned_data["key"], form.cleaned_data["verb"]
        return _page(request, Stuck(key, verb, request.POST.get("words", ""), _("Please write a little less.")))
    if not said:
        messages.info(request, _("This does not wait any more: somebody has seen to it."))
        return redirect("desk:desk")
    steps: dict[str, Step] = {"later": _put_off, "hand_on": _hand_on, "note": _note}
    try:
        told = steps.get(said["verb"], _do)(request, said["key"], timezone.now())
    except Problem as problem:
        if not desk_of(request.site, request.viewer, now=timezone.now()).item(said["key"]):
            messages.info(request, str(problem))
            return _further(request)
        words = request.POST.get("text", "") or said["words"]
        return _page(request, Stuck(said["key"], said["verb"], words, str(problem)))
    messages.success(request, told)
    return _further(request, said["key"] if said["verb"] == "note" else "")


def _further(request: SquareRequest, key: str = "") -> HttpResponse:
    """To what is next on the desk, so that nobody looks for it; or to the item itself."""
    place = key.replace(":", "-") or request.GET.get("after", "")
    address = reverse("desk:desk") + _query({"all": "1"} if "all" in request.GET else {})
    return redirect(f"{address}#{place}" if PLACE.fullmatch(place) else address)


Step = Callable[[SquareRequest, str, datetime], str]


def _cleaned(form: Form) -> None:
    if not form.is_valid():
        raise Problem(" ".join(str(error) for errors in form.errors.values() for error in errors))


def _do(request: SquareRequest, key: str, now: datetime) -> str:
    verb, words = request.POST["verb"], request.POST.get("words", "")
    return do_item(key, verb=verb, words=words, site=request.site, by=request.viewer, now=now)


def _put_off(request: SquareRequest, key: str, now: datetime) -> str:
    form = LaterForm(request.POST)
    _cleaned(form)
    later = Later(form.cleaned_data["later"])
    until = put_off_item(key, later=later, site=request.site, by=request.viewer, now=now)
    when = said_moment(until, now=now, language=request.LANGUAGE_CODE)
    return _("Put off. It is here again: %(when)s.") % {"when": when}


def _hand_on(request: SquareRequest, key: str, now: datetime) -> str:
    form = HandOnForm(request.POST)
    _cleaned(form)
    other = hand_on_item(key, to_id=form.cleaned_data["to"], site=request.site, by=request.viewer, now=now)
    return _("It lies on the desk of %(name)s now.") % {"name": other.name}


def _note(request: SquareRequest, key: str, now: datetime) -> str:
    form = NoteForm(request.POST)
    _cleaned(form)
    note = write_note(key, draft=form.draft, site=request.site, by=request.viewer, now=now)
    day = said_day(note.erase_on, today=now.date(), language=request.LANGUAGE_CODE)
    return _("Noted. The note is erased by itself: %(day)s.") % {"day": day}


@needs(USE_DESK)
@require_POST
def note_remove(request: SquareRequest, pk: int) -> HttpResponse:
    """Erase a note before its day."""
    note = note_by_id(pk, request.viewer, now=timezone.now())
    if note is None or note.area_id not in {area.pk for area in (request.municipality.area, *request.site.villages)}:
        raise Http404
    remove_note(note, by=request.viewer, now=timezone.now())
    messages.success(request, _("The note is erased."))
    return redirect("desk:desk")
