"""For whoever is asked: yes or no, on the square or by the link of a mail; and who the other is."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.matching.actions import answer_question, say_thanks
from dorfplatz.matching.addresses import read_question_token
from dorfplatz.matching.enums import Said
from dorfplatz.matching.forms import AnswerForm
from dorfplatz.matching.models import AskedPerson
from dorfplatz.matching.post import theme_of
from dorfplatz.matching.queries import own_questions, question_by_id, question_of_link, things_again
from dorfplatz.members.queries import actor_of_identity
from dorfplatz.villages.kept.notes import never_keep
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_safe
def mine(request: SquareRequest) -> HttpResponse:
    """What one is asked, and whom one has met."""
    found = own_questions(request.viewer, now=timezone.now())
    context = {"questions": [(one, theme_of(one.introduction)) for one in found]}
    return render(request, "matching/mine.html", context)


@members_only
@require_POST
def answer(request: SquareRequest, pk: int) -> HttpResponse:
    """Yes, no, thanks."""
    person = question_by_id(pk, request.viewer)
    form = AnswerForm(request.POST)
    if person is None:
        raise Http404
    if not form.is_valid():
        messages.info(request, _("This cannot be done here."))
        return redirect("matching:mine")
    wanted, now = form.cleaned_data["do"], timezone.now()
    try:
        if wanted == "thank":
            say_thanks(person, by=request.viewer, now=now)
            said = _("Your thanks are on their way.")
        else:
            answer_question(person, says=Said(wanted), by=request.viewer, now=now)
            said = _said(wanted)
        messages.success(request, said)
    except (Problem, Refused) as problem:
        messages.info(request, str(problem))
    return redirect("matching:mine")


def _said(wanted: str) -> str:
    if wanted == Said.YES:
        return _("Thank you! As soon as the other has said yes, too, you hear who it is.")
    return _("That is quite all right. Nobody hears that you said no.")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def by_mail(request: SquareRequest, token: str) -> HttpResponse:
    """The question, by its link: looking changes nothing, as programs follow links too. 410 where it is over."""
    if request.municipality is None:
        raise Http404
    never_keep(request)
    read = read_question_token(token)
    person = question_of_link(*read) if read else None
    if person is not None and not str(person.introduction.area.path).startswith(request.municipality.path):
        person = None
    who = person.identity if person else None
    form = AnswerForm(request.POST) if request.method == "POST" else None
    said = ""
    if person and who and form is not None and form.is_valid() and form.cleaned_data["do"] in Said.values:
        said = _answered(person, actor_of_identity(who), Said(form.cleaned_data["do"]))
    about = _about(person, actor_of_identity(who)) if person and who else {}
    context = {"person": person, "said": said, **about}
    return render(request, "matching/by_mail.html", context, status=200 if person else 410)


def _answered(person: AskedPerson, by: Actor, says: Said) -> str:
    try:
        answer_question(person, says=says, by=by, now=timezone.now())
    except (Problem, Refused) as problem:
        return str(problem)
    return _said(says)


def _about(person: AskedPerson, viewer: Actor) -> dict[str, object]:
    thing = things_again([person.thing], viewer, now=timezone.now()).get(person.thing)
    introduction = person.introduction
    return {"thing": thing, "theme": theme_of(introduction), "connector": introduction.connector}
