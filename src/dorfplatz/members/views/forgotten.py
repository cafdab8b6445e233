"""A forgotten password, and the mailed link to set a new one."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.access import public
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import set_new_password
from dorfplatz.members.forms import ForgottenForm, NewPasswordForm
from dorfplatz.members.queries import login_of_token
from dorfplatz.members.turnstiles import FORGOTTEN, turnstile
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@turnstile(FORGOTTEN)
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: SquareRequest) -> HttpResponse:
    """The same answer for every address, known or not, and the same work for the page."""
    if request.municipality is None:
        raise Http404
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if _may_ask(request, email):
            with transaction.atomic():
                enqueue("dorfplatz.members.tasks.mail_reset_link", email=email, municipality_id=request.municipality.pk)
        return render(request, "members/forgotten_sent.html", {"email": email})
    return render(request, "members/forgotten.html", {"form": form})


def _may_ask(request: SquareRequest, email: str) -> bool:
    now = timezone.now()
    by_address = limits.count_attempt(limits.RESET_PER_ADDRESS, limits.client_address(request), now=now)
    by_account = limits.count_attempt(limits.RESET_PER_ACCOUNT, email, now=now)
    return by_address and by_account


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: SquareRequest, uid: str, token: str) -> HttpResponse:
    """Behind the mailed link. Setting the password ends all sessions; one then logs in with it."""
    login = login_of_token(uid, token)
    if login is None:
        return render(request, "members/link_over.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_new_password(
                uid=uid, token=token, password=form.cleaned_data["password"], by=VISITOR, now=timezone.now()
            )
        except Problem as problem:
            form.add_error("password", str(problem))
        else:
            limits.clear_attempts(limits.LOGIN_PER_ACCOUNT, login.email)
            messages.success(request, _("Your new password counts. Please log in with it."))
            return redirect("members:login")
    return render(request, "members/new_password.html", {"form": form, "email": login.email})
