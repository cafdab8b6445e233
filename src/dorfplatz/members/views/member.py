"""A member's page, as others see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.actions import come_of_age, note_decoy, note_looks
from dorfplatz.members.decoys import decoy_code
from dorfplatz.members.enums import LookedAt
from dorfplatz.members.faces import face
from dorfplatz.members.models import Identity
from dorfplatz.members.policies import can_say_of_age, can_vouch_for
from dorfplatz.members.queries import backers_of, looks_after, member_of_code, portrait_on_page, profile_of, trust_in
from dorfplatz.members.reading import within_budget
from dorfplatz.ui.parts import Person
from dorfplatz.villages.request import SquareRequest


@public
@never_cache
@require_safe
def member(request: SquareRequest, code: str) -> HttpResponse:
    """Name and village. For whom there is nothing to see, there is nobody."""
    person = member_of_code(code, request.viewer) if request.municipality else None
    if person is None:
        if request.municipality and constant_time_compare(code.lower(), decoy_code(request.municipality)):
            note_decoy(request.municipality, by=request.viewer, now=timezone.now())
        raise Http404
    if not within_budget(request.viewer, person, now=timezone.now()):
        return render(request, "members/enough_read.html", status=429)
    if looks_after(person, request.viewer):
        note_looks([person.pk], page=LookedAt.PROFILE, by=request.viewer, now=timezone.now())
    context = {
        "person": person,
        "is_own": person.pk == request.viewer.identity_id,
        "face": _face_of(person, request.viewer),
        "lines": profile_of(person, request.viewer),
        "trust": trust_in(person, request.viewer),
        "may_say_of_age": bool(can_say_of_age(request.viewer, person)),
        "may_vouch": bool(can_vouch_for(request.viewer, person)),
        "backers": backers_of(request.viewer) if not person.is_known else [],
    }
    return render(request, "members/member.html", context)


def _face_of(person: Identity, viewer: Actor) -> Person:
    picture = face(portrait_on_page(person, viewer), alt=person.name)
    return Person(person.name, picture=picture, tint=person.home_area.tint if person.home_area else 0)


@members_only
@require_POST
def of_age(request: SquareRequest, code: str) -> HttpResponse:
    """She is 16 now, says who knows her and is trusted with the young."""
    person = member_of_code(code, request.viewer) if request.municipality else None
    if person is None:
        raise Http404
    come_of_age(person, by=request.viewer, now=timezone.now())
    messages.success(request, _("%(name)s counts as 16 or older from now on.") % {"name": person.name})
    return redirect("members:member", code=person.code)
