"""Where somebody decides."""

from __future__ import annotations

from dorfplatz.kernel.actor import Actor
from dorfplatz.moderation.enums import DECIDE
from dorfplatz.villages.models import Area, Municipality


def deciding_areas(viewer: Actor, municipality: Municipality) -> list[int]:
    """The areas of the municipality in which the viewer decides. One query, none for who decides nowhere."""
    if not viewer.holds_within(DECIDE, municipality.path):
        return []
    inside = Area.objects.within(municipality.path).values_list("pk", "path")
    return [pk for pk, path in inside if viewer.holds(DECIDE, str(path))]
