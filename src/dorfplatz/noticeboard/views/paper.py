"""One paper: to read and print for everybody once it is published, to make for those who look after the village."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.kernel.access import needs, public
from dorfplatz.kernel.spelling import typed
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.noticeboard.actions import (
    arrange_items,
    greet_in_paper,
    hang_paper_picture,
    publish_paper,
    reopen_paper,
    wish_for_item,
)
from dorfplatz.noticeboard.enums import EDIT_PAPER
from dorfplatz.noticeboard.forms import GreetingForm, SheetForm
from dorfplatz.noticeboard.models import Paper
from dorfplatz.noticeboard.policies import can_edit_papers
from dorfplatz.noticeboard.queries import Choice, choices_of, days_in_words, latest_told, printers_of, slug_of
from dorfplatz.noticeboard.sections import section_called
from dorfplatz.noticeboard.views.opened import opened_paper
from dorfplatz.villages.request import SquareRequest


@public
@require_safe
def paper(request: SquareRequest, pk: int) -> HttpResponse:
    """Its PDFs; and for whoever makes it everything that may stand in it, section by section."""
    return _page(request, opened_paper(request, pk))


def _page(request: SquareRequest, paper: Paper, greeting: GreetingForm | None = None) -> HttpResponse:
    language, now = request.LANGUAGE_CODE, timezone.now()
    may_edit = bool(can_edit_papers(request.viewer, paper.area))
    spoken = request.municipality.languages
    read_in = language if language in spoken else request.municipality.default_language
    choices = choices_of(paper, [read_in], request.viewer, now=now) if may_edit and not paper.is_published else []
    context: dict[str, Any] = {
        "paper": paper,
        "name": in_language(paper.area.name, language),
        "days": days_in_words(paper.period, paper.starts_on, language),
        "papers_url": reverse("noticeboard:papers", kwargs={"slug": slug_of(paper.area, request.site)}),
        "may_edit": may_edit,
        "sheet_form": SheetForm(municipality=request.municipality),
        "greeting_form": greeting or GreetingForm(initial={"greeting": paper.greeting}),
        "sections": _sections(choices, read_in, latest_told(paper)),
    }
    return render(request, "noticeboard/paper.html", context, status=422 if greeting and greeting.errors else 200)


def _sections(choices: Sequence[Choice], language: str, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows by section; what a printing has told says whether there was room for each."""
    keys, left_out = set(told.get("keys", ())), set(told.get("left_out", ()))
    sections: dict[str, list[dict[str, Any]]] = {}
    for choice in choices:
        candidate = choice.candidate
        if candidate.entry_id is None:
            continue
        is_in = candidate.key in keys if keys else None
        rows = sections.setdefault(candidate.section, [])
        rows.append({
            "entry_id": candidate.entry_id, "said": candidate.said[language], "wish": choice.wish,
            "words": choice.item.words if choice.item else "", "is_in": is_in,
            "is_left_out": candidate.key in left_out, "is_first": not rows,
        })  # fmt: skip
    return [{"key": key, "called": section_called(key), "rows": rows} for key, rows in sections.items()]


@needs(EDIT_PAPER)
@require_POST
def item(request: SquareRequest, pk: int) -> HttpResponse:
    """Say of one item whether it goes in, in which words, and where."""
    paper = opened_paper(request, pk)
    said = request.POST.get("entry", "")
    entry_id = int(said) if said.isascii() and said.isdecimal() and len(said) < 18 else 0
    what = request.POST.get("do", "")
    try:
        if what in ("up", "down"):
            _move(request, paper, entry_id, what)
        else:
            words = typed(request.POST.get("words", "")) if what == "words" else None
            wish = request.POST.get("wish", "") if what == "words" else what.removeprefix("auto")
            wish_for_item(paper, entry_id=entry_id, wish=wish, words=words, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect(f"{reverse('noticeboard:paper', kwargs={'pk': pk})}#e{entry_id}")


def _move(request: SquareRequest, paper: Paper, entry_id: int, what: str) -> None:
    """One place up or down within its section; at the end already, it stays."""
    now, language = timezone.now(), request.municipality.default_language
    choices = [c for c in choices_of(paper, [language], request.viewer, now=now) if c.candidate.entry_id]
    section = next((c.candidate.section for c in choices if c.candidate.entry_id == entry_id), "")
    ids = [c.candidate.entry_id or 0 for c in choices if c.candidate.section == section]
    if entry_id not in ids:
        raise Problem(_("This is not public (any more), so it cannot be printed."))
    here = ids.index(entry_id)
    there = min(max(here + (-1 if what == "up" else 1), 0), len(ids) - 1)
    ids.insert(there, ids.pop(here))
    arrange_items(paper, entry_ids=ids, by=request.viewer, now=now)


@needs(EDIT_PAPER)
@require_POST
def greet(request: SquareRequest, pk: int) -> HttpResponse:
    """The greeting and its picture."""
    paper, by, now = opened_paper(request, pk), request.viewer, timezone.now()
    form = GreetingForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            greet_in_paper(paper, greeting=said["greeting"], language=request.LANGUAGE_CODE, by=by, now=now)
            if said["picture"] or said["no_picture"]:
                hang_paper_picture(paper, file=said["picture"], alt=said["picture_alt"], by=by, now=now)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The greeting is kept."))
            return redirect("noticeboard:paper", pk=pk)
    return _page(request, opened_paper(request, pk), form)


@needs(EDIT_PAPER)
@require_POST
def publish(request: SquareRequest, pk: int) -> HttpResponse:
    """Publish it, or take it back to change it."""
    paper, by, now = opened_paper(request, pk), request.viewer, timezone.now()
    try:
        if "reopen" in request.POST:
            reopen_paper(paper, by=by, now=now)
            messages.success(request, _("The paper is taken back. Only you and those in charge see it now."))
        else:
            publish_paper(paper, by=by, now=now)
            messages.success(request, _("The paper is published."))
            _say_who_gets_it(request, paper)
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("noticeboard:paper", pk=pk)


def _say_who_gets_it(request: SquareRequest, paper: Paper) -> None:
    """How many, not who."""
    count = printers_of(paper, request.viewer)
    said = ngettext(
        "In ten minutes it goes by mail to one person who prints it.",
        "In ten minutes it goes by mail to %(count)d people who print it.",
        count,
    )
    if count:
        messages.info(request, said % {"count": count})
