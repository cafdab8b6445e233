"""Joining with the code of an invitation or of a card."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dorfplatz.kernel.access import public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import accept_invitation, take_up_invitation
from dorfplatz.members.enums import Role
from dorfplatz.members.forms import JoinForm
from dorfplatz.members.models import Invitation
from dorfplatz.members.queries import identity_of_email, open_card, open_invitation, own_identity
from dorfplatz.members.views.cards import join_by_card
from dorfplatz.members.views.entering import enter
from dorfplatz.ui.context import Shell
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: SquareRequest, code: str) -> HttpResponse:
    """Name, password, language: then one is a member. Members take the role with one tap. A card asks a little more."""
    if request.municipality is None:
        raise Http404
    now = timezone.now()
    within = limits.count_attempt(limits.CODE_PER_ADDRESS, limits.client_address(request), now=now)
    invitation = open_invitation(code, now=now) if within else None
    card = open_card(code, request.municipality, now=now) if within and invitation is None else None
    if card is not None:
        return join_by_card(request, card, code)
    if invitation is None:
        return render(request, "members/invitation_over.html", status=410 if within else 429)
    if identity_of_email(invitation.email):
        return _join_as_member(request, invitation, code)
    form = JoinForm(request.POST or None, languages=request.municipality.languages, initial=_start())
    if request.method == "POST" and form.is_valid():
        try:
            identity = accept_invitation(code, by=request.viewer, now=now, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            assert identity.login is not None  # noqa: S101  accept_invitation gives one
            enter(request, identity.login, identity)
            return redirect(Shell(request).home_url)
    return render(request, "members/join.html", {"form": form, **_told(invitation)})


def _start() -> dict[str, str]:
    return {"language": get_language() or "de"}


def _told(invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation, "role": Role(invitation.role).label, "area": invitation.area}


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
            messages.success(request, _("Thank you! The role is yours from now on."))
        return redirect(Shell(request).home_url)
    context = {"is_invited": is_invited, "is_other": bool(identity) and not is_invited, **_told(invitation)}
    return render(request, "members/join_as_member.html", context)
