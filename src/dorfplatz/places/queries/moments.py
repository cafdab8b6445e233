"""When the social map says something else by itself because somebody opens or closes."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.entries.models import EntryArea
from dorfplatz.places.hours import changes_between
from dorfplatz.places.hours_words import SAID_AHEAD
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.villages.queries import Site


def moments_of_openings(site: Site, since: datetime, until: datetime) -> set[datetime]:
    """When something on the site opens or closes, or its closing comes near enough to be said. One query."""
    placed = EntryArea.objects.filter(area_id__in=[*site.by_id]).exclude(entry__listing__opening_hours="")
    texts = set(placed.values_list("entry__listing__opening_hours", flat=True)) - {None}
    regions = set(holiday_regions(site).values())
    found: set[datetime] = set()
    for text in texts:
        for region in regions:
            found.update(changes_between(text, since, until, region))
            ahead = changes_between(text, since + SAID_AHEAD, until + SAID_AHEAD, region)
            found.update(at - SAID_AHEAD for at in ahead)
    return found
