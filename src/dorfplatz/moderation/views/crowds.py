"""A whole crowd at once: shown with its numbers, and cleared."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.moderation.actions import clear_crowd
from dorfplatz.moderation.enums import DECIDE
from dorfplatz.moderation.forms import CrowdForm
from dorfplatz.moderation.queries import CROWDS, case_for, crowd_of
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


@needs(DECIDE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def crowd(request: SquareRequest, pk: int, which: str) -> HttpResponse:
    """All that is there of those who came with the same cards, or today; one reason for all."""
    case = case_for(request.viewer, request.municipality, pk)
    if case is None or case.closed_at is not None or which not in CROWDS:
        raise Http404
    now = timezone.now()
    form = CrowdForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = clear_crowd(case, crowd=which, ruling=form.ruling(), by=request.viewer, now=now)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            said = ngettext("%(n)d thing is being removed.", "%(n)d things are being removed.", count) % {"n": count}
            messages.success(request, said)
            return redirect("moderation:queue")
    context = {
        "case": case,
        "which": which,
        "crowd": crowd_of(case, which, request.viewer, now=now),
        "form": form,
        "steps": [
            Step(_("Moderation"), reverse("moderation:queue")),
            Step(case.title or _("Case"), reverse("moderation:case", args=[case.pk])),
            Step(_("All at once"), is_current=True),
        ],
    }
    return render(request, "moderation/crowd.html", context, status=422 if form.errors else 200)
