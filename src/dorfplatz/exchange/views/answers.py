"""Answering, and the page between the two: yes, no, taken back, thanks."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dorfplatz.exchange.actions import (
    accept_answer,
    decline_answer,
    give_answer,
    show_thanks,
    thank_helper,
    withdraw_answer,
)
from dorfplatz.exchange.enums import Direction
from dorfplatz.exchange.forms.exchange import AnswerForm, ThanksForm
from dorfplatz.exchange.models import Answer, Exchange
from dorfplatz.exchange.policies import (
    can_answer,
    can_say_yes,
    can_show_thanks,
    can_thank,
    can_withdraw_answer,
    speaks_for_author,
)
from dorfplatz.exchange.queries import answers_for, own_answer
from dorfplatz.exchange.views.opened import opened, page_of
from dorfplatz.exchange.words import kicker
from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.letters.policies import can_begin_with
from dorfplatz.members.queries import spokesperson
from dorfplatz.villages.request import SquareRequest


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SquareRequest, code: str) -> HttpResponse:
    """“I can help”: a form, or the answer that one has given already."""
    exchange = opened(request, code)
    present = own_answer(exchange, request.viewer)
    if present is not None:
        return redirect("exchange:talk", code=exchange.entry.code, answer_id=present.pk)
    can_answer(request.viewer, exchange, now=timezone.now()).require()
    if request.method != "POST":
        form = AnswerForm(initial={"form_key": secrets.token_hex(16)})
    else:
        form = AnswerForm(request.POST)
        if form.is_valid() and (given := _given(request, form, exchange)):
            messages.success(request, _("Your answer is on its way. You get a mail when there is news."))
            return redirect("exchange:talk", code=exchange.entry.code, answer_id=given.pk)
    context = {
        "form": form,
        "exchange": exchange,
        "entry": exchange.entry,
        "kicker": kicker(exchange),
        "is_ask": exchange.entry.kind == Direction.ASK,
        "page_url": page_of(exchange.entry),
    }
    return render(request, "exchange/answer.html", context, status=422 if form.errors else 200)


def _given(request: SquareRequest, form: AnswerForm, exchange: Exchange) -> Answer | None:
    said = {"text": form.cleaned_data["text"], "form_key": form.cleaned_data["form_key"] or secrets.token_hex(16)}
    try:
        try:
            return give_answer(exchange, **said, by=request.viewer, now=timezone.now())
        except IntegrityError:  # the same form at the same moment
            return give_answer(exchange, **said, by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: SquareRequest, code: str, answer_id: int) -> HttpResponse:
    """What one has said to the other, and what can be done now."""
    exchange = opened(request, code)
    found = get_object_or_404(answers_for(code, request.viewer), pk=answer_id)
    if found.helper_id in request.viewer.apart_from:
        raise Http404
    found.exchange = exchange
    form = ThanksForm()
    if request.method == "POST":
        form = ThanksForm(request.POST)
        done = _done(request, found, form)
        if done is not None:
            return done
    viewer = request.viewer
    context = {
        "answer": found,
        "exchange": exchange,
        "entry": exchange.entry,
        "kicker": kicker(exchange),
        "form": form,
        "page_url": page_of(exchange.entry),
        "is_helper": found.helper_id == viewer.identity_id,
        "rings": speaks_for_author(viewer, exchange) and exchange.entry.author_id != viewer.identity_id,
        "may_say_yes": found.state == "open" and bool(can_say_yes(viewer, found)),
        "may_say_no": bool(can_say_yes(viewer, found)),
        "may_withdraw": bool(can_withdraw_answer(viewer, found)),
        "may_thank": not found.thanks and bool(can_thank(viewer, found)),
        "may_solve": found.state == "accepted" and exchange.step == "talk" and bool(can_say_yes(viewer, found)),
        "letter_url": _letter_url(request, found),
        "looked_after_by": _looked_after_by(request, found),
        "may_show_thanks": bool(can_show_thanks(viewer, found)),
    }
    return render(request, "exchange/talk.html", context, status=422 if form.errors else 200)


def _letter_url(request: SquareRequest, found: Answer) -> str:
    """Where the two write on, once one has said yes; "" where they cannot."""
    is_helper = found.helper_id == request.viewer.identity_id
    other = found.exchange.entry.author if is_helper else found.helper
    if other is not None and other.login_id is None:  # contact runs through whoever looks after her
        other = spokesperson(other, now=timezone.now())
    if found.state != "accepted" or other is None or not can_begin_with(request.viewer, other):
        return ""
    return reverse("letters:write", args=[other.code])


def _looked_after_by(request: SquareRequest, found: Answer) -> str:
    """Who looks after the other one, where she has no internet; "" for who speaks for herself."""
    is_helper = found.helper_id == request.viewer.identity_id
    other = found.exchange.entry.author if is_helper else found.helper
    person = spokesperson(other, now=timezone.now()) if other is not None else None
    return person.name if person is not None and person.pk != request.viewer.identity_id else ""


def _done(request: SquareRequest, found: Answer, form: ThanksForm) -> HttpResponse | None:
    """What a button does; None where the form of thanks has to be shown again."""
    wanted, by, now = request.POST.get("do", ""), request.viewer, timezone.now()
    verbs: dict[str, tuple[Callable[[], None], str]] = {
        "accept": (lambda: accept_answer(found, by=by, now=now), _("Good! The other person gets a mail.")),
        "decline": (lambda: decline_answer(found, by=by, now=now), _("Done. The other person gets a friendly mail.")),
        "withdraw": (lambda: withdraw_answer(found, by=by, now=now), _("Your answer is taken back.")),
        "show": (lambda: show_thanks(found, shows=True, by=by, now=now), _("The thanks now stand there for all.")),
        "keep": (lambda: show_thanks(found, shows=False, by=by, now=now), _("The thanks stay between you two.")),
    }
    if wanted == "thank":
        if not form.is_valid():
            return None
        thank_helper(found, text=form.cleaned_data["text"], by=by, now=now)
        messages.success(request, _("Your thanks are on their way."))
    elif wanted in verbs:
        verb, said = verbs[wanted]
        verb()
        messages.success(request, said)
    if wanted == "withdraw":
        return redirect(page_of(found.exchange.entry))
    return redirect("exchange:talk", code=found.exchange.entry.code, answer_id=found.pk)
