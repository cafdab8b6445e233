"""Who has which role where: seen, given and ended by the municipality's admins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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
from dorfplatz.kernel.spelling import typed
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import (
    Letter,
    create_invitation,
    end_grant,
    grant_role,
    hand_over_role,
    note_looks,
    withdraw_invitation,
)
from dorfplatz.members.enums import MANAGE_ROLES, LookedAt, Role
from dorfplatz.members.forms import GrantForm
from dorfplatz.members.freshness import fresh_login
from dorfplatz.members.models import RoleGrant
from dorfplatz.members.policies import can_manage_roles
from dorfplatz.members.queries import (
    Holder,
    grants_in,
    identity_of_email,
    open_invitations_in,
    role_holders,
)
from dorfplatz.members.views.paging import after_asked, page_of, words_asked
from dorfplatz.ui.parts import Step
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest

PAGE_OF_HOLDERS = 25


@dataclass(frozen=True)
class Asked:
    """Which role, in just which area, with which words in the name; `after` is where the page before ended."""

    role: str
    where: str
    words: str
    after: tuple[str, int] | None


@needs(MANAGE_ROLES)
@never_cache
@fresh_login
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: SquareRequest) -> HttpResponse:
    """Who has a role in the municipality, by area, role and name; open invitations, and the form to give one."""
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
    everybody = role_holders(area, request.viewer)
    asked = _asked(request)
    found = [one for one in everybody if _is_meant(one, asked)]
    page = page_of(request, found[: PAGE_OF_HOLDERS + 1], size=PAGE_OF_HOLDERS, kept=("role", "where", "q"))
    note_looks([one.pk for one in page["people"]], page=LookedAt.ROLES, by=request.viewer, now=timezone.now())
    context = {
        **page,
        **_choices(request, everybody, asked),
        "form": form,
        "words": asked.words,
        "invitations": open_invitations_in(area, request.viewer, now=timezone.now()),
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("Roles"), is_current=True)],
    }
    return render(request, "members/roles.html", context)


def _asked(request: SquareRequest) -> Asked:
    said = request.GET
    return Asked(said.get("role", ""), said.get("where", ""), words_asked(request), after_asked(request))


def _is_meant(holder: Holder, asked: Asked) -> bool:
    if asked.after and (holder.name, holder.pk) <= asked.after:
        return False
    name = holder.name.casefold()
    if not all(word in name for word in asked.words.casefold().split()):
        return False
    return any(asked.role in ("", one.role) and asked.where in ("", str(one.area_id)) for one in holder.held)


def _choices(request: SquareRequest, holders: Sequence[Holder], asked: Asked) -> dict[str, Any]:
    """What one can choose among, with how many hold it: value, words, count, whether it is chosen."""
    held = [one for holder in holders for one in holder.held]
    by_role, by_area = Counter(one.role for one in held), Counter(one.area_id for one in held)
    site = request.site
    whole = {site.municipality.pk: _("the whole municipality")}
    names = {pk: name for pk, name in (whole | {area.pk: str(area) for area in site.villages}).items() if by_area[pk]}
    return {
        "role_choices": [(role, role.label, by_role[role], role == asked.role) for role in Role if by_role[role]],
        "where_choices": [(pk, name, by_area[pk], str(pk) == asked.where) for pk, name in names.items()],
        "total": len(held),
    }


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
@fresh_login
@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: SquareRequest, pk: int) -> HttpResponse:
    """Asks once, then ends the role at once."""
    grant = get_object_or_404(grants_in(request.municipality.area, request.viewer), pk=pk)
    if request.method == "POST":
        try:
            _end_or_hand_over(request, grant)
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


def _end_or_hand_over(request: SquareRequest, grant: RoleGrant) -> None:
    """With a successor's address the role goes on, else it ends. Raises Problem for an address nobody has."""
    email, now = typed(request.POST.get("successor", "")).strip(), timezone.now()
    if not email:
        end_grant(grant, by=request.viewer, now=now)
        return
    successor = identity_of_email(email)
    if successor is None:
        raise Problem(_("Nobody on the square has this address. Please invite the person first."))
    square = in_language(request.municipality.area.name, successor.language)
    link = base_url(request.municipality) + reverse("members:login")
    hand_over_role(grant, successor=successor, square=square, link=link, by=request.viewer, now=now)


@needs(MANAGE_ROLES)
@fresh_login
@require_POST
def withdraw(request: SquareRequest, pk: int) -> HttpResponse:
    """Make the link of an invitation worthless."""
    now = timezone.now()
    open_ones = open_invitations_in(request.municipality.area, request.viewer, now=now)
    withdraw_invitation(get_object_or_404(open_ones, pk=pk), by=request.viewer, now=now)
    messages.success(request, _("The invitation is withdrawn; its link does not work any more."))
    return redirect("members:roles")
