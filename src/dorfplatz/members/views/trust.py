"""Being known: by whom, giving one's word, taking it back; and the villages in which one is at home."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.kernel.access import members_only, needs
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import (
    allow_joining_by_mail,
    change_homes,
    note_looks,
    vouch_for,
    withdraw_word,
)
from dorfplatz.members.enums import SEE_MEMBERS, LookedAt
from dorfplatz.members.faces import face as picture_of
from dorfplatz.members.forms import HomesForm
from dorfplatz.members.models import Identity, Vouch
from dorfplatz.members.policies import can_vouch_for
from dorfplatz.members.queries import (
    backers_of,
    connectors_of,
    homes_besides,
    joins_by_mail,
    member_of_code,
    newcomers_for,
    own_identity,
    trust_in,
    words_given_by,
)
from dorfplatz.ui.parts import Person, Step
from dorfplatz.ui.qr import qr_svg
from dorfplatz.villages.enums import MANAGE
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest

AT_A_TIME = 100


@members_only
@never_cache
@require_safe
def known(request: SquareRequest) -> HttpResponse:
    """By whom one is known; who is not yet reads how to become it, with an address to show to neighbours."""
    identity = _own(request)
    address = base_url(request.municipality) + reverse("members:member", args=[identity.code])
    context = {
        "identity": identity,
        "trust": trust_in(identity, request.viewer),
        "words": words_given_by(request.viewer),
        "faces": _faces(identity, request) if not identity.is_known else [],
        "address": address,
        "qr": "" if identity.is_known else qr_svg(address),
        "steps": _steps(_("Being known")),
    }
    return render(request, "members/known.html", context)


def _faces(identity: Identity, request: SquareRequest) -> list[Person]:
    """Whom to ask in one's village."""
    faces = connectors_of([identity.home_area], request.viewer) if identity.home_area else []
    return [
        Person(f.name, in_language(f.area.name, request.LANGUAGE_CODE), picture_of(f.picture), tint=f.area.tint)
        for f in faces
    ]


@members_only
@require_POST
def vouch(request: SquareRequest, code: str) -> HttpResponse:
    """“I know this person”: the word of a neighbour, a connector or an organisation."""
    person = member_of_code(code, request.viewer) if request.municipality else None
    if person is None or not can_vouch_for(request.viewer, person):
        raise Http404
    backer = next((b for b in backers_of(request.viewer) if str(b.key) == request.POST.get("backer")), None)
    try:
        vouch_for(person, backer=backer, by=request.viewer, now=timezone.now())
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _said(person))
    return redirect("members:member", code=person.code)


def _said(person: Identity) -> str:
    told = {"name": person.name}
    if person.is_known:
        return _("Thank you! Neighbours know %(name)s now.") % told
    return _("Thank you! One more neighbour’s word, and %(name)s is known.") % told


@members_only
@require_POST
def withdraw_vouch(request: SquareRequest, pk: int) -> HttpResponse:
    """Take one's word back."""
    word: Vouch = get_object_or_404(words_given_by(request.viewer), pk=pk)
    withdraw_word(word, by=request.viewer, now=timezone.now())
    messages.success(request, _("You have taken your word back."))
    return redirect("members:known")


@needs(SEE_MEMBERS)
@never_cache
@require_safe
def newcomers(request: SquareRequest) -> HttpResponse:
    """Who waits to be known in one's villages."""
    waiting = list(newcomers_for(request.viewer)[:AT_A_TIME])
    note_looks([one.pk for one in waiting], page=LookedAt.MEMBERS, by=request.viewer, now=timezone.now())
    steps = [Step(_("Settings"), reverse("villages:settings")), Step(_("Newcomers"), is_current=True)]
    return render(request, "members/newcomers.html", {"waiting": waiting, "steps": steps})


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def homes(request: SquareRequest) -> HttpResponse:
    """The villages in which one is at home besides one's own."""
    identity = _own(request)
    form = HomesForm(request.POST or None, identity=identity, site=request.site, present=homes_besides(request.viewer))
    if request.method == "POST" and form.is_valid():
        try:
            change_homes(identity, besides=form.chosen, by=request.viewer, now=timezone.now())
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("members:me")
    return render(request, "members/homes.html", {"form": form, "steps": _steps(_("My villages"))})


@needs(MANAGE)
@require_POST
def allow_by_mail(request: SquareRequest) -> HttpResponse:
    """Whether one joins with an e-mail address alone."""
    allowed = not joins_by_mail(request.municipality)
    allow_joining_by_mail(request.municipality, allowed=allowed, by=request.viewer, now=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("members:cards")


def _own(request: SquareRequest) -> Identity:
    identity = own_identity(request.viewer)
    if identity is None or request.municipality is None:
        raise Http404
    return identity


def _steps(here: str) -> list[Step]:
    return [Step(_("My page"), reverse("members:me")), Step(here, is_current=True)]
