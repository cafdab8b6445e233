"""Logging in through another provider, and linking it with oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import enter_by_provider, link_provider, unlink_provider
from dorfplatz.members.freshness import fresh_login, fresh_login_to_look
from dorfplatz.members.models import Identity
from dorfplatz.members.oidc import Asked, Provider, address_to_ask, provider, subject_of
from dorfplatz.members.views.entering import let_in, own_address
from dorfplatz.members.views.own import own
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest

ASKED = "provider_asked"


@public
@never_cache
@require_safe
def begin(request: SquareRequest) -> HttpResponse:
    """To the provider's page."""
    found = _provider(request)
    after = own_address(request, request.GET.get("next", ""))
    return redirect(after) if request.viewer.is_member else _ask(request, found, after=after, is_link=False)


@members_only
@never_cache
@fresh_login_to_look
@require_safe
def link(request: SquareRequest) -> HttpResponse:
    """To the provider's page, to come in through it from now on."""
    found = _provider(request)
    own(request)
    return _ask(request, found, after=reverse("members:me"), is_link=True)


def _provider(request: SquareRequest) -> Provider:
    found = provider()
    if found is None or request.municipality is None:
        raise Http404
    return found


def _ask(request: SquareRequest, found: Provider, *, after: str, is_link: bool) -> HttpResponse:
    asked = Asked.new(after=after, is_link=is_link)
    try:
        address = address_to_ask(found, asked, back=_back(request))
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("members:me" if is_link else "members:login")
    request.session[ASKED] = asked.kept()
    return HttpResponseRedirect(address)


def _back(request: SquareRequest) -> str:
    """The one address that the provider has been told of, whatever the reader's language."""
    with override(request.municipality.default_language):
        return base_url(request.municipality) + reverse("members:provider_back")


@public
@never_cache
@require_safe
def back(request: SquareRequest) -> HttpResponse:
    """From the provider's page, with a code. What was asked counts once, and in the browser that asked."""
    found, kept = _provider(request), request.session.pop(ASKED, None)
    asked = Asked(**kept) if kept else None
    try:
        if asked is None or not constant_time_compare(request.GET.get("state", ""), asked.state):
            raise Problem(_("This way in has taken too long, or was used already. Please try again."))
        return _come_back(request, found, asked)
    except Problem as problem:
        messages.error(request, str(problem))
        return redirect("members:me" if request.viewer.is_member else "members:login")


def _come_back(request: SquareRequest, found: Provider, asked: Asked) -> HttpResponse:
    now = timezone.now()
    if request.GET.get("iss", found.issuer) != found.issuer or "code" not in request.GET:
        raise Problem(_("You have not logged in there, so nothing has happened here."))
    if not limits.count_attempt(limits.LOGIN_PER_ADDRESS, limits.client_address(request), now=now):
        raise Problem(_("These were many attempts. Please wait ten minutes."))
    subject = subject_of(found, asked, code=request.GET["code"], back=_back(request))
    if asked.is_link:
        identity, _login = own(request)
        link_provider(identity, issuer=found.issuer, subject=subject, by=request.viewer, now=now)
        messages.success(request, _("From now on you can log in with %(name)s too.") % {"name": found.name})
        return redirect(asked.after)
    login = enter_by_provider(issuer=found.issuer, subject=subject, by=request.viewer, now=now)
    return let_in(request, login, Identity.objects.get(login=login), after=asked.after)


@members_only
@fresh_login
@require_POST
def unlink(request: SquareRequest) -> HttpResponse:
    """Not through this provider any more."""
    found = _provider(request)
    identity, _login = own(request)
    if unlink_provider(identity, issuer=found.issuer, by=request.viewer, now=timezone.now()):
        messages.success(request, _("You no longer log in with %(name)s.") % {"name": found.name})
    return redirect("members:me")
