"""An ask that comes of something else on the square, as of a wish: it begins with the words of that."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import entry_by_code, reading
from dorfplatz.villages.request import SquareRequest

LONGEST_TITLE, LONGEST_CODE = 120, 12


def seed_of(request: SquareRequest) -> Entry | None:
    """The entry that the address says it comes of, if the viewer may see it; a code that leads nowhere is left out."""
    code = request.GET.get("of", "")
    return entry_by_code(code, request.viewer, now=timezone.now()) if 0 < len(code) <= LONGEST_CODE else None


def words_of_seed(request: SquareRequest, seed: Entry | None) -> dict[str, Any]:
    """Its title in the reader's language and its villages, to be changed; nothing without a seed."""
    if seed is None:
        return {}
    here = {area.pk for area in request.site.villages}
    villages = [placement.area_id for placement in seed.placements.all() if placement.area_id in here]
    title = reading(seed, request.LANGUAGE_CODE).title[:LONGEST_TITLE]
    return {"title": title, **({"villages": villages} if villages else {})}
