"""What waits for somebody to decide: the list, one case with all that helps, second looks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.address import is_own_address
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.enums import SUSPEND
from dorfplatz.members.freshness import fresh_login_to_look
from dorfplatz.members.sockets import Exhibit
from dorfplatz.moderation.actions import decide_appeal, decide_case, second_decision
from dorfplatz.moderation.enums import DECIDE, LOOKED_AT_FIRST, Outcome
from dorfplatz.moderation.enums import Step as Decided
from dorfplatz.moderation.exhibits import exhibit_of, exhibits_of, is_private
from dorfplatz.moderation.forms import RulingForm, SecondLookForm
from dorfplatz.moderation.models import Case
from dorfplatz.moderation.policies import can_decide_case
from dorfplatz.moderation.queries import (
    any_second_look,
    case_for,
    deciding_areas,
    decisions_of,
    open_appeals,
    proposals,
    queue,
    reports_of,
    standing_of,
)
from dorfplatz.moderation.telling import why_of
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest

A_PAGE, MOST_LISTED = 25, 1000


class ShortPaginator(Paginator):  # type: ignore[type-arg]  # Django's own generic takes part at check time only
    """Counts no further than anybody reads on: what is behind comes up as what is before is decided."""

    @cached_property
    def count(self) -> int:
        listed: QuerySet[Case] = self.object_list  # type: ignore[assignment]  # Django's stubs know less of it
        return listed.values("pk")[:MOST_LISTED].count()


@dataclass(frozen=True)
class Row:
    """A case in the list. `exhibit` is None where the thing is gone."""

    case: Case
    exhibit: Exhibit | None
    why: str | Promise


@needs(DECIDE)
@never_cache
@require_safe
def moderation(request: SquareRequest) -> HttpResponse:
    """What waits for the viewer, the gravest first, then the oldest; appeals and proposals above."""
    viewer, municipality = request.viewer, request.municipality
    areas = deciding_areas(viewer, municipality)
    page = ShortPaginator(queue(viewer, municipality, areas=areas), A_PAGE).get_page(request.GET.get("page"))
    cases = list(page)
    shown = exhibits_of([case.thing for case in cases])
    waits = any_second_look()
    context = {
        "page": page,
        "rows": [Row(case, shown.get(case.thing), why_of(case)) for case in cases],
        "appeals": open_appeals(viewer, municipality, areas=areas)[:A_PAGE] if waits else [],
        "proposals": proposals(viewer, municipality, areas=areas)[:A_PAGE] if waits else [],
    }
    return render(request, "moderation/queue.html", context)


@needs(DECIDE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: SquareRequest, pk: int) -> HttpResponse:
    """One case with what was said, how the author stands and what was decided before; and the decision."""
    found = _case(request, pk)
    return _reveal(request, found) if is_private(found) else _show(request, found)


@fresh_login_to_look
def _reveal(request: SquareRequest, found: Case) -> HttpResponse:
    return _show(request, found)


def _show(request: SquareRequest, found: Case) -> HttpResponse:
    now = timezone.now()
    verdict = can_decide_case(request.viewer, found)
    is_open = found.closed_at is None and bool(verdict)
    form = RulingForm(request.POST or None, is_waiting=found.cause in LOOKED_AT_FIRST)
    if request.method == "POST" and form.is_valid():
        try:
            made = decide_case(found, ruling=form.ruling(), by=request.viewer, now=now)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _said(made.step))
            back = request.GET.get("next", "")
            return redirect(back if is_own_address(back) else "moderation:queue")
    context = {
        "case": found,
        "why": why_of(found),
        "exhibit": exhibit_of(found.thing),
        "reports": reports_of(found, request.viewer),
        "standing": standing_of(found, request.viewer, now=now),
        "decisions": decisions_of(found, request.viewer),
        "form": form if is_open else None,
        "refusal": "" if verdict else verdict.reason,
        "proposal": proposals(request.viewer, request.municipality).filter(case=found).first(),
        "appeals": open_appeals(request.viewer, request.municipality).filter(decision__case=found),
        "steps": [Step(_("Moderation"), reverse("moderation:queue")), Step(found.title or _("Case"), is_current=True)],
    }
    return render(request, "moderation/case.html", context, status=422 if form.errors else 200)


def _case(request: SquareRequest, pk: int) -> Case:
    found = case_for(request.viewer, request.municipality, pk)
    if found is None:
        raise Http404
    return found


def _said(step: str) -> str:
    if step == Decided.LEAVE:
        return _("Decided: it stays. Who reported has been told.")
    if step == Decided.SUSPEND:
        return _("It is hidden. Before the person is shut out a second person has to look.")
    return _("Decided. The author has your reason and knows how to appeal; who reported has been told.")


@needs(SUSPEND)
@require_POST
def second(request: SquareRequest, pk: int) -> HttpResponse:
    """The second person's word on shutting somebody out."""
    found = get_object_or_404(proposals(request.viewer, request.municipality), pk=pk)
    agrees = request.POST.get("agrees") == "1"
    try:
        second_decision(found, agrees=agrees, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Confirmed: the person is shut out.") if agrees else _("The person stays."))
    return redirect("moderation:queue")


@needs(DECIDE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: SquareRequest, pk: int) -> HttpResponse:
    """An appeal, beside what was decided and why; and the second decision."""
    found = get_object_or_404(open_appeals(request.viewer, request.municipality), pk=pk)
    form = SecondLookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            decide_appeal(
                found, outcome=Outcome(said["outcome"]), reason=said["reason"], by=request.viewer, now=timezone.now()
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Decided. Whoever appealed has been told."))
            return redirect("moderation:queue")
    about = found.decision.case
    context = {
        "appeal": found,
        "case": about,
        "exhibit": exhibit_of(about.thing),
        "reports": reports_of(about, request.viewer),
        "form": form,
        "steps": [Step(_("Moderation"), reverse("moderation:queue")), Step(_("Appeal"), is_current=True)],
    }
    return render(request, "moderation/appeal.html", context, status=422 if form.errors else 200)
