"""Joining with an e-mail address alone."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dorfplatz.jobs.queue import enqueue
from dorfplatz.kernel.access import public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import Newcomer, join_by_mail
from dorfplatz.members.actions.newcomers import email_of_token
from dorfplatz.members.forms import ForgottenForm, MailJoinForm
from dorfplatz.members.queries import agreed_wordings, joins_by_mail
from dorfplatz.members.turnstiles import FORGOTTEN, turnstile
from dorfplatz.members.views.entering import enter
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@turnstile(FORGOTTEN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_by_mail(request: SquareRequest) -> HttpResponse:
    """Where the municipality allows it: an address in, a link out; the same answer for every address."""
    if request.municipality is None or not joins_by_mail(request.municipality):
        raise Http404
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if _may_ask(request, email):
            with transaction.atomic():
                enqueue(
                    "dorfplatz.members.tasks.mail_joining_link", email=email,
                    municipality_id=request.municipality.pk, language=get_language() or "de",
                )  # fmt: skip
        return render(request, "members/by_mail_sent.html", {"email": email})
    return render(request, "members/by_mail.html", {"form": form})


def _may_ask(request: SquareRequest, email: str) -> bool:
    now = timezone.now()
    by_address = limits.count_attempt(limits.RESET_PER_ADDRESS, limits.client_address(request), now=now)
    by_account = limits.count_attempt(limits.RESET_PER_ACCOUNT, email, now=now)
    return by_address and by_account


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def joined_by_mail(request: SquareRequest, token: str) -> HttpResponse:
    """Behind the mailed link: as with a card, and in which village."""
    if request.municipality is None:
        raise Http404
    email = email_of_token(token, request.municipality)
    if not email:
        return render(request, "members/link_over.html", status=410)
    seen = digest_of(agreed_wordings(request.municipality))
    form = MailJoinForm(request.POST or None, seen=seen, site=request.site)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        newcomer = Newcomer(
            name=said["name"], email=email, password=said["password"], language=get_language() or "de",
            guardian=said["guardian"] if form.is_minor else None,
        )  # fmt: skip
        try:
            identity = join_by_mail(
                token, newcomer=newcomer, home=form.home_area, seen=said["seen"], municipality=request.municipality,
                by=request.viewer, now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
            form.show_again(seen)
        else:
            assert identity.login is not None  # noqa: S101  join_by_mail gives one
            enter(request, identity.login, identity)
            return redirect("members:known")
    return render(request, "members/join_by_mail.html", {"form": form, "email": email})
