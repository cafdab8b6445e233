"""On the telephone, on paper: who it is and what about; and whom to ring with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.entries.form_keys import new_form_key
from dorfplatz.intake.actions import note_all_told, note_told, take_back_told
from dorfplatz.intake.forms import IntakeForm
from dorfplatz.intake.models import LONGEST_NOTE
from dorfplatz.intake.queries import Ringing, call_list
from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.acting import begin_acting
from dorfplatz.members.actions import take_in_person
from dorfplatz.members.enums import ACT_FOR
from dorfplatz.members.models import Mandate
from dorfplatz.members.queries import looked_after, villages_to_help
from dorfplatz.members.session_keys import renew_key
from dorfplatz.members.sockets import Writing, writings
from dorfplatz.places.entry_facts import call_address
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SquareRequest) -> HttpResponse:
    """Who it is and what about: from here one goes straight on, in her name."""
    viewer = request.viewer
    if viewer.hand_id is not None:
        return _on_the_way(request)
    villages = villages_to_help(request.site, viewer)
    if not villages:
        raise Http404
    form = _form(request, villages)
    ways = _ways(request)
    about = request.POST.get("about", "")
    if request.method == "POST" and form.is_valid() and about in ways:
        mandate = _mandate(request, form, ways[about])
        if mandate is not None:
            begin_acting(request, mandate.person_id, now=timezone.now(), back=reverse("intake:start"))
            renew_key(request)
            return redirect(_url(ways[about], mandate))
    waiting = sum(len(one.waiting) for one in call_list(viewer, now=timezone.now()))
    context = {"form": form, "ways": ways.items(), "waiting": waiting, "has_known": bool(form.known)}
    return render(request, "intake/start.html", context, status=422 if form.errors else 200)


def _on_the_way(request: SquareRequest) -> HttpResponse:
    """The form came twice: one is in her name already, so on it goes. The banner leads back."""
    way = _ways(request).get(request.POST.get("about", ""))
    home = request.site.by_id.get(request.viewer.home_area_id or 0)
    slug = str(home.slug) if home else ""
    return redirect((way or _ways(request)["other"]).url(slug))


def _form(request: SquareRequest, villages: Sequence[Area]) -> IntakeForm:
    known = looked_after(request.viewer, now=timezone.now())
    home = request.site.by_id.get(request.viewer.home_area_id or 0)
    start = {"form_key": new_form_key(), "village": home.slug if home else ""}
    if known:
        start["person"] = request.GET.get("person", "")
    languages = request.municipality.languages
    return IntakeForm(request.POST or None, initial=start, known=known, villages=villages, languages=languages)


def _ways(request: SquareRequest) -> dict[str, Writing]:
    return {name: one for name, one in writings.items() if not one.room or request.municipality.has_room(one.room)}


def _url(way: Writing, mandate: Mandate) -> str:
    return way.url(str(mandate.person.home_area.slug) if mandate.person.home_area else "")


def _mandate(request: SquareRequest, form: IntakeForm, way: Writing) -> Mandate | None:
    """Of somebody known, or begun now; None where it cannot be, which the form then says."""
    if form.mandate is not None:
        return form.mandate
    said: dict[str, Any] = {
        "name": form.cleaned_data["name"], "home": form.home,
        "language": form.cleaned_data["language"] or request.municipality.default_language,
        "consent": form.consent(str(way.purpose)), "form_key": form.key,
    }  # fmt: skip
    try:
        try:
            return take_in_person(**said, by=request.viewer, now=timezone.now())
        except IntegrityError:  # the same form at the same moment
            return take_in_person(**said, by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


@needs(ACT_FOR)
@never_cache
@require_safe
def call_list_page(request: SquareRequest) -> HttpResponse:
    """Whom to ring, with what; to be ticked off, or printed."""
    return _list(request, call_list(request.viewer, now=timezone.now()))


def _list(request: SquareRequest, people: Sequence[Ringing], problem: str = "", stuck: str = "") -> HttpResponse:
    context = {
        "people": [{"one": one, "phone_url": call_address(one.mandate.phone)} for one in people],
        "waiting": sum(len(one.waiting) for one in people),
        "today": timezone.localdate(),
        "problem": problem,
        "stuck": stuck,
        "said": request.POST.get("said", ""),
        "longest": LONGEST_NOTE,
    }
    return render(request, "intake/calls.html", context, status=422 if problem else 200)


@needs(ACT_FOR)
@never_cache
@require_POST
def tick(request: SquareRequest) -> HttpResponse:
    """Told, all told, or not told after all."""
    now, key, wanted = timezone.now(), request.POST.get("key", ""), request.POST.get("do", "")
    person = request.POST.get("person", "")
    person_id = int(person) if person.isdecimal() and len(person) < 19 else 0
    try:
        told = _done(request, person_id, key, wanted)
    except Problem as problem:
        stuck = f"{person_id}-{key.replace(':', '-')}"
        return _list(request, call_list(request.viewer, now=now), str(problem), stuck)
    messages.success(request, told)
    return redirect(f"{reverse('intake:calls')}#person-{person_id}")


def _done(request: SquareRequest, person_id: int, key: str, wanted: str) -> str:
    now, by = timezone.now(), request.viewer
    if wanted == "all":
        count = note_all_told(person_id, by=by, now=now)
        return ngettext("One thing is told.", "%(n)d things are told.", count) % {"n": count}
    if wanted == "undo":
        take_back_told(person_id, key=key, by=by, now=now)
        return _("It waits again.")
    note_told(person_id, key=key, said=request.POST.get("said", ""), by=by, now=now)
    return _("Told.")
