"""An entry's own address, answered by its kind."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.entries.enums import WrittenBy
from dorfplatz.entries.forms import WordsForm
from dorfplatz.entries.models import Entry
from dorfplatz.entries.more_languages import READERS, direction_of, other_readers
from dorfplatz.entries.policies import can_improve_text
from dorfplatz.entries.queries import entry_by_code, reading, text_history
from dorfplatz.entries.sockets import kinds
from dorfplatz.entries.translating import ask_for_text, improve_text
from dorfplatz.entries.wishing import can_be_asked
from dorfplatz.entries.words_line import IN
from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.translation.engines.choosing import the_engine
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def entry_page(request: SquareRequest, code: str, words: str = "") -> HttpResponseBase:
    """The page of one entry; another wording of the title leads to the present one."""
    entry = _entry(request, code)
    if words != entry.title_words or code != entry.code:
        return redirect(entry_address(entry), permanent=False)
    response = kinds[entry.kind].page(request, entry)
    if reading(entry, request.LANGUAGE_CODE).by == WrittenBy.MACHINE:
        response["X-Robots-Tag"] = "noindex"  # searchers find the original
    return response


@public
@require_safe
def short_address(request: SquareRequest, code: str) -> HttpResponse:
    """`/e/CODE` of printed addresses and QR codes, to the page in the reader's language."""
    return redirect(entry_address(_entry(request, code)))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def improve(request: SquareRequest, code: str, language: str) -> HttpResponse:
    """Say an entry in another language, or say it better."""
    entry = _entry(request, code)
    _target(request, entry, language)
    can_improve_text(request.viewer, entry, now=timezone.now()).require()
    words = reading(entry, language)
    known = {} if words.is_original else {"title": words.title, "body": words.body}
    form = WordsForm(request.POST if request.method == "POST" else None, language=language, initial=known)
    if request.method == "POST" and form.is_valid():
        improve_text(entry, language, **form.said, by=request.viewer, now=timezone.now())
        messages.success(request, _("Thank you! From now on your neighbours read your words."))
        return redirect(_where_read(request, entry, language))
    context = {
        "entry": entry,
        "words": words,
        "words_lang": words.language if words.language != request.LANGUAGE_CODE else "",
        "form": form,
        "heading": _("In %(language)s") % {"language": IN.get(language, language)},
        "history": text_history(entry, language, request.viewer),
        "page_url": entry_address(entry),
    }
    return render(request, "entries/improve.html", context, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: SquareRequest, code: str, language: str) -> HttpResponse:
    """Have an entry translated by machine at once."""
    entry = _entry(request, code)
    _target(request, entry, language)
    if request.method == "POST":
        try:
            ask_for_text(entry, language, by=request.viewer, now=timezone.now())
            messages.success(request, _("It is being translated. Please load the page again in a moment."))
        except Problem as problem:
            messages.error(request, str(problem))
        return redirect(_where_read(request, entry, language))
    context = {
        "entry": entry,
        "may_ask": can_be_asked(entry, language),
        "goes_outside": the_engine().leaves_the_house,
        "page_url": entry_address(entry),
    }
    return render(request, "entries/ask.html", context)


def _where_read(request: SquareRequest, entry: Entry, language: str) -> str:
    """Where an entry is read in that language."""
    if language in request.municipality.languages:
        return entry_address(entry)
    return reverse("entries:in_language", kwargs={"code": entry.code, "language": language})


@public
@require_safe
def in_language(request: SquareRequest, code: str, language: str) -> HttpResponse:
    """The words of an entry alone, in a language that the square's pages need not have."""
    entry = _entry(request, code)
    _target(request, entry, language)
    words = reading(entry, language)
    context = {
        "entry": entry,
        "words": words,
        "direction": direction_of(words.language),
        "asked_name": READERS.get(language, language),
        "ask_url": ""
        if not words.is_original or not can_be_asked(entry, language)
        else reverse("entries:ask", kwargs={"code": entry.code, "language": language}),
        "improve_url": reverse("entries:improve", kwargs={"code": entry.code, "language": language}),
        "page_url": entry_address(entry),
        "others": other_readers(entry, request.municipality.languages),
        "language": language,
    }
    return render(request, "entries/in_language.html", context)


def _target(request: SquareRequest, entry: Entry, language: str) -> None:
    """Only into a language of this square or of its readers, and not into the one it is written in."""
    known = {*READERS, *request.municipality.languages} if request.municipality else set()
    if language not in known or language == entry.language:
        raise Http404


def _entry(request: SquareRequest, code: str) -> Entry:
    if request.municipality is None:
        raise Http404
    entry = entry_by_code(code, request.viewer, now=timezone.now())
    if entry is None or entry.kind not in kinds:
        raise Http404
    if not request.municipality.has_room(kinds[entry.kind].room):
        raise Http404
    return entry


def entry_address(entry: Entry) -> str:
    """Its page under the active language prefix."""
    return reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
