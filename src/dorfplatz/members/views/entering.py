"""Logging in and out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.address import is_own_address
from dorfplatz.members import limits
from dorfplatz.members.actions import use_code
from dorfplatz.members.authentication import Found, find_login
from dorfplatz.members.devices import account_key
from dorfplatz.members.factors import factors_of, has_resting_roles
from dorfplatz.members.forms import LoginForm, StepForm
from dorfplatz.members.middleware import exempt_path
from dorfplatz.members.models import Identity, Login
from dorfplatz.members.oidc import provider
from dorfplatz.members.sessions import begin_entering, is_secured, mark_shown, who_is_entering
from dorfplatz.members.turnstiles import LOGIN, calm, turnstile
from dorfplatz.members.views.devices import begin_device
from dorfplatz.ui.context import Shell
from dorfplatz.villages.request import SquareRequest

BACKEND = "dorfplatz.members.authentication.MemberBackend"


@public
@never_cache
@turnstile(LOGIN)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: SquareRequest) -> HttpResponse:
    """Name and password. An unknown address and a wrong password get the same answer at the same price."""
    after = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST" and request.viewer.is_member:
        return redirect(after)
    form = LoginForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        account = account_key(request, email)
        if not _may_try(request, account):
            form.add_error(None, _("These were many attempts. Please wait ten minutes, or set a new password."))
            status = 429
        else:
            found = find_login(email, form.cleaned_data["password"])
            if found and found.identity and not found.is_blocked:
                limits.clear_attempts(limits.LOGIN_PER_ACCOUNT, account)
                calm(LOGIN, account)
                return let_in(request, found.login, found.identity, after=after)
            form.add_error(None, _refusal(found))
    context = {
        "form": form,
        "provider": provider(),
        "after": after if "next" in request.GET or "next" in request.POST else "",
    }
    return render(request, "members/log_in.html", context, status=status)


def _may_try(request: SquareRequest, account: str) -> bool:
    now = timezone.now()
    by_address = limits.count_attempt(limits.LOGIN_PER_ADDRESS, limits.client_address(request), now=now)
    by_account = limits.count_attempt(limits.LOGIN_PER_ACCOUNT, account, now=now)
    return by_address and by_account


def _refusal(found: Found | None) -> str:
    # Only who knows the password learns that the account is blocked.
    if found:
        return _("This account is blocked. Please talk to the connectors of your village or to the municipality.")
    return _("E-mail address and password do not belong together. Please look at both once more.")


def let_in(request: SquareRequest, login: Login, identity: Identity, *, after: str) -> HttpResponse:
    """The first step is done: on to the second, where there is one; else in."""
    if factors_of(login).any:
        request.session.cycle_key()
        begin_entering(request.session, login, after=after, now=timezone.now())
        return redirect("members:second_step")
    enter(request, login, identity)
    return onward(request, identity, after=after)


def enter(request: SquareRequest, login: Login, identity: Identity, *, factor: str = "") -> None:
    """Begin a new session for this login, and greet."""
    begin_session(request, login, backend=BACKEND)
    mark_shown(request.session, now=timezone.now(), factor=factor)
    begin_device(request, login)
    messages.success(request, _("Good day, %(name)s!") % {"name": identity.name})


def onward(request: SquareRequest, identity: Identity, *, after: str) -> HttpResponse:
    """Where she wanted to go; who has a role that rests without a second step sets one up first."""
    if not is_secured(request.session) and has_resting_roles(identity, exempt_path=exempt_path(request)):
        messages.warning(request, _("Your role begins with a second step at logging in. Please set one up now."))
        return redirect("members:factors")
    return redirect(after)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: SquareRequest) -> HttpResponse:
    """After the password: a code from the app, or one of the spare codes."""
    now = timezone.now()
    entering = who_is_entering(request.session, now=now)
    if entering is None:
        return redirect("members:login")
    form = StepForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not limits.count_attempt(limits.STEP_PER_ACCOUNT, f"login:{entering.login.pk}", now=now):
            form.add_error("code", _("These were many attempts. Please wait ten minutes."))
            status = 429
        else:
            factor = use_code(entering.login, code=form.cleaned_data["code"], by=request.viewer, now=now)
            if factor:
                limits.clear_attempts(limits.STEP_PER_ACCOUNT, f"login:{entering.login.pk}")
                enter(request, entering.login, entering.identity, factor=factor)
                return redirect(entering.after)
            form.add_error("code", _("This code is not right, or was used already. Please type the next one."))
    context = {"form": form, "factors": factors_of(entering.login)}
    return render(request, "members/second_step.html", context, status=status)


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_out(request: SquareRequest) -> HttpResponse:
    """Asks once, then ends the session."""
    if request.method == "POST":
        end_session(request)
        messages.success(request, _("You are logged out. See you soon!"))
        return redirect(Shell(request).home_url)
    return render(request, "members/log_out.html")


def own_address(request: SquareRequest, address: str) -> str:
    """The address when it is one of this square's, else the home page."""
    return address if is_own_address(address) else Shell(request).home_url
