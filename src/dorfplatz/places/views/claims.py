"""Who keeps an entry changes: somebody says “this is ours”, or whoever keeps it asks a successor."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.actions import Letter
from dorfplatz.places.actions import claim_place, decide_claim, hand_over_place, take_back_hand_over, withdraw_claim
from dorfplatz.places.enums import ClaimState
from dorfplatz.places.forms.notes import ClaimForm, HandOverForm
from dorfplatz.places.models import Claim
from dorfplatz.places.policies import can_claim_place, can_decide_claim, can_hand_over_place, is_keeper
from dorfplatz.places.queries import claims_for, open_hand_over, own_claim, present_keepers
from dorfplatz.places.room import require_room
from dorfplatz.places.views.opened import opened, page_of
from dorfplatz.ui.parts import Step
from dorfplatz.villages.queries import base_url
from dorfplatz.villages.request import SquareRequest


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: SquareRequest, code: str) -> HttpResponse:
    """“This is ours”: ask to keep it; the same page is the receipt, and tells what became of it."""
    listing, now = opened(request, code), timezone.now()
    mine = own_claim(listing, request.viewer)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if mine and "withdraw" in request.POST:
            withdraw_claim(mine, by=request.viewer, now=now)
            messages.success(request, _("Taken back."))
            return redirect(page_of(listing.entry))
        if form.is_valid() and _is_done(form, lambda: claim_place(
            listing, words=form.cleaned_data["words"], by=request.viewer, now=now
        )):  # fmt: skip
            return redirect("places:claim", code=listing.entry.code)
    verdict = can_claim_place(request.viewer, listing)
    if not verdict and mine is None:
        verdict.require()
    context = {
        "form": form,
        "entry": listing.entry,
        "mine": mine,
        "is_open": bool(mine and mine.state == ClaimState.OPEN),
        "may_ask": bool(verdict) and (mine is None or mine.state != ClaimState.OPEN),
        "keepers": present_keepers(listing, request.viewer),
        "page_url": page_of(listing.entry),
    }
    return render(request, "places/claim.html", context, status=422 if form.errors else 200)


def _is_done(form: ClaimForm | HandOverForm, act: Callable[[], object]) -> bool:
    try:
        act()
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    return True


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SquareRequest, code: str, claim_id: int) -> HttpResponse:
    """Yes or no, in one step."""
    listing, now = opened(request, code), timezone.now()
    found = get_object_or_404(
        Claim.objects.select_related("listing__entry", "identity__home_area"), pk=claim_id, listing=listing
    )
    can_decide_claim(request.viewer, found, now=now).require()
    if request.method == "POST":
        is_given = "yes" in request.POST
        try:
            decide_claim(found, is_given=is_given, reason=request.POST.get("reason", ""), by=request.viewer, now=now)
        except Problem as problem:
            messages.error(request, str(problem))
            return redirect("places:decide_claim", code=code, claim_id=claim_id)
        said = _("%(name)s keeps this entry from now on.") if is_given else _("%(name)s has got your answer.")
        messages.success(request, said % {"name": found.identity.name})
        return redirect(page_of(listing.entry))
    context = {
        "claim": found,
        "entry": listing.entry,
        "keepers": present_keepers(listing, request.viewer),
        "page_url": page_of(listing.entry),
    }
    return render(request, "places/decide_claim.html", context)


@members_only
@never_cache
@require_safe
def claims(request: SquareRequest) -> HttpResponse:
    """What waits for the viewer's yes or no: of the entries she keeps, and by her role."""
    require_room(request)
    found = claims_for(request.municipality, request.viewer, now=timezone.now())
    steps = [Step(_("Who would like to keep an entry"), is_current=True)]
    return render(request, "places/claims.html", {"claims": found, "steps": steps})


@members_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: SquareRequest, code: str) -> HttpResponse:
    """Ask a successor, or take that back."""
    listing, now = opened(request, code), timezone.now()
    can_hand_over_place(request.viewer, listing).require()
    own = is_keeper(request.viewer, listing)
    form = HandOverForm(request.POST if request.method == "POST" else None, is_keeper=own)
    if request.method == "POST":
        if "take_back" in request.POST:
            take_back_hand_over(listing, by=request.viewer, now=now)
            messages.success(request, _("Taken back. The link in the mail does not work any more."))
            return redirect("places:hand_over", code=listing.entry.code)
        if form.is_valid() and _is_done(form, lambda: hand_over_place(
            listing, email=form.cleaned_data["email"], stays=form.stays_on, letter=_letter(request),
            by=request.viewer, now=now,
        )):  # fmt: skip
            messages.success(request, _("A mail is on its way to %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("places:hand_over", code=listing.entry.code)
    context = {
        "form": form,
        "entry": listing.entry,
        "asked": open_hand_over(listing, request.viewer, now=now),
        "is_keeper": own,
        "page_url": page_of(listing.entry),
    }
    return render(request, "places/hand_over.html", context, status=422 if form.errors else 200)


def _letter(request: SquareRequest) -> Letter:
    """In the language in which the successor is asked: nobody knows hers."""
    municipality, language = request.municipality, get_language() or "de"

    def link(code: str) -> str:
        with override(language):
            return base_url(municipality) + reverse("members:join", args=[code])

    return Letter(link, language, in_language(municipality.area.name, language))
