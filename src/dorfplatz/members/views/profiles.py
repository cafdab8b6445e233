"""One's own page put right; lists of neighbours and members."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import accept_upload
from dorfplatz.members.actions import (
    change_portrait,
    change_profile,
    note_looks,
    show_portrait,
    take_portrait_away,
)
from dorfplatz.members.decoys import decoy_code
from dorfplatz.members.enums import SEE_MEMBERS, LookedAt, Role
from dorfplatz.members.faces import face
from dorfplatz.members.forms import ProfileForm
from dorfplatz.members.models import Identity, Portrait
from dorfplatz.members.queries import (
    PAGE_OF_MEMBERS,
    is_minor,
    members_in,
    neighbours_listed,
    own_identity,
    own_portrait,
    own_profile,
    villages_looked_after,
)
from dorfplatz.members.views.paging import after_asked, page_of, words_asked
from dorfplatz.ui.parts import Person, Step
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SquareRequest) -> HttpResponse:
    """What neighbours read of one, line by line, each with who may read it."""
    identity = own_identity(request.viewer)
    if identity is None or request.municipality is None:
        raise Http404
    portrait = own_portrait(request.viewer)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        lines=own_profile(request.viewer),
        portrait=portrait,
        is_minor=is_minor(identity),
        is_connector=any(grant.role == Role.CONNECTOR for grant in request.viewer.grants),
    )
    if request.method == "POST" and form.is_valid() and _is_saved(form, identity, portrait, request.viewer):
        messages.success(request, _("Saved. This is how others see your page."))
        return redirect("members:member", code=identity.code)
    context = {
        "form": form,
        "is_minor": is_minor(identity),
        "portrait": portrait,
        "face": _face_of(identity, portrait),
    }
    steps = [Step(_("My page"), reverse("members:me")), Step(_("What others read of me"), is_current=True)]
    return render(request, "members/profile.html", {**context, "steps": steps, "pairs": form.pairs()})


def _face_of(identity: Identity, portrait: Portrait | None) -> Person:
    picture = face(portrait.picture, alt=identity.name) if portrait else None
    return Person(identity.name, picture=picture, tint=identity.home_area.tint if identity.home_area else 0)


def _is_saved(form: ProfileForm, identity: Identity, portrait: Portrait | None, viewer: Actor) -> bool:
    """Whether all that was sent is in place; else the form says what is wrong. A file that is a picture is kept."""
    now, values = timezone.now(), form.cleaned_data
    try:
        change_profile(identity, said=form.said, by=viewer, now=now)
        if values["picture"]:
            picture = accept_upload(values["picture"], alt={}, by=viewer, now=now)
            show_portrait(identity, picture=picture, seen_by=form.face_for, by=viewer, now=now)
        elif portrait and values.get("picture_away"):
            take_portrait_away(portrait, by=viewer, now=now)
        elif portrait:
            change_portrait(portrait, seen_by=form.face_for, by=viewer, now=now)
    except Problem as problem:
        form.add_error("picture" if values["picture"] else None, str(problem))
        return False
    return True


@members_only
@never_cache
@require_safe
def neighbours(request: SquareRequest) -> HttpResponse:
    """Who wants to be found in one's villages. Who did not choose so stands nowhere."""
    if request.municipality is None:
        raise Http404
    found = neighbours_listed(request.viewer, after=after_asked(request))
    decoy = decoy_code(request.municipality)
    context = {
        **page_of(request, found, size=PAGE_OF_MEMBERS, kept=("village", "q")),
        "decoy": decoy,
        "steps": [Step(_("Neighbours"), is_current=True)],
    }
    return render(request, "members/neighbours.html", context)


@needs(SEE_MEMBERS)
@never_cache
@require_safe
def members(request: SquareRequest) -> HttpResponse:
    """Members of a village, for those who look after it. Each sees in her data who has looked."""
    villages = villages_looked_after(request.site, request.viewer)
    slug = request.GET.get("village", "")
    village = next((area for area in villages if area.slug == slug), villages[0] if villages else None)
    if village is None:
        raise Http404
    words = words_asked(request)
    found = members_in(village, request.viewer, words=words, after=after_asked(request))
    context = page_of(request, found, size=PAGE_OF_MEMBERS, kept=("village", "q"))
    note_looks([p.pk for p in context["people"]], page=LookedAt.MEMBERS, by=request.viewer, now=timezone.now())
    context |= {
        "villages": villages,
        "village": village,
        "words": words,
        "steps": [Step(_("Settings"), reverse("villages:settings")), Step(_("Members"), is_current=True)],
    }
    return render(request, "members/members.html", context)
