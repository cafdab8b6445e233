"""One's own page: name, language, home village, password, sessions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members import limits
from dorfplatz.members.actions import change_identity, change_password, sign_out_everywhere
from dorfplatz.members.enums import Role
from dorfplatz.members.forms import ChangePasswordForm, MeForm
from dorfplatz.members.models import Consent, Identity
from dorfplatz.members.oidc import provider
from dorfplatz.members.queries import has_other_login, own_consents, own_identity, own_roles
from dorfplatz.members.session_keys import follow_device
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: SquareRequest) -> HttpResponse:
    identity = _own(request)
    form = MeForm(request.POST or None, identity=identity, site=request.site)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_identity(
                identity,
                name=form.cleaned_data["name"],
                language=form.cleaned_data["language"],
                home_area=form.home_area,
                by=request.viewer,
                now=timezone.now(),
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved.") if changed else _("Nothing was different; nothing was changed."))
            return redirect("members:me")
    roles = [{"role": Role(grant.role).label, "area": grant.area} for grant in own_roles(request.viewer)]
    agreed = [_Agreed(consent) for consent in own_consents(request.viewer, request.municipality)]
    found = provider()
    context = {"form": form, "identity": identity, "roles": roles, "agreed": agreed, "provider": found,
               "is_linked": bool(found and has_other_login(request.viewer, found.issuer))}  # fmt: skip
    return render(request, "members/me.html", context)


class _Agreed:
    """A text that one agreed to, when, and where it can be read as it was."""

    def __init__(self, consent: Consent) -> None:
        self.label = consent.text.get_kind_display()
        self.at = consent.given_at
        self.url = f"{reverse(f'villages:{consent.text.kind}')}?version={consent.text.version}"


@members_only
@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SquareRequest) -> HttpResponse:
    """Another password for oneself; this session goes on, all others end."""
    identity = _own(request)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, identity, form)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Your new password counts from now on. Other devices are logged out."))
            return redirect("members:me")
    return render(request, "members/password.html", {"form": form})


def _change(request: SquareRequest, identity: Identity, form: ChangePasswordForm) -> None:
    now = timezone.now()
    # Somebody at an unlocked screen could guess here as well as on the login page.
    if not limits.count_attempt(limits.LOGIN_PER_ACCOUNT, f"identity:{identity.pk}", now=now):
        raise Problem(_("These were many attempts. Please wait ten minutes."))
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    login = change_password(identity, old=old, new=new, by=request.viewer, now=now)
    update_session_auth_hash(request, login)
    follow_device(request)


@members_only
@require_POST
def everywhere(request: SquareRequest) -> HttpResponse:
    """End all sessions, this one too."""
    sign_out_everywhere(_own(request), by=request.viewer, now=timezone.now())
    end_session(request)
    messages.success(request, _("You are logged out on all devices."))
    return redirect("members:login")


def _own(request: SquareRequest) -> Identity:
    came: Identity | None = getattr(request.user, "identity", None)  # read with the session; another's while acting
    identity = came if came and came.pk == request.viewer.identity_id else own_identity(request.viewer)
    if identity is None or identity.login is None or request.municipality is None:
        raise Http404
    return identity
