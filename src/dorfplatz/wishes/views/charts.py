"""Flip charts: typing one off, and those there are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dorfplatz.entries.form_keys import given_form_key, new_form_key
from dorfplatz.entries.picture_form import PictureForm
from dorfplatz.entries.tongue import author_language
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.ui.parts import Step
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest
from dorfplatz.wishes.actions import show_photos, type_off_chart
from dorfplatz.wishes.enums import ANSWER
from dorfplatz.wishes.forms.chart import ChartForm
from dorfplatz.wishes.models import FlipChart
from dorfplatz.wishes.policies import can_type_off
from dorfplatz.wishes.queries import cards, charts_seen
from dorfplatz.wishes.room import require_room


@needs(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_chart(request: SquareRequest) -> HttpResponse:
    """Photo, place, day, and what stands on it, on one page."""
    require_room(request)
    areas = _own_areas(request)
    key = given_form_key(request.POST.get("form_key", ""))
    pictures = PictureForm(form_key=key, by=request.viewer, language=request.LANGUAGE_CODE)
    if request.method != "POST":
        return _shown(request, _form(request, areas, initial=_first_values(request, areas)), pictures)
    are_taken = pictures.take(request, now=timezone.now())
    sent = request.POST.copy()
    sent["form_key"] = key
    form = _form(request, areas, data=sent)
    if form.is_valid() and are_taken:
        chart = _typed(request, form, key)
        if chart is not None:
            count = chart.wishes.count()
            said = ngettext("%(n)d wish stands on the square.", "%(n)d wishes stand on the square.", count)
            messages.success(request, said % {"n": count})
            return redirect("wishes:chart", chart_id=chart.pk)
    return _shown(request, form, pictures)


def _own_areas(request: SquareRequest) -> list[Area]:
    """The villages for which this person may type one off; Refused where there is none."""
    areas = [area for area in request.site.villages if can_type_off(request.viewer, area)]
    if not areas:
        can_type_off(request.viewer, request.municipality.area).require()
    return areas


def _form(request: SquareRequest, areas: list[Area], **kwargs: Any) -> ChartForm:
    return ChartForm(
        areas=areas, site=request.site, language=request.LANGUAGE_CODE, author_language=author_language(request),
        **kwargs,
    )  # fmt: skip


def _first_values(request: SquareRequest, areas: list[Area]) -> dict[str, Any]:
    usual = request.usual_villages.only
    first = usual if usual in areas else (areas[0] if areas else None)
    return {"form_key": new_form_key(), "held_on": timezone.localdate(), "area": first.pk if first else None}


def _typed(request: SquareRequest, form: ChartForm, key: str) -> FlipChart | None:
    try:
        return type_off_chart(form.draft(), form_key=key, by=request.viewer, now=timezone.now())
    except (Problem, Refused) as problem:
        form.add_error(None, str(problem))
        return None


def _shown(request: SquareRequest, form: ChartForm, pictures: PictureForm) -> HttpResponse:
    wrong = bool(form.errors or pictures.errors)
    context = {"form": form, "pictures": pictures, "steps": _steps(), "charts": charts_of(request)}
    return render(request, "wishes/new_chart.html", context, status=422 if wrong else 200)


@needs(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def chart(request: SquareRequest, chart_id: int) -> HttpResponse:
    """One sheet: its photos and its wishes; who may see the photos can be changed."""
    require_room(request)
    found = next((one for one in charts_of(request) if one.pk == chart_id), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        show_photos(found, shows=request.POST.get("shows") == "yes", by=request.viewer, now=timezone.now())
        messages.success(request, _("Saved. Thank you!"))
        return redirect("wishes:chart", chart_id=found.pk)
    ids = list(found.wishes.order_by("pk").values_list("pk", flat=True))
    shown = cards(ids, language=request.LANGUAGE_CODE, viewer=request.viewer, now=timezone.now())
    photos = list(found.photos.all())
    context = {"chart": found, "photos": photos, "cards": shown, "steps": _steps()}
    return render(request, "wishes/chart.html", context)


def charts_of(request: SquareRequest) -> list[FlipChart]:
    return charts_seen(request.viewer, frozenset(request.site.by_id))


def _steps() -> list[Step]:
    return [Step(_("Wishes"), reverse("wishes:list"))]
