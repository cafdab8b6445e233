"""What a connector wants to know besides: the week, how fresh all is, a sheet to take along, what she leaves."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dorfplatz.desk.enums import USE_DESK
from dorfplatz.desk.queries import coverage_of, desk_of, notes_seen, week_of
from dorfplatz.kernel.access import needs
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.villages.request import SquareRequest


@needs(USE_DESK)
@never_cache
@require_safe
def week(request: SquareRequest) -> HttpResponse:
    """What has happened since Monday."""
    found = week_of(request.site, request.viewer, language=request.LANGUAGE_CODE, now=timezone.now())
    return render(request, "desk/week.html", {"week": found})


@needs(USE_DESK)
@never_cache
@require_safe
def coverage(request: SquareRequest) -> HttpResponse:
    """What is there, what is missing, and how fresh it is."""
    terms = terms_of_municipality(request.municipality)
    found = coverage_of(request.site, request.viewer, terms=terms, now=timezone.now())
    return render(request, "desk/coverage.html", {"coverage": found})


@needs(USE_DESK)
@never_cache
@require_safe
def sheet(request: SquareRequest) -> HttpResponse:
    """The desk as a plain sheet to print: with room for what comes of it."""
    found = desk_of(request.site, request.viewer, now=timezone.now())
    return render(request, "desk/sheet.html", {"desk": found, "today": timezone.localdate()})


@needs(USE_DESK)
@never_cache
@require_safe
def hand_over(request: SquareRequest) -> HttpResponse:
    """What a successor needs: what is open, and the notes she may read; to print, or as a file for machines."""
    now = timezone.now()
    found = desk_of(request.site, request.viewer, now=now)
    areas = {area.pk for area in found.areas.values()}
    left = notes_seen(request.viewer, now=now).filter(is_for_successor=True, area__in=areas)
    notes: dict[str, list[str]] = {}
    for note in left:
        notes.setdefault(note.key, []).append(note.text)
    left_open = [item for item in found.items if not item.duty.is_personal]  # that passes on person by person
    if request.GET.get("format") != "json":
        rows = [(item, notes.get(item.key, [])) for item in left_open]
        return render(request, "desk/hand_over.html", {"desk": found, "rows": rows, "today": timezone.localdate()})
    told = [
        {
            "what": str(item.duty.label), "title": item.waiting.title, "why": str(item.waiting.reason),
            "village": str(item.area), "since": item.waiting.since.isoformat(),
            "url": request.build_absolute_uri(str(item.waiting.url)) if item.waiting.url else "",
            "notes": notes.get(item.key, []),
        }
        for item in left_open
    ]  # fmt: skip
    team = {str(area): [person.name for person in found.team[pk]] for pk, area in found.areas.items()}
    file = {"day": timezone.localdate().isoformat(), "team": team, "open": told}
    answer = JsonResponse(file, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="desk.json"'
    return answer
