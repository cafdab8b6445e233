"""Joining with the code of an invitation or of a card."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import Newcomer, accept_invitation, take_up_invitation
from dorfplatz.members.forms import JoinForm
from dorfplatz.members.guessing import count_wrong_code
from dorfplatz.members.models import Invitation
from dorfplatz.members.queries import (
    agreed_wordings,
    identity_of_email,
    invited_to,
    open_card,
    open_invitation,
    own_identity,
)
from dorfplatz.members.session_keys import renew_key
from dorfplatz.members.turnstiles import JOIN, turnstile
from dorfplatz.members.views.cards import join_by_card, settle_by_card
from dorfplatz.members.views.entering import enter, onward
from dorfplatz.ui.context import Shell
from dorfplatz.villages.legal import digest_of
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@turnstile(JOIN)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SquareRequest, code: str) -> HttpResponse:
    """By an invitation or with a card: then one is a member. Members take what they are invited to with one tap."""
    if request.municipality is None:
        raise Http404
    now = timezone.now()
    within = limits.count_attempt(limits.CODE_PER_ADDRESS, limits.client_address(request), now=now)
    invitation = open_invitation(code, now=now) if within else None
    card = open_card(code, request.municipality, now=now) if within and invitation is None else None
    if card is not None:
        present = own_identity(request.viewer) if request.viewer.hand_id is None else None
        return settle_by_card(request, card, code, present) if present else join_by_card(request, card, code)
    if invitation is None:
        if within:
            count_wrong_code(request.municipality, now=now)
        return render(request, "members/invitation_over.html", status=410 if within else 429)
    if identity_of_email(invitation.email):
        return _join_as_member(request, invitation, code)
    return _join(request, request.municipality, invitation, code)


def _join(request: SquareRequest, municipality: Municipality, invitation: Invitation, code: str) -> HttpResponse:
    """Name, password, language, age, the house rules: then one is a member, with what one was invited to."""
    seen = digest_of(agreed_wordings(municipality))
    languages, language = municipality.languages, get_language() or "de"
    form = JoinForm(request.POST or None, seen=seen, languages=languages, language=language)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        newcomer = Newcomer(
            name=said["name"], email=invitation.email, password=said["password"], language=said["language"]
        )
        try:
            identity = accept_invitation(
                code, newcomer=newcomer, seen=said["seen"], municipality=municipality, by=request.viewer,
                now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
            form.show_again(seen)
        else:
            assert identity.login is not None  # noqa: S101  accept_invitation gives one
            enter(request, identity.login, identity)
            return onward(request, identity, after=Shell(request).home_url)
    return render(request, "members/join.html", {"form": form, **_told(invitation)})


def _told(invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation, "role": invited_to(invitation), "area": invitation.area}


def _join_as_member(request: SquareRequest, invitation: Invitation, code: str) -> HttpResponse:
    """For an address that has a login: log in first, then one button."""
    identity = own_identity(request.viewer)
    is_invited = bool(identity and identity.login and identity.login.email.casefold() == invitation.email.casefold())
    if request.method == "POST" and identity and is_invited:
        try:
            take_up_invitation(code, identity=identity, by=request.viewer, now=timezone.now())
        except Problem as problem:
            messages.error(request, str(problem))
        else:
            renew_key(request)
            thanks = _("Thank you! It is yours from now on.") if invitation.errand else ""
            messages.success(request, thanks or _("Thank you! The role is yours from now on."))
        return onward(request, identity, after=Shell(request).home_url)
    context = {"is_invited": is_invited, "is_other": bool(identity) and not is_invited, **_told(invitation)}
    return render(request, "members/join_as_member.html", context)
