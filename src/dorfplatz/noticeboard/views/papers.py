"""A village's papers: this week's with one press of a button, and those there have been."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.kernel.access import needs, public
from dorfplatz.kernel.text import in_language
from dorfplatz.noticeboard.actions import begin_paper, print_paper
from dorfplatz.noticeboard.enums import BOTH, EDIT_PAPER, Period
from dorfplatz.noticeboard.forms import SheetForm
from dorfplatz.noticeboard.models import Paper
from dorfplatz.noticeboard.policies import can_edit_papers
from dorfplatz.noticeboard.queries import (
    MOST_PAPERS,
    days_in_words,
    first_day,
    local_today,
    own_subscription,
    papers_of,
)
from dorfplatz.noticeboard.views.opened import opened_area
from dorfplatz.villages.models import Area
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def papers(request: SquareRequest, slug: str) -> HttpResponse:
    """What there is to print and to read; whoever looks after the village has a button for this week's."""
    area = opened_area(request, slug)
    may_edit = bool(can_edit_papers(request.viewer, area))
    language = request.LANGUAGE_CODE
    spoken = language if language in request.municipality.languages else request.municipality.default_language
    found = list(papers_of(area, request.viewer)[:MOST_PAPERS])
    today = local_today(request.municipality, timezone.now())
    context = {
        "area": area,
        "name": in_language(area.name, language),
        "slug": slug,
        "village_url": request.site.url_of(area),
        "may_edit": may_edit,
        **_by_mail(request, area),
        "form": SheetForm(municipality=request.municipality, initial={"languages": spoken}) if may_edit else None,
        "periods": [(period, label, _days(period, today, language)) for period, label in Period.choices],
        "papers": [(paper, days_in_words(paper.period, paper.starts_on, language)) for paper in found],
        "language": spoken,
    }
    return render(request, "noticeboard/papers.html", context)


def _by_mail(request: SquareRequest, area: Area) -> dict[str, object]:
    """For members: how they get it by mail, and the form for it."""
    if not request.viewer.is_member:
        return {}
    mine = own_subscription(area, request.viewer)
    language = request.LANGUAGE_CODE if request.LANGUAGE_CODE in request.municipality.languages else ""
    initial = {"form": mine.form, "languages": mine.language} if mine else {"languages": language}
    form = SheetForm(municipality=request.municipality, initial=initial, prefix=None, auto_id="mail_%s")
    return {"mine": mine, "mail_form": form}


def _days(period: str, today: date, language: str) -> str:
    return days_in_words(period, first_day(period, today), language)


@needs(EDIT_PAPER)
@require_POST
def make(request: SquareRequest, slug: str) -> HttpResponse:
    """This week's or month's paper: begun where there is none, printed, and on to the PDF or to the editor."""
    area = opened_area(request, slug)
    can_edit_papers(request.viewer, area).require()
    period = request.POST.get("period", Period.WEEK)
    form = SheetForm(request.POST, municipality=request.municipality)
    if not form.is_valid() or period not in Period.values:
        return redirect("noticeboard:papers", slug=slug)
    now = timezone.now()
    starts_on = first_day(period, local_today(request.municipality, now))
    paper: Paper = begin_paper(area, period=period, starts_on=starts_on, by=request.viewer, now=now)
    if "edit" in request.POST:
        return redirect("noticeboard:paper", pk=paper.pk)
    languages = form.chosen_languages
    print_paper(paper, form=form.cleaned_data["form"], languages=languages, by=request.viewer, now=now)
    return redirect("noticeboard:pdf", pk=paper.pk, form=form.cleaned_data["form"], languages=BOTH.join(languages))
