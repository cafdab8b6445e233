"""Keeping entries right: confirming, saying what is wrong, settling it, naming keepers, taking off the map."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dorfplatz.entries.actions import hide_entry, unhide_entry
from dorfplatz.entries.enums import State
from dorfplatz.kernel.access import members_only, public
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity
from dorfplatz.places.actions import confirm_place, end_keeper, name_keeper, receive_correction, settle_correction
from dorfplatz.places.confirmation import role_of
from dorfplatz.places.enums import CorrectionState
from dorfplatz.places.forms.notes import CorrectionForm, KeeperForm
from dorfplatz.places.models import Correction, Keeper
from dorfplatz.places.policies import can_name_keeper, can_withdraw_place
from dorfplatz.places.queries import present_keepers
from dorfplatz.places.views.opened import opened, page_of
from dorfplatz.villages.request import SquareRequest


@members_only
@require_POST
def confirm(request: SquareRequest, code: str) -> HttpResponse:
    """“Yes, still right”, in one tap."""
    listing = opened(request, code)
    confirm_place(listing, role=role_of(request.viewer, listing), by=request.viewer, now=timezone.now())
    messages.success(request, _("Thank you! The entry counts as confirmed today."))
    return redirect(page_of(listing.entry))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SquareRequest, code: str) -> HttpResponse:
    """“Something is wrong here”, from anybody; sent twice it counts once, and a machine is thanked for nothing."""
    listing = opened(request, code)
    if request.method != "POST":
        form = CorrectionForm(initial={"form_key": secrets.token_hex(16)})
    else:
        form = CorrectionForm(request.POST)
        if form.is_valid() and _taken_down(request, form, code):
            return redirect("places:correct_thanks", code=listing.entry.code)
    context = {"form": form, "entry": listing.entry, "page_url": page_of(listing.entry)}
    return render(request, "places/correct.html", context, status=422 if form.errors else 200)


def _taken_down(request: SquareRequest, form: CorrectionForm, code: str) -> bool:
    if form.cleaned_data["homepage"]:
        return True
    key = form.cleaned_data["form_key"] or secrets.token_hex(16)
    try:
        receive_correction(opened(request, code), text=form.said, form_key=key, by=request.viewer, now=timezone.now())
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    return True


@public
@require_safe
def correct_thanks(request: SquareRequest, code: str) -> HttpResponse:
    """What happens now with the note."""
    entry = opened(request, code).entry
    return render(request, "places/correct_thanks.html", {"entry": entry, "page_url": page_of(entry)})


@members_only
@require_POST
def settle(request: SquareRequest, code: str, correction_id: int) -> HttpResponse:
    """Close a note: put right, or left as it is."""
    listing = opened(request, code)
    correction = get_object_or_404(
        Correction.objects.select_related("listing__entry"), pk=correction_id, listing=listing
    )
    state = CorrectionState.DONE if request.POST.get("state") == "done" else CorrectionState.DECLINED
    settle_correction(correction, state=state, by=request.viewer, now=timezone.now())
    messages.success(request, _("Done. The note is closed."))
    return redirect(page_of(listing.entry))


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def keepers(request: SquareRequest, code: str) -> HttpResponse:
    """Who keeps the entry: the present ones, and a form to name another."""
    listing = opened(request, code)
    can_name_keeper(request.viewer, listing).require()
    form = KeeperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        person = Identity.objects.filter(login__email__iexact=address, is_blocked=False).first()
        if person is not None:
            name_keeper(listing, identity=person, by=request.viewer, now=timezone.now())
            messages.success(request, _("%(name)s keeps this entry from now on.") % {"name": person.name})
            return redirect("places:keepers", code=listing.entry.code)
        form.add_error("email", _("Nobody on the square has this address. Please invite the person first."))
    context = {
        "form": form,
        "entry": listing.entry,
        "keepers": present_keepers(listing, request.viewer),
        "page_url": page_of(listing.entry),
    }
    return render(request, "places/keepers.html", context, status=422 if form.errors else 200)


@members_only
@require_POST
def keeper_end(request: SquareRequest, code: str, keeper_id: int) -> HttpResponse:
    """End somebody's keeping."""
    listing = opened(request, code)
    keeper = get_object_or_404(Keeper.objects.select_related("identity"), pk=keeper_id, listing=listing)
    end_keeper(keeper, by=request.viewer, now=timezone.now())
    messages.success(request, _("%(name)s no longer keeps this entry.") % {"name": keeper.identity.name})
    return redirect("places:keepers", code=listing.entry.code)


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SquareRequest, code: str) -> HttpResponse:
    """Take the entry off the map, after asking once; or put it back."""
    listing = opened(request, code)
    can_withdraw_place(request.viewer, listing).require()
    if request.method == "POST" and listing.entry.state == State.HIDDEN:
        unhide_entry(listing.entry, by=request.viewer, now=timezone.now())
        messages.success(request, _("“%(title)s” is on the map again.") % {"title": listing.entry.title})
        return redirect(page_of(listing.entry))
    if request.method == "POST":
        hide_entry(listing.entry, by=request.viewer, now=timezone.now())
        messages.success(request, _("“%(title)s” is no longer on the map.") % {"title": listing.entry.title})
        return redirect("places:map")
    return render(request, "places/withdraw.html", {"entry": listing.entry, "page_url": page_of(listing.entry)})
