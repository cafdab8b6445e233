"""Photos of an entry."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dorfplatz.kernel.access import members_only
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import accept_upload
from dorfplatz.places.actions import add_photo, remove_photo
from dorfplatz.places.forms.notes import PhotoForm
from dorfplatz.places.models import Listing, Photo
from dorfplatz.places.policies import can_change_place
from dorfplatz.places.views.opened import opened, page_of
from dorfplatz.villages.request import SquareRequest


@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: SquareRequest, code: str) -> HttpResponse:
    """The photos of an entry, and a form for one more."""
    listing = opened(request, code)
    can_change_place(request.viewer, listing).require()
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if request.method == "POST" and form.is_valid() and _hung_up(request, form, listing):
        messages.success(request, _("Thank you for the photo! It is made ready now and appears in a moment."))
        return redirect("places:photos", code=listing.entry.code)
    context = {
        "form": form,
        "entry": listing.entry,
        "photos": listing.photos.all(),
        "page_url": page_of(listing.entry),
    }
    return render(request, "places/photos.html", context, status=422 if form.errors else 200)


def _hung_up(request: SquareRequest, form: PhotoForm, listing: Listing) -> bool:
    """Whether the picture was taken; else the form says why not."""
    values, now = form.cleaned_data, timezone.now()
    try:
        picture = accept_upload(
            values["file"],
            alt={request.LANGUAGE_CODE: values["alt"]},
            credit=values["credit"],
            by=request.viewer,
            now=now,
        )
        add_photo(listing, picture=picture, by=request.viewer, now=now)
    except Problem as problem:
        form.add_error("file", str(problem))
        return False
    return True


@members_only
@require_POST
def photo_remove(request: SquareRequest, code: str, photo_id: int) -> HttpResponse:
    """Take a photo away."""
    listing = opened(request, code)
    photo = get_object_or_404(Photo.objects.select_related("picture", "listing__entry"), pk=photo_id, listing=listing)
    remove_photo(photo, by=request.viewer, now=timezone.now())
    messages.success(request, _("The photo is gone."))
    return redirect("places:photos", code=listing.entry.code)
