"""Logging in and out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login as begin_session
from django.contrib.auth import logout as end_session
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import members_only, public
from dorfplatz.members import limits
from dorfplatz.members.authentication import Found, find_login
from dorfplatz.members.forms import LoginForm
from dorfplatz.members.models import Identity, Login
from dorfplatz.ui.context import Shell
from dorfplatz.villages.request import SquareRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"


@public
@never_cache
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
        if not _may_try(request, email):
            form.add_error(None, _("These were many attempts. Please wait ten minutes, or set a new password."))
            status = 429
        else:
            found = find_login(email, form.cleaned_data["password"])
            if found and found.identity and not found.is_blocked:
                limits.clear_attempts(limits.LOGIN_PER_ACCOUNT, email)
                enter(request, found.login, found.identity)
                return redirect(after)
            form.add_error(None, _refusal(found))
    context = {"form": form, "after": after if "next" in request.GET or "next" in request.POST else ""}
    return render(request, "members/log_in.html", context, status=status)


def _may_try(request: SquareRequest, email: str) -> bool:
    now = timezone.now()
    by_address = limits.count_attempt(limits.LOGIN_PER_ADDRESS, limits.client_address(request), now=now)
    by_account = limits.count_attempt(limits.LOGIN_PER_ACCOUNT, email, now=now)
    return by_address and by_account


def _refusal(found: Found | None) -> str:
    # Only who knows the password learns that the account is blocked.
    if found:
        return _("This account is blocked. Please talk to the connectors of your village or to the municipality.")
    return _("E-mail address and password do not belong together. Please look at both once more.")


def enter(request: SquareRequest, login: Login, identity: Identity) -> None:
    """Begin a new session for this login, and greet."""
    begin_session(request, login, backend=BACKEND)
    messages.success(request, _("Good day, %(name)s!") % {"name": identity.name})


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
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return Shell(request).home_url
