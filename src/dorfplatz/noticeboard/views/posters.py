"""A poster of an entry: how one wants it, and getting it."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading
from dorfplatz.kernel.access import members_only
from dorfplatz.noticeboard.actions import print_poster
from dorfplatz.noticeboard.enums import POSTER
from dorfplatz.noticeboard.forms import PosterForm
from dorfplatz.noticeboard.posters import Wanted, poster_subject
from dorfplatz.noticeboard.queries import entry_for_poster
from dorfplatz.noticeboard.views.printing import AGAIN_AFTER, STEPS
from dorfplatz.press.enums import PrintingState
from dorfplatz.press.queries import open_printing, printing_of
from dorfplatz.villages.request import SquareRequest


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def poster(request: SquareRequest, code: str) -> HttpResponse:
    """Size, language, picture and slips; then it is made."""
    entry, by = _opened(request, code), request.viewer
    usual = {"language": request.LANGUAGE_CODE, "picture": True, "slips": True}
    form = PosterForm(request.POST or None, municipality=request.municipality, initial=usual)
    if request.method == "POST" and form.is_valid():
        wanted = _wanted(form.cleaned_data)
        print_poster(entry, wanted=wanted, by=by, now=timezone.now())
        asked = {"code": entry.code, "size": wanted.size, "language": wanted.language, "what": _what(wanted)}
        return redirect(reverse("noticeboard:poster_pdf", kwargs=asked))
    context = {"entry": entry, "form": form, "words": reading(entry, request.LANGUAGE_CODE)}
    return render(request, "noticeboard/poster.html", context, status=422 if form.errors else 200)


@members_only
@require_safe
def poster_pdf(request: SquareRequest, code: str, size: str, language: str, what: str) -> HttpResponseBase:
    """The file; while it is made, a page that says how far it is and looks again by itself."""
    entry = _opened(request, code)
    wanted = Wanted(size, language, "b" in what, "s" in what)
    printing = printing_of(POSTER, poster_subject(entry, wanted))
    if printing is None:
        return redirect("noticeboard:poster", code=entry.code)
    file = open_printing(printing)
    if file is not None:
        response = FileResponse(file, content_type="application/pdf", filename=f"{entry.title_words}-{size}.pdf")
        response["Cache-Control"] = "private, no-cache"
        return response
    page_url = reverse("noticeboard:poster", kwargs={"code": entry.code})
    context = {
        "page_url": page_url, "title": reading(entry, request.LANGUAGE_CODE).title,
        "is_under_way": printing.is_under_way, "state": PrintingState(printing.state).label,
        "step": STEPS.get(PrintingState(printing.state), 0),
    }  # fmt: skip
    answer = render(request, "noticeboard/poster_waiting.html", context)
    if printing.is_under_way:
        answer["Refresh"] = AGAIN_AFTER
    return answer


def _opened(request: SquareRequest, code: str) -> Entry:
    """What strangers may read; 404 for all else, whoever asks, and across a block."""
    municipality = request.municipality
    entry = entry_for_poster(code, municipality, now=timezone.now()) if municipality is not None else None
    if entry is None or entry.author_id in request.viewer.apart_from:
        raise Http404
    return entry


def _wanted(said: dict[str, object]) -> Wanted:
    return Wanted(str(said["size"]), str(said["language"]), bool(said["picture"]), bool(said["slips"]))


def _what(wanted: Wanted) -> str:
    """With picture, with slips, in the address: “bs”, “b”, “s” or “-”."""
    return f"{'b' if wanted.with_picture else ''}{'s' if wanted.with_slips else ''}" or "-"
