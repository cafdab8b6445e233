"""Reporting something, by anybody; and what became of it."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import public
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.members.sockets import reportables
from dorfplatz.members.turnstiles import REPORT, turnstile
from dorfplatz.moderation.actions import appeal_of_reporter, look_oneself, receive_report
from dorfplatz.moderation.exhibits import area_here, exhibit_of
from dorfplatz.moderation.forms import AppealForm, ReportForm
from dorfplatz.moderation.policies import can_look_oneself
from dorfplatz.moderation.queries import report_of_code
from dorfplatz.moderation.telling import told_of_report
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@turnstile(REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SquareRequest, sort: str, key: str) -> HttpResponse:
    """“Report this”, from anybody; sent twice it counts once, and a machine is thanked for nothing."""
    thing = _thing(request, sort, key)
    exhibit = exhibit_of(thing)
    if exhibit is None:
        raise Http404
    if request.method == "POST" and "decide" in request.POST:
        case = look_oneself(thing, seen_in=request.municipality, by=request.viewer, now=timezone.now())
        return redirect("moderation:case", pk=case.pk)
    is_member = request.viewer.is_member
    if request.method != "POST":
        form = ReportForm(is_member=is_member, initial={"form_key": secrets.token_hex(16)})
    else:
        form = ReportForm(request.POST, is_member=is_member)
        if form.is_valid() and form.cleaned_data["homepage"]:
            return redirect(exhibit.url or "/")
        if form.is_valid() and (slip := _taken_down(request, form, thing)):
            return redirect("moderation:status", slip=slip)
    may_decide = can_look_oneself(request.viewer, area_here(exhibit, request.municipality), exhibit.author_id)
    context = {"form": form, "exhibit": exhibit, "label": reportables[sort].label, "may_decide": bool(may_decide)}
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


def _thing(request: SquareRequest, sort: str, key: str) -> str:
    """The journal's word for what is reported. Raises Http404 for what the viewer cannot see."""
    keeper = reportables.get(sort)
    found = keeper.find(key, request.viewer) if keeper and request.municipality else None
    if found is None:
        raise Http404
    return f"{sort}:{found}"


def _taken_down(request: SquareRequest, form: ReportForm, thing: str) -> str:
    """The code of the receipt; "" where it could not be taken down."""
    key = form.cleaned_data["form_key"] or secrets.token_hex(16)
    try:
        taken = receive_report(
            thing, said=form.said(get_language() or "de"), municipality=request.municipality, form_key=key,
            by=request.viewer, now=timezone.now(),
        )  # fmt: skip
    except Problem as problem:
        form.add_error(None, str(problem))
        return ""
    return taken.code


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: SquareRequest, slip: str) -> HttpResponse:
    """The receipt, what became of the report, and the reporter's appeal. Whoever has the slip may look."""
    found = report_of_code(slip, request.municipality) if request.municipality else None
    if found is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal_of_reporter(found, text=form.cleaned_data["text"], by=request.viewer, now=timezone.now())
        except (Problem, Refused) as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("moderation:status", slip=slip)
    context = {
        "told": told_of_report(found, now=timezone.now()),
        "form": form,
        "appeal_url": reverse("moderation:status", args=[slip]),
    }
    return render(request, "moderation/status.html", context, status=422 if form.errors else 200)
