"""For connectors: what might fit, and the introductions that run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.entries.queries import titles_in
from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.matching.actions import (
    answer_question,
    call_off_introduction,
    pass_suggestion,
    propose_introduction,
    say_outcome,
)
from dorfplatz.matching.enums import INTRODUCE, Said
from dorfplatz.matching.forms import CALL_OFF, PASS, WORKED, SteerForm, SuggestionForm
from dorfplatz.matching.models import Introduction
from dorfplatz.matching.queries import (
    Proposal,
    areas_to_introduce_in,
    ended_in,
    introduction_by_id,
    running_in,
    suggestions_for,
)
from dorfplatz.matching.sources import Source, Thing, sources
from dorfplatz.matching.words import reasons_in_words
from dorfplatz.villages.request import SquareRequest


@needs(INTRODUCE)
@never_cache
@require_safe
def introductions(request: SquareRequest) -> HttpResponse:
    """What might fit, what runs, what came of it."""
    viewer, now = request.viewer, timezone.now()
    areas = areas_to_introduce_in(request.site, viewer)
    context = {
        "suggestions": _shown(suggestions_for(request.site, viewer, now=now)),
        "running": running_in(areas, viewer, now=now),
        "ended": ended_in(areas, viewer, now=now),
    }
    return render(request, "matching/introductions.html", context)


@dataclass(frozen=True)
class ShownSide:
    """One side in the reader's language, as far as there is a version; `language` where there is none."""

    thing: Thing
    title: str
    language: str

    @property
    def source(self) -> Source:
        return sources[self.thing.side.sort]


@dataclass(frozen=True)
class ShownPair:
    one: Proposal
    sides: Sequence[ShownSide]
    reasons: Sequence[str]


def _shown(found: Sequence[Proposal]) -> list[ShownPair]:
    """One query for titles."""
    language = get_language() or "de"
    titles = titles_in(language, of=[thing.entry_id for one in found for thing in (one.needs, one.has)])
    return [
        ShownPair(
            one, [_side(thing, titles, language) for thing in (one.needs, one.has)],
            reasons_in_words(one.suggestion.reasons),
        )
        for one in found
    ]  # fmt: skip


def _side(thing: Thing, titles: Mapping[int, str], language: str) -> ShownSide:
    translated = "" if thing.side.language == language else titles.get(thing.entry_id, "")
    is_foreign = thing.side.language != language and not translated
    return ShownSide(thing, translated or thing.title, thing.side.language if is_foreign else "")


@needs(INTRODUCE)
@require_POST
def suggestion(request: SquareRequest) -> HttpResponse:
    """Ask both, or say that it does not fit; then the page again."""
    form = SuggestionForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("This cannot be done here."))
        return redirect("matching:introductions")
    pair, by, now = form.cleaned_data["pair"], request.viewer, timezone.now()
    try:
        if form.cleaned_data["do"] == PASS:
            pass_suggestion(pair, site=request.site, by=by, now=now)
            messages.success(request, _("Good. These two are not suggested any more."))
        else:
            propose_introduction(pair, site=request.site, by=by, now=now)
            messages.success(request, _("Both are asked. Who has no internet is on your desk, to be rung."))
    except Problem as problem:
        messages.info(request, str(problem))
    return redirect("matching:introductions")


@needs(INTRODUCE)
@require_POST
def steer(request: SquareRequest, pk: int) -> HttpResponse:
    """A yes or a no heard on the phone, how it went, or called off; then the page again."""
    found = introduction_by_id(pk, request.site, request.viewer)
    form = SteerForm(request.POST)
    if found is None:
        raise Http404
    if not form.is_valid():
        messages.info(request, _("This cannot be done here."))
        return redirect("matching:introductions")
    try:
        messages.success(request, _done(request, found, form.cleaned_data["do"], form.cleaned_data["person"]))
    except Problem as problem:
        messages.info(request, str(problem))
    return redirect("matching:introductions")


def _done(request: SquareRequest, found: Introduction, wanted: str, person_pk: int | None) -> str:
    by, now = request.viewer, timezone.now()
    if wanted in Said.values:
        person = next((one for one in found.people.all() if one.pk == person_pk), None)
        if person is None:
            raise Problem(_("This cannot be done here."))
        answer_question(person, says=Said(wanted), by=by, now=now)
        return _("Noted.")
    if wanted == CALL_OFF:
        call_off_introduction(found, by=by, now=now)
        return _("Nobody is asked any more.")
    say_outcome(found, worked=wanted == WORKED, by=by, now=now)
    return _("Noted. Thank you for having brought them together!")
