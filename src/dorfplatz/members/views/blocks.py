"""Blocking somebody, and the list of whom one has blocked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import block_member, unblock_member
from dorfplatz.members.queries import member_of_code, own_blocks
from dorfplatz.ui.parts import Step
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: SquareRequest, code: str) -> HttpResponse:
    """Tells what it means, then neither sees the other."""
    person = member_of_code(code, request.viewer) if request.municipality else None
    if person is None or person.pk == request.viewer.identity_id:
        raise Http404
    if request.method == "POST":
        try:
            block_member(person, by=request.viewer, now=timezone.now())
        except Problem as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("%(name)s and you do not see each other any more.") % {"name": person.name})
        return redirect("members:blocked")
    steps = [
        Step(person.name, reverse("members:member", args=[person.code])),
        Step(_("Block"), is_current=True),
    ]
    return render(request, "members/block.html", {"person": person, "steps": steps})


@members_only
@never_cache
@require_safe
def blocked(request: SquareRequest) -> HttpResponse:
    """Whom one has blocked. Only oneself sees this."""
    steps = [Step(_("My page"), reverse("members:me")), Step(_("Blocked people"), is_current=True)]
    return render(request, "members/blocked.html", {"blocks": own_blocks(request.viewer), "steps": steps})


@members_only
@require_POST
def unblock(request: SquareRequest, pk: int) -> HttpResponse:
    """Take a block back."""
    unblock_member(get_object_or_404(own_blocks(request.viewer), pk=pk), by=request.viewer, now=timezone.now())
    messages.success(request, _("Taken back. You see each other again."))
    return redirect("members:blocked")
