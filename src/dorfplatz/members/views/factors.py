"""Second steps on one's own page: an app, spare codes, passkeys."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import remove_factor, renew_spare_codes, set_up_app
from dorfplatz.members.factors import APP, app_address, factors_of, has_resting_roles, new_secret
from dorfplatz.members.forms import StepForm
from dorfplatz.members.freshness import fresh_login, fresh_login_to_look
from dorfplatz.members.middleware import exempt_path
from dorfplatz.members.session_keys import follow_device, renew_key
from dorfplatz.members.sessions import FACTOR, is_secured, mark_shown
from dorfplatz.members.views.own import own
from dorfplatz.ui.parts import Step
from dorfplatz.ui.qr import qr_svg
from dorfplatz.villages.request import SquareRequest

SECRET = "app_secret"  # noqa: S105  the name under which the session keeps it until the app is set up


def steps(here: str = "") -> list[Step]:
    """The way from one's own page to here."""
    first = Step(_("My page"), reverse("members:me"))
    second = Step(_("Second step"), reverse("members:factors") if here else "", is_current=not here)
    return [first, second, *([Step(here, is_current=True)] if here else [])]


@members_only
@never_cache
@require_safe
def factors(request: SquareRequest) -> HttpResponse:
    """What there is, what can be added, and whether a role waits for it."""
    identity, login = own(request)
    waits = not is_secured(request.session) and has_resting_roles(identity, exempt_path=exempt_path(request))
    context = {"factors": factors_of(login), "waits": waits, "steps": steps()}
    return render(request, "members/factors.html", context)


@members_only
@never_cache
@fresh_login_to_look
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: SquareRequest) -> HttpResponse:
    """A QR code for the app; the first code from it proves that it works."""
    identity, login = own(request)
    if factors_of(login).app:
        return redirect("members:factors")
    secret = request.session.setdefault(SECRET, new_secret())
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            codes = set_up_app(identity, secret=secret, code=form.cleaned_data["code"], by=request.viewer, now=now)
        except Problem as problem:
            form.add_error("code", str(problem))
        else:
            del request.session[SECRET]
            mark_shown(request.session, now=now, factor=APP.value)
            renew_key(request)
            messages.success(request, _("Done. From now on you are asked for a code from the app."))
            return show_codes(request, codes) if codes else redirect("members:factors")
    square = in_language(request.municipality.area.name, get_language() or "de")
    typed = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    context = {"form": form, "qr": qr_svg(app_address(login, secret, square)), "secret": typed,
               "steps": steps(_("Code from an app"))}  # fmt: skip
    return render(request, "members/set_up_app.html", context)


def show_codes(request: SquareRequest, codes: list[str]) -> HttpResponse:
    """Spare codes, shown this once."""
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    context = {"codes": shown, "square": request.municipality.area.name, "steps": steps(_("Spare codes"))}
    return render(request, "members/spare_codes.html", context)


@members_only
@never_cache
@fresh_login
@require_POST
def spare_codes(request: SquareRequest) -> HttpResponse:
    """Ten new ones; the old ones are worthless."""
    identity, _login = own(request)
    try:
        return show_codes(request, renew_spare_codes(identity, by=request.viewer, now=timezone.now()))
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("members:factors")


@members_only
@fresh_login
@require_POST
def remove(request: SquareRequest, pk: int) -> HttpResponse:
    """Take one away; other devices are logged out."""
    identity, login = own(request)
    if not remove_factor(identity, factor_id=pk, by=request.viewer, now=timezone.now()):
        raise Http404
    login.refresh_from_db()
    update_session_auth_hash(request, login)
    follow_device(request)
    if not factors_of(login).any:
        request.session.pop(FACTOR, None)
    messages.success(request, _("Removed. On other devices you are logged out."))
    return redirect("members:factors")
