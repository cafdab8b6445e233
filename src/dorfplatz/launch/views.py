"""The launch kit: all villages, one village, and what is wanted of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.launch.actions import (
    add_own_point,
    change_measures,
    remove_own_point,
    tick_own_point,
    want_neighbours,
)
from dorfplatz.launch.forms import (
    ADD,
    REMOVE,
    STAGE,
    TICK,
    UNTICK,
    WANTED,
    MeasuresForm,
    OwnPointForm,
    PointForm,
    StageForm,
    WantedForm,
)
from dorfplatz.launch.models import OwnPoint
from dorfplatz.launch.queries import Progress, batches_of, measures_of, prepared_by, progress_of, who_changed_stage
from dorfplatz.launch.queries.checklist import Counted
from dorfplatz.launch.words import TOLD, Told
from dorfplatz.members.enums import MAKE_CARDS
from dorfplatz.villages.actions import change_stage
from dorfplatz.villages.enums import MANAGE, PREPARE, Stage
from dorfplatz.villages.models import Area
from dorfplatz.villages.policies import can_change_stage, can_manage_municipality
from dorfplatz.villages.request import SquareRequest


@dataclass(frozen=True)
class ShownPoint:
    """A point with its reason; `url` where the viewer can do it herself."""

    counted: Counted
    told: Told
    url: str


@needs(PREPARE)
@never_cache
@require_safe
def overview(request: SquareRequest) -> HttpResponse:
    """All of the viewer's villages: how far each is, and which are open."""
    viewer, municipality = request.viewer, request.municipality
    found = progress_of(prepared_by(viewer, request.site), municipality, viewer, now=timezone.now())
    order = [Stage.PREPARING, Stage.SOFT, Stage.OPEN]
    context = {
        "villages": sorted(found, key=lambda one: order.index(Stage(one.area.stage))),
        "open_count": sum(one.area.is_open for one in found),
        "may_measure": bool(can_manage_municipality(viewer, municipality)),
    }
    return render(request, "launch/overview.html", context)


def _area(request: SquareRequest, slug: str) -> Area:
    found = next((area for area in prepared_by(request.viewer, request.site) if area.slug == slug), None)
    if found is None:
        raise Http404
    return found


@needs(PREPARE)
@never_cache
@require_safe
def kit(request: SquareRequest, slug: str) -> HttpResponse:
    """One village: its stage, who has said yes, the checklist, the cards."""
    return _kit(request, _area(request, slug))


def _kit(
    request: SquareRequest, area: Area, own: OwnPointForm | None = None, wanted: WantedForm | None = None
) -> HttpResponse:
    viewer, now = request.viewer, timezone.now()
    progress = progress_of([area], request.municipality, viewer, now=now)[0]
    yes = progress.yes
    context = {
        "area": area,
        "progress": progress,
        "points": _points(request, progress),
        "own_form": own or OwnPointForm(),
        "wanted_form": wanted or WantedForm(initial={"wanted": yes.wanted if yes.is_own_number else None}),
        "stages": [stage for stage in Stage if stage != area.stage and can_change_stage(viewer, area, stage)],
        "changed_by": who_changed_stage(area, viewer),
        "batches": batches_of(area, request.site, viewer, missing=yes.missing, now=now),
        "cards_url": f"{reverse('members:cards')}?{urlencode({'village': area.slug})}",
        "may_make_cards": viewer.holds(MAKE_CARDS, str(area.path)),
        "village_url": request.site.url_of(area),
    }
    is_fault = (own is not None and own.errors) or (wanted is not None and wanted.errors)
    return render(request, "launch/kit.html", context, status=422 if is_fault else 200)


def _points(request: SquareRequest, progress: Progress) -> Sequence[ShownPoint]:
    viewer, path = request.viewer, request.municipality.path
    return [
        ShownPoint(
            one, told, told.url(progress.area) if not told.capability or viewer.holds(told.capability, path) else ""
        )
        for one in progress.points
        for told in [TOLD[one.point]]
    ]  # fmt: skip


@needs(PREPARE)
@require_POST
def steer(request: SquareRequest, slug: str) -> HttpResponse:
    """Whatever a button of the kit says; then the kit again."""
    area = _area(request, slug)
    does: dict[str, Callable[[SquareRequest, Area], HttpResponse | None]] = {
        STAGE: _stage, WANTED: _wanted, ADD: _add, TICK: _tick, UNTICK: _tick, REMOVE: _remove,
    }  # fmt: skip
    do = does.get(request.POST.get("do", ""))
    if do is None:
        messages.info(request, _("This cannot be done here."))
        return redirect("launch:kit", slug=slug)
    try:
        answer = do(request, area)
    except Problem as problem:
        messages.error(request, str(problem))
        answer = None
    return answer or redirect("launch:kit", slug=slug)


def _stage(request: SquareRequest, area: Area) -> None:
    form = StageForm(request.POST)
    if not form.is_valid():
        raise Problem(_("This cannot be done here."))
    stage = form.cleaned_data["stage"]
    if not change_stage(area, stage=stage, by=request.viewer, now=timezone.now()):
        return
    said = {
        Stage.OPEN: _("The square of %(village)s is open. Congratulations!"),
        Stage.SOFT: _("%(village)s is in its soft start: whoever knows the address looks at it."),
        Stage.PREPARING: _("%(village)s is being prepared again; readers do not see it."),
    }
    messages.success(request, said[stage] % {"village": area})


def _wanted(request: SquareRequest, area: Area) -> HttpResponse | None:
    form = WantedForm(request.POST)
    if not form.is_valid():
        return _kit(request, area, wanted=form)
    want_neighbours(area, wanted=form.cleaned_data["wanted"], by=request.viewer, now=timezone.now())
    messages.success(request, _("Saved."))
    return None


def _add(request: SquareRequest, area: Area) -> HttpResponse | None:
    form = OwnPointForm(request.POST)
    if not form.is_valid():
        return _kit(request, area, own=form)
    try:
        add_own_point(area, text=form.cleaned_data["text"], by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error("text", str(problem))
        return _kit(request, area, own=form)
    return None


def _point(request: SquareRequest, area: Area) -> OwnPoint:
    form = PointForm(request.POST)
    pk = form.cleaned_data["point"] if form.is_valid() else 0
    return get_object_or_404(OwnPoint.objects.visible_to(request.viewer).filter(area=area), pk=pk)


def _tick(request: SquareRequest, area: Area) -> None:
    is_done = request.POST["do"] == TICK
    tick_own_point(_point(request, area), is_done=is_done, by=request.viewer, now=timezone.now())


def _remove(request: SquareRequest, area: Area) -> None:
    remove_own_point(_point(request, area), by=request.viewer, now=timezone.now())


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def measures(request: SquareRequest) -> HttpResponse:
    """How much the municipality wants its villages to have."""
    municipality = request.municipality
    can_manage_municipality(request.viewer, municipality).require()
    form = MeasuresForm(request.POST or None, measures=measures_of([municipality.pk])[municipality.pk])
    if request.method == "POST" and form.is_valid():
        change_measures(municipality, measures=form.measures, by=request.viewer, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("launch:overview")
    return render(request, "launch/measures.html", {"form": form}, status=422 if form.errors else 200)
