"""The drawings by their names."""

from __future__ import annotations

import io
from collections.abc import Callable

from dorfplatz.portal.demo.scenery import open_land, settled
from dorfplatz.portal.demo.scenery.canvas import Canvas

SCENES: dict[str, Callable[[Canvas], None]] = {
    "town": settled.town,
    "street": settled.street,
    "fields": settled.fields,
    "windmill": settled.windmill,
    "forest": open_land.forest,
    "orchard": open_land.orchard,
    "poplars": open_land.poplars,
    "stork": open_land.stork,
    "willows": open_land.willows,
    "sheep": open_land.sheep,
}


def draw_scene(name: str) -> bytes:
    """The drawing of that name as a JPEG. Raises KeyError for a name there is none of."""
    canvas = Canvas(name)
    SCENES[name](canvas)
    written = io.BytesIO()
    canvas.finished().save(written, "JPEG", quality=92)
    return written.getvalue()
