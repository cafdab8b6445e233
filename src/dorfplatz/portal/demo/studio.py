"""Where the demonstration's drawings are made and handed in, like anybody's photograph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile

from dorfplatz.kernel.actor import Actor
from dorfplatz.media.actions import accept_upload
from dorfplatz.media.models import Picture
from dorfplatz.portal.demo.reading import FaultyData
from dorfplatz.portal.demo.scenery import SCENES, draw_scene


@dataclass
class Studio:
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
