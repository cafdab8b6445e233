"""Who has which role where: seen, given and ended by the municipality's admins."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import needs
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import Letter, create_invitation, end_grant, grant_role, note_looks, withdraw_invitation
from dorfplatz.members.enums import MANAGE_ROLES, LookedAt, Role
from dorfplatz.members.forms import GrantForm
from dorfplatz.members.models import Identity, RoleGrant
from dorfplatz.members.policies import can_manage_roles
from dorfplatz.members.queries import grants_in, identity_of_email, open_invitations_in
from dorfplatz.ui.parts import Step
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest


@dataclass(frozen=True)
class Holder:
    """A person and the roles held here."""

    identity: Identity
    grants: list[RoleGrant] = field(default_factory=list)


@needs(MANAGE_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: SquareRequest) -> HttpResponse:
    """Everybody with a role in the municipality, open invitations, and the form to give one."""
    area = request.municipality.area
    can_manage_roles(request.viewer, area).require()
    form = GrantForm(request.POST or None, site=request.site)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _give(request, form))
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("members:roles")
    grants = grants_in(area, request.viewer)
    holders = [Holder(held[0].identity, held) for _key, group in groupby(grants, _identity_id) if (held := list(group))]
    note_looks([grant.identity_id for grant in grants], page=LookedAt.ROLES, by=request.viewer, now=timezone.now())
    context = {
        "form": form,
        "holders": holders,
        "invitations": open_invitations_in(area, request.viewer, now=timezone.now()),
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("Roles"), is_current=True)],
    }
    return render(request, "members/roles.html", context)


def _identity_id(grant: RoleGrant) -> int:
    return grant.identity_id


def _give(request: SquareRequest, form: GrantForm) -> str:
    """Give the role to a member, or invite; returns what to say."""
    role, area = Role(form.cleaned_data["role"]), form.chosen_area
    email = form.cleaned_data["email"]
    member = identity_of_email(email)
    now = timezone.now()
    if member:
        grant_role(member, role=role, area=area, by=request.viewer, now=now)
        return _("%(name)s: %(role)s, %(area)s.") % {"name": member.name, "role": role.label, "area": area}
    create_invitation(email=email, role=role, area=area, by=request.viewer, now=now, letter=_letter(request))
    return _("An invitation is on its way to %(email)s.") % {"email": email}


def _letter(request: SquareRequest) -> Letter:
    municipality = request.municipality
    language = municipality.default_language

    def link(code: str) -> str:
        with override(language):
            return base_url(municipality) + reverse("members:join", args=[code])

    return Letter(link, language, in_language(municipality.area.name, language))


@needs(MANAGE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: SquareRequest, pk: int) -> HttpResponse:
    """Asks once, then ends the role at once."""
    grant = get_object_or_404(grants_in(request.municipality.area, request.viewer), pk=pk)
    if request.method == "POST":
        try:
            end_grant(grant, by=request.viewer, now=timezone.now())
        except Problem as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("The role has ended."))
        # Who ended their own role as admin has no business on the page of roles any more.
        return redirect("members:me" if grant.identity_id == request.viewer.identity_id else "members:roles")
    context = {
        "grant": grant,
        "role": Role(grant.role).label,
        "is_own": grant.identity_id == request.viewer.identity_id,
        "steps": [
            Step(_("Settings"), reverse("villages:settings")),
            Step(_("Roles"), reverse("members:roles")),
            Step(_("End"), is_current=True),
        ],
    }
    return render(request, "members/end_role.html", context)


@needs(MANAGE_ROLES)
@require_POST
def withdraw(request: SquareRequest, pk: int) -> HttpResponse:
    """Make the link of an invitation worthless."""
    now = timezone.now()
    open_ones = open_invitations_in(request.municipality.area, request.viewer, now=now)
    withdraw_invitation(get_object_or_404(open_ones, pk=pk), by=request.viewer, now=now)
    messages.success(request, _("The invitation is withdrawn; its link does not work any more."))
    return redirect("members:roles")
