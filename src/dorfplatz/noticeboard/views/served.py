"""A printing as its file; while it is made, a page that says how far it is and looks again by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import render

from dorfplatz.noticeboard.views.printing import AGAIN_AFTER, STEPS
from dorfplatz.press.enums import PrintingState
from dorfplatz.press.models import Printing
from dorfplatz.press.queries import open_printing


@dataclass(frozen=True)
class Asked:
    """How the file is called, where one asks for it, and why it may not be there."""

    file: str
    page_url: str
    title: str
    why: str = ""


def served(request: HttpRequest, printing: Printing, asked: Asked) -> HttpResponseBase:
    file = open_printing(printing)
    if file is not None:
        response = FileResponse(file, content_type="application/pdf", filename=asked.file)
        response["Cache-Control"] = "private, no-cache"
        return response
    context = {
        "page_url": asked.page_url, "title": asked.title, "why": asked.why, "is_under_way": printing.is_under_way,
        "state": PrintingState(printing.state).label, "step": STEPS.get(PrintingState(printing.state), 0),
    }  # fmt: skip
    answer = render(request, "noticeboard/poster_waiting.html", context)
    if printing.is_under_way:
        answer["Refresh"] = AGAIN_AFTER
    return answer
