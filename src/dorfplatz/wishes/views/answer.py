"""“Me too”, what connectors say to a wish, and its theme: one button each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dorfplatz.entries.form_keys import given_form_key
from dorfplatz.entries.tongue import author_language, tongue_of
from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.request import SquareRequest
from dorfplatz.wishes.actions import answer_wish, put_in_theme, say_me_too
from dorfplatz.wishes.actions.answer import Answer
from dorfplatz.wishes.addresses import page_of
from dorfplatz.wishes.asked import LONGEST_ID
from dorfplatz.wishes.enums import ANSWER, Status
from dorfplatz.wishes.forms.answer import AnswerForm
from dorfplatz.wishes.policies import can_answer_wish
from dorfplatz.wishes.queries import theme_of
from dorfplatz.wishes.views.opened import opened
from dorfplatz.wishes.views.wish import render_wish


@members_only
@require_POST
def me_too(request: SquareRequest, code: str) -> HttpResponse:
    """The button says what is to be, not what is to change: pressed twice it says the same."""
    wish = opened(request, code)
    says = request.POST.get("says") != "no"
    if say_me_too(wish, says=says, by=request.viewer, now=timezone.now()):
        messages.success(request, _("You join in. Thank you!") if says else _("Taken back."))
    return redirect(f"{page_of(wish.entry)}#me-too")


@needs(ANSWER)
@require_POST
def answer(request: SquareRequest, code: str) -> HttpResponse:
    """How far it is, with a sentence."""
    wish = opened(request, code)
    can_answer_wish(request.viewer, wish).require()
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render_wish(request, wish, form)
    said = form.cleaned_data
    language = tongue_of(said["words"], among=request.municipality.languages, otherwise=author_language(request))
    key = given_form_key(said["form_key"])
    try:
        step = Answer(Status(said["status"]), said["words"], language)
        answer_wish(wish, answer=step, form_key=key, by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return render_wish(request, wish, form)
    messages.success(request, _("It stands there. Whoever wished it and whoever joined in is told."))
    return redirect(page_of(wish.entry))


@needs(ANSWER)
@require_POST
def sort(request: SquareRequest, code: str) -> HttpResponse:
    """Put it into a theme, or out of all."""
    wish = opened(request, code)
    can_answer_wish(request.viewer, wish).require()
    said = request.POST.get("theme", "")
    is_number = said.isascii() and said.isdecimal() and len(said) <= LONGEST_ID
    wanted = theme_of(int(said), request.municipality) if is_number else None
    if said and wanted is None:
        raise Http404
    before = wish.theme_id
    put_in_theme(wish, theme=wanted, by=request.viewer, now=timezone.now())
    messages.success(request, _("Sorted."))
    shown = wanted.pk if wanted else before
    if request.POST.get("back") == "theme" and shown:
        return redirect("wishes:theme", theme_id=shown)
    return redirect(page_of(wish.entry))
