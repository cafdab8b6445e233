"""Having a paper made as a PDF, and getting it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.kernel.access import public
from dorfplatz.noticeboard.actions import print_paper
from dorfplatz.noticeboard.enums import BOTH, PAPER, Shape
from dorfplatz.noticeboard.forms import SheetForm
from dorfplatz.noticeboard.models import Paper
from dorfplatz.noticeboard.queries import days_in_words, paper_file, subject_of
from dorfplatz.noticeboard.views.opened import opened_paper
from dorfplatz.press.enums import PrintingState
from dorfplatz.press.models import Printing
from dorfplatz.press.queries import open_printing, printing_of
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.request import SquareRequest

# How far a printing is, of four steps.
STEPS = {PrintingState.WAITING: 1, PrintingState.GATHERING: 2, PrintingState.SETTING: 3}
AGAIN_AFTER = "1"  # seconds


@public
@require_POST
def print_it(request: SquareRequest, pk: int) -> HttpResponse:
    """Order a sheet in a language, and on to where it will be."""
    paper = opened_paper(request, pk)
    form = SheetForm(request.POST, municipality=request.municipality)
    if not form.is_valid():
        return redirect("noticeboard:paper", pk=pk)
    languages, sheet = form.chosen_languages, form.cleaned_data["form"]
    known = printing_of(PAPER, subject_of(paper, sheet, languages))
    if known is None or not (known.is_under_way or (known.is_ready and paper.is_published)):
        print_paper(paper, form=sheet, languages=languages, by=request.viewer, now=timezone.now())
    return redirect("noticeboard:pdf", pk=pk, form=sheet, languages=BOTH.join(languages))


@public
@require_safe
def pdf(request: SquareRequest, pk: int, form: str, languages: str) -> HttpResponseBase:
    """The file; while it is made, a page that says how far it is and looks again by itself."""
    paper = opened_paper(request, pk)
    never_keep(request)
    chosen = languages.split(BOTH)
    if form not in Shape.values or not set(chosen) <= set(request.municipality.languages):
        raise Http404
    printing = printing_of(PAPER, subject_of(paper, form, chosen))
    file = open_printing(printing) if printing else None
    if file is not None:
        response = FileResponse(file, content_type="application/pdf", filename=paper_file(paper, form, chosen))
        response["Cache-Control"] = "private, no-cache"
        return response
    return _waiting(request, paper, printing, form, languages)


def _waiting(
    request: SquareRequest, paper: Paper, printing: Printing | None, form: str, languages: str
) -> HttpResponse:
    is_under_way = printing is not None and printing.is_under_way
    context = {
        "paper": paper,
        "days": days_in_words(paper.period, paper.starts_on, request.LANGUAGE_CODE),
        "sheet": Shape(form).label,
        "form": form,
        "languages": languages,
        "is_under_way": is_under_way,
        "has_failed": printing is not None and printing.state == PrintingState.FAILED,
        "state": PrintingState(printing.state).label if printing else "",
        "step": STEPS.get(PrintingState(printing.state), 0) if printing else 0,
    }
    response = render(request, "noticeboard/waiting.html", context)
    if is_under_way:
        response["Refresh"] = AGAIN_AFTER
    return response
