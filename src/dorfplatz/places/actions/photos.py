"""Pictures of what is on the social map."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.actions import erase_picture
from dorfplatz.media.models import Picture
from dorfplatz.places.models import Listing, Photo
from dorfplatz.places.policies import can_change_place

MOST_PHOTOS = 12


@transaction.atomic
def add_photo(listing: Listing, *, picture: Picture, by: Actor, now: datetime) -> Photo:
    """Hang a picture on an entry, after those that are there."""
    can_change_place(by, listing).require()
    Listing.objects.select_for_update().get(pk=listing.pk)
    if listing.photos.count() >= MOST_PHOTOS:
        raise Problem(_("There are %(most)d photos already. Take one away first.") % {"most": MOST_PHOTOS})
    last = listing.photos.aggregate(last=Max("position"))["last"]
    photo = Photo.objects.create(listing=listing, picture=picture, position=0 if last is None else last + 1)
    record_act("place.photo_added", by=by, now=now, thing=f"entry:{listing.pk}", details={"picture": picture.pk})
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: Actor, now: datetime) -> None:
    """Take a picture off an entry and erase it."""
    can_change_place(by, photo.listing).require()
    record_act("place.photo_removed", by=by, now=now, thing=f"entry:{photo.listing_id}")
    erase_picture(photo.picture, by=by, now=now)
