"""Passkeys: added on one's own page, shown at logging in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import add_passkey, use_passkey
from dorfplatz.members.factors import PASSKEY
from dorfplatz.members.forms import PasskeyForm
from dorfplatz.members.freshness import fresh_login_to_look
from dorfplatz.members.models import Identity
from dorfplatz.members.passkeys import ask_to_register, ask_to_show, read_registration, read_shown
from dorfplatz.members.session_keys import renew_key
from dorfplatz.members.sessions import mark_shown, who_is_entering
from dorfplatz.members.views.entering import enter, own_address
from dorfplatz.members.views.factors import show_codes, steps
from dorfplatz.members.views.own import own
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@fresh_login_to_look
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SquareRequest) -> HttpResponse:
    """Give it a name, and let the device make it."""
    identity, login = own(request)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            credential = read_registration(request, form.cleaned_data["credential"])
            codes = add_passkey(
                identity, name=form.cleaned_data["name"], credential=credential, by=request.viewer, now=now
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            mark_shown(request.session, now=now, factor=PASSKEY.value)
            renew_key(request)
            messages.success(request, _("Your passkey is set up. You can log in with it from now on."))
            return show_codes(request, codes) if codes else redirect("members:factors")
    asked = ask_to_register(request, login)
    return render(request, "members/add_passkey.html", {"form": form, "asked": asked, "steps": steps(_("Passkey"))})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: SquareRequest) -> HttpResponse:
    """What to ask the device (GET, as JSON), and what it answers: then one is in, by both steps at once."""
    now = timezone.now()
    entering = who_is_entering(request.session, now=now)
    if request.method != "POST":
        return HttpResponse(ask_to_show(request, entering.login if entering else None), content_type="application/json")
    after = entering.after if entering else own_address(request, request.POST.get("next", ""))
    if not limits.count_attempt(limits.LOGIN_PER_ADDRESS, limits.client_address(request), now=now):
        messages.error(request, _("These were many attempts. Please wait ten minutes."))
        return redirect("members:login")
    try:
        passkey = read_shown(request, request.POST.get("credential", ""), entering.login if entering else None)
        login = use_passkey(passkey, by=request.viewer, now=now)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("members:second_step" if entering else "members:login")
    enter(request, login, Identity.objects.get(login=login), factor=PASSKEY.value)
    return redirect(after)
