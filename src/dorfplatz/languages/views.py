"""Settings: how translation stands here, the words of the place, and what may leave the house."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.languages.actions import (
    add_local_word,
    change_local_word,
    decide_outside_translation,
    remove_local_word,
)
from dorfplatz.languages.enums import Treatment
from dorfplatz.languages.forms import WordForm, initial_of
from dorfplatz.languages.models import LocalWord
from dorfplatz.languages.queries import is_outside_allowed, local_words
from dorfplatz.translation.engines.choosing import the_engine
from dorfplatz.ui.parts import Step
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.request import SquareRequest


@needs(MANAGE)
@require_safe
def settings(request: SquareRequest) -> HttpResponse:
    can_manage_municipality(request.viewer, request.municipality).require()
    engine = the_engine()
    context = {
        "standing": engine.standing(),
        "goes_outside": engine.leaves_the_house,
        "is_allowed": is_outside_allowed(request.municipality),
        "words": local_words(request.municipality),
        "steps": _steps(_("Languages"), is_below=False),
    }
    return render(request, "languages/settings.html", context)


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SquareRequest) -> HttpResponse:
    can_manage_municipality(request.viewer, request.municipality).require()
    first = {"language": request.municipality.languages[0], "treatment": Treatment.EXPLAINED}
    form = WordForm(request.POST or None, languages=request.municipality.languages, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            add_local_word(request.municipality, draft=form.draft, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error("word", str(problem))
        else:
            return _saved(request)
    return _shown(request, form, _("A word of the place"))


@needs(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SquareRequest, pk: int) -> HttpResponse:
    word = _word(request, pk)
    form = WordForm(request.POST or None, languages=request.municipality.languages, initial=initial_of(word))
    if request.method == "POST" and form.is_valid():
        try:
            change_local_word(word, draft=form.draft, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error("word", str(problem))
        else:
            return _saved(request)
    return _shown(request, form, str(word), word)


@needs(MANAGE)
@require_POST
def remove(request: SquareRequest, pk: int) -> HttpResponse:
    word = _word(request, pk)
    remove_local_word(word, by=request.viewer, now=timezone.now())
    messages.success(request, _("“%(word)s” is out of the list.") % {"word": word.word})
    return redirect("languages:settings")


@needs(MANAGE)
@require_POST
def outside(request: SquareRequest) -> HttpResponse:
    """Say yes or no to the service that the operator has set up."""
    is_allowed = request.POST.get("is_allowed") == "yes"
    decide_outside_translation(request.municipality, is_allowed=is_allowed, by=request.viewer, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("languages:settings")


def _steps(here: str, *, is_below: bool = True) -> list[Step]:
    above = [Step(_("Settings"), reverse("villages:settings"))]
    if is_below:
        above.append(Step(_("Languages"), reverse("languages:settings")))
    return [*above, Step(here, is_current=True)]


def _word(request: SquareRequest, pk: int) -> LocalWord:
    can_manage_municipality(request.viewer, request.municipality).require()
    return get_object_or_404(LocalWord.objects.select_related("municipality"), municipality=request.municipality, pk=pk)


def _saved(request: SquareRequest) -> HttpResponse:
    messages.success(request, _("Saved. What has this word in it is translated anew by and by."))
    return redirect("languages:settings")


def _shown(request: SquareRequest, form: WordForm, heading: str, word: LocalWord | None = None) -> HttpResponse:
    context = {"form": form, "word": word, "heading": heading, "steps": _steps(heading)}
    return render(request, "languages/word_form.html", context, status=422 if form.errors else 200)
