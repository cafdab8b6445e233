"""Settings of one village: words, centre, colour, neighbours, picture; and neighbours outside the municipality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.geo import distance_m
from dorfplatz.kernel.text import ANY_LANGUAGE
from dorfplatz.kernel.text import slug as slug_of
from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.parts import Step
from dorfplatz.villages.actions import VillageChange, add_foreign_area, change_village
from dorfplatz.villages.description import ForeignArea
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.forms import OutsideForm, VillageForm
from dorfplatz.villages.models import Area
from dorfplatz.villages.policies import can_manage_area, can_manage_municipality
from dorfplatz.villages.queries import areas_nearby
from dorfplatz.villages.request import SquareRequest


@dataclass(frozen=True)
class NeighbourRow:
    """One area that may be ticked as neighbour, with the field for its place in the order."""

    area: Area
    is_ticked: bool
    rank: BoundField
    distance_m: float | None


@needs(MANAGE)
@require_safe
def villages(request: SquareRequest) -> HttpResponse:
    """All villages with what is told about each, and what is missing."""
    site = request.site
    rows = [
        {"area": area, "neighbours": site.neighbours(area)}
        for area in site.villages
        if can_manage_area(request.viewer, area)
    ]
    may_add = bool(can_manage_municipality(request.viewer, request.municipality))
    context = {"rows": rows, "outside": site.outside, "may_add": may_add, "steps": steps(_("Villages"))}
    return render(request, "villages/settings/villages.html", context)


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def village(request: SquareRequest, slug: str) -> HttpResponse:
    """Everything about one village but its picture."""
    area = own_village(request, slug)
    linked = list(area.links.values_list("neighbour_id", flat=True))
    nearby = areas_nearby(area, request.municipality)
    form = VillageForm(request.POST or None, area=area, site=request.site, nearby=nearby, linked=linked)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_village(
                area, change=_change(form, area), version=form.seen_version, by=request.viewer, now=timezone.now()
            )
        except Problem as problem:
            form.tell(problem)
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was different; nothing was changed."))
            return redirect("villages:settings_village", slug=area.slug)
    context = {
        "area": area,
        "form": form,
        "names": [form[f"name_{code}"] for code in form.languages],
        "intros": [form[f"intro_{code}"] for code in form.languages],
        "rows": _rows(form, nearby, area),
        "bbox": request.site.bbox_around(area),
        "outlines_url": reverse("look:outlines", args=[request.municipality.pk]),
        "picture_url": reverse("villages:settings_village_picture", args=[area.slug]),
        "steps": steps(str(area), above=[Step(_("Villages"), reverse("villages:settings_villages"))]),
    }
    return render(request, "villages/settings/village.html", context)


def _change(form: VillageForm, area: Area) -> VillageChange:
    return VillageChange(
        name=form.name("name", form.languages, area.name),
        intro=form.texts("intro", form.languages, area.intro),
        inhabitants=form.cleaned_data["inhabitants"],
        point=form.point,
        tint=form.cleaned_data["tint"],
        neighbours=form.neighbours_in_order,
    )


def _rows(form: VillageForm, nearby: Sequence[Area], area: Area) -> list[NeighbourRow]:
    """The ticked ones first, in their order; then by distance."""
    ticked = [int(pk) for pk in form["neighbours"].value() or [] if str(pk).isdecimal()]
    rows = [
        NeighbourRow(
            near,
            near.pk in ticked,
            form[f"rank_{near.pk}"],
            distance_m(area.point, near.point) if area.point and near.point else None,
        )
        for near in nearby
    ]
    return sorted(rows, key=lambda row: ticked.index(row.area.pk) if row.is_ticked else len(ticked))


def own_village(request: SquareRequest, slug: str) -> Area:
    """One of the municipality's own villages, which the viewer may change. Raises Http404, Refused."""
    area = request.site.by_slug.get(slug)
    if area is None or area not in request.site.villages:
        raise Http404
    can_manage_area(request.viewer, area).require()
    return area


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def outside(request: SquareRequest) -> HttpResponse:
    """A new neighbour outside the municipality, also across the border."""
    can_manage_municipality(request.viewer, request.municipality).require()
    form = OutsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            area = add_foreign_area(request.municipality, foreign=_foreign(form), by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            told = _("%(name)s can be ticked as a neighbour now, on the page of each village nearby.")
            messages.success(request, told % {"name": area})
            return redirect("villages:settings_villages")
    above = [Step(_("Villages"), reverse("villages:settings_villages"))]
    outlines_url = reverse("look:outlines", args=[request.municipality.pk])
    bbox = request.site.bbox_around(request.municipality.area)
    context = {
        "form": form,
        "bbox": bbox,
        "outlines_url": outlines_url,
        "steps": steps(_("A neighbour outside"), above=above),
    }
    return render(request, "villages/settings/outside.html", context)


def _foreign(form: OutsideForm) -> ForeignArea:
    name = form.cleaned_data["name"].strip()
    slug = slug_of(name)
    if not slug:
        raise Problem(_("Please write the name with letters."))
    return ForeignArea(
        slug=slug,
        name={ANY_LANGUAGE: name},
        country=form.cleaned_data["country"],
        point=form.point,
        municipality=form.cleaned_data["municipality"].strip(),
    )


def steps(here: str, *, above: Sequence[Step] = ()) -> list[Step]:
    """The breadcrumb of a settings page."""
    return [Step(_("Settings"), reverse("villages:settings")), *above, Step(here, is_current=True)]
