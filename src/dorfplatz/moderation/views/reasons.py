"""The page with the reasons of a decision, for whoever wrote the thing; and her appeal. The slip is the permission."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import public
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.moderation.actions import answer_request, make_appeal
from dorfplatz.moderation.forms import AppealForm
from dorfplatz.moderation.models import Decision
from dorfplatz.moderation.queries import decision_of_code, open_case_of
from dorfplatz.moderation.telling import told_of_decision
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: SquareRequest, slip: str) -> HttpResponse:
    """What was decided, why and on what ground, and what one can do. Works also for who is shut out."""
    found = decision_of_code(slip, request.municipality) if request.municipality else None
    if found is None:
        raise Http404
    if request.method == "POST" and "changed" in request.POST:
        return _changed(request, found)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            make_appeal(found, report=None, text=form.cleaned_data["text"], by=request.viewer, now=timezone.now())
        except (Problem, Refused) as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("moderation:reasons", slip=slip)
    told = told_of_decision(found, now=timezone.now())
    context = {
        "told": told,
        "form": form,
        "address": reverse("moderation:reasons", args=[slip]),
        "is_looked_at": told.may_answer and open_case_of(found.case.thing) is not None,
    }
    return render(request, "moderation/reasons.html", context, status=422 if form.errors else 200)


def _changed(request: SquareRequest, decision: Decision) -> HttpResponse:
    try:
        answer_request(decision, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Thank you! Somebody looks at it again, and you will be told."))
    return redirect("moderation:reasons", slip=decision.code)
