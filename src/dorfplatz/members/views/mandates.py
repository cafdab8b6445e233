"""People without internet: taken in, acted for, and ended, by their connectors."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.acting import begin_acting, stop_acting
from dorfplatz.members.actions import end_mandate, give_mandate, hand_over_mandate, take_in_person
from dorfplatz.members.enums import ACT_FOR
from dorfplatz.members.forms import HandOverForm, MandateForm, RenewForm
from dorfplatz.members.models import Identity, Mandate
from dorfplatz.members.queries import colleagues_for, looked_after, villages_to_help
from dorfplatz.members.session_keys import renew_key
from dorfplatz.ui.context import Shell
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


@needs(ACT_FOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: SquareRequest) -> HttpResponse:
    """For whom one acts, and the form for somebody new."""
    villages = villages_to_help(request.site, request.viewer)
    form = MandateForm(request.POST or None, villages=villages, languages=request.municipality.languages)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            mandate = take_in_person(
                name=said["name"], home=form.areas[said["village"]], language=said["language"],
                consent=form.consent,
                by=request.viewer, now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("You may now act for %(name)s.") % {"name": mandate.person.name})
            return redirect("members:mandates")
    context = {
        "form": form,
        "mandates": looked_after(request.viewer, now=timezone.now()),
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("Without internet"), is_current=True)],
    }
    return render(request, "members/mandates.html", context)


def _own(request: SquareRequest, pk: int) -> Mandate:
    """One of the viewer's own, as long as it holds."""
    found = next((one for one in looked_after(request.viewer, now=timezone.now()) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _steps(mandate: Mandate) -> list[Step]:
    return [
        Step(_("Settings"), reverse("villages:settings")),
        Step(_("Without internet"), reverse("members:mandates")),
        Step(mandate.person.name, is_current=True),
    ]


@needs(ACT_FOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def renew_mandate(request: SquareRequest, pk: int) -> HttpResponse:
    """She has agreed anew: for longer, or to something else."""
    now = timezone.now()
    mandate = _own(request, pk)
    start = {"purpose": mandate.purpose, "consent_by": mandate.consent_by, "phone": mandate.phone}
    form = RenewForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            given = give_mandate(mandate.person, consent=form.consent, by=request.viewer, now=now)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            said = {"name": mandate.person.name, "day": date_format(localtime(given.until), "DATE_FORMAT")}
            messages.success(request, _("You may act for %(name)s until %(day)s.") % said)
            return redirect("members:mandates")
    context = {"form": form, "mandate": mandate, "steps": _steps(mandate)}
    return render(request, "members/renew_mandate.html", context)


@needs(ACT_FOR)
@require_POST
def act(request: SquareRequest, pk: int) -> HttpResponse:
    """From here on, for an hour at most, what one writes is that person's."""
    mandate = _own(request, pk)
    begin_acting(request, mandate.person_id, now=timezone.now())
    renew_key(request)
    return redirect(Shell(request).home_url)


@members_only
@require_POST
def act_no_more(request: SquareRequest) -> HttpResponse:
    """Be oneself again, where one was before."""
    back = stop_acting(request)
    renew_key(request)
    messages.success(request, _("You act for yourself again."))
    return redirect(back or Shell(request).home_url)


@needs(ACT_FOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_help(request: SquareRequest, pk: int) -> HttpResponse:
    """She takes her consent back, or nobody needs it any more: what goes, and then it is gone."""
    mandate = _own(request, pk)
    if request.method == "POST":
        name = mandate.person.name
        end_mandate(mandate, by=request.viewer, now=timezone.now())
        if Identity.objects.filter(pk=mandate.person_id).exists():
            messages.success(request, _("Ended. Somebody else still acts for %(name)s.") % {"name": name})
        else:
            messages.success(request, _("Ended. Everything about this person is erased."))
        return redirect("members:mandates")
    return render(request, "members/end_help.html", {"mandate": mandate, "steps": _steps(mandate)})


@needs(ACT_FOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_help(request: SquareRequest, pk: int) -> HttpResponse:
    """A colleague goes on acting for her."""
    mandate = _own(request, pk)
    form = HandOverForm(request.POST or None, colleagues=colleagues_for(mandate.person, request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            given = hand_over_mandate(mandate, to=form.chosen, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            said = {"other": form.chosen.name, "name": given.person.name}
            messages.success(request, _("%(other)s looks after %(name)s from now on.") % said)
            return redirect("members:mandates")
    context = {"form": form, "mandate": mandate, "steps": _steps(mandate)}
    return render(request, "members/hand_over_help.html", context)
