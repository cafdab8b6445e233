"""A drawing for every village and for a few entries, handed in like anybody's photograph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile

from dorfplatz.kernel.actor import Actor
from dorfplatz.media.actions import accept_upload
from dorfplatz.media.models import Picture
from dorfplatz.places.actions import add_photo
from dorfplatz.places.models import Listing
from dorfplatz.portal.demo.entry_data import MUNICIPALITY, EntryData
from dorfplatz.portal.demo.reading import FaultyData
from dorfplatz.portal.demo.scenery import SCENES, draw_scene
from dorfplatz.portal.demo.square import AreaWords
from dorfplatz.villages.actions import change_picture
from dorfplatz.villages.models import Area


@dataclass
class _Studio:
    """Draws each scene once, however often it is hung up."""

    by: Actor
    now: datetime
    drawn: dict[str, bytes]

    def picture(self, scene: str, alt: Mapping[str, str]) -> Picture:
        if scene not in SCENES:
            raise FaultyData(f"“{scene}” is none of our drawings: {', '.join(SCENES)}")
        if scene not in self.drawn:
            self.drawn[scene] = draw_scene(scene)
        file = ContentFile(self.drawn[scene], name=f"{scene}.jpg")
        return accept_upload(file, alt=alt, by=self.by, now=self.now)


def put_pictures(
    areas: Mapping[str, Area], said: Mapping[str, AreaWords], entries: list[EntryData], *, by: Actor, now: datetime
) -> int:
    """Give a picture to each village that has none and to new entries with a drawing; returns how many.

    Outside any transaction: files are written. A run that was cut short goes on where it stopped.
    """
    studio = _Studio(by, now, {})
    hung = 0
    for slug, words in said.items():
        area = areas[slug]
        if area.picture_id is None and words.scene:
            change_picture(area, picture=studio.picture(words.scene, words.alt), by=by, now=now)
            hung += 1
    return hung + _illustrate(studio, said, entries)


def _illustrate(studio: _Studio, said: Mapping[str, AreaWords], entries: list[EntryData]) -> int:
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
