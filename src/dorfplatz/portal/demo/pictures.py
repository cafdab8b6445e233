"""A drawing for every village and for a few entries, handed in like anybody's photograph."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dorfplatz.kernel.actor import Actor
from dorfplatz.places.actions import add_photo
from dorfplatz.places.models import Listing
from dorfplatz.portal.demo.entry_data import MUNICIPALITY, EntryData
from dorfplatz.portal.demo.posts import illustrate_posts
from dorfplatz.portal.demo.square import AreaWords
from dorfplatz.portal.demo.studio import Studio
from dorfplatz.villages.actions import change_picture
from dorfplatz.villages.models import Area


def put_pictures(
    areas: Mapping[str, Area], said: Mapping[str, AreaWords], entries: list[EntryData], *, by: Actor, now: datetime
) -> int:
    """Give a picture to each village that has none and to new entries with a drawing; returns how many.

    Outside any transaction: files are written. A run that was cut short goes on where it stopped.
    """
    studio = Studio(by, now, {})
    hung = 0
    for slug, words in said.items():
        area = areas[slug]
        if area.picture_id is None and words.scene:
            change_picture(area, picture=studio.picture(words.scene, words.alt), by=by, now=now)
            hung += 1
    return hung + _illustrate(studio, said, entries) + illustrate_posts(studio, by=by, now=now)


def _illustrate(studio: Studio, said: Mapping[str, AreaWords], entries: list[EntryData]) -> int:
    """A drawing on an entry says the same words as where it hangs for a village."""
    alts = {words.scene: words.alt for slug, words in said.items() if slug != MUNICIPALITY}
    wanted = {entry.uri: entry.illustration for entry in entries if entry.illustration}
    bare = Listing.objects.filter(entry__uri__in=wanted, photos=None).select_related("entry")
    hung = 0
    for listing in bare.prefetch_related("entry__placements__area", "keepers"):
        scene = wanted[listing.entry.uri]
        picture = studio.picture(scene, alts.get(scene, {}))
        add_photo(listing, picture=picture, by=studio.by, now=studio.now)
        hung += 1
    return hung
