"""When the social map says something else by itself: somebody opens or closes, or nobody has confirmed for too long."""

from __future__ import annotations

from datetime import datetime

from dorfplatz.entries.enums import BY_HAND
from dorfplatz.entries.models import EntryArea
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.hours import changes_between
from dorfplatz.places.hours_words import SAID_AHEAD
from dorfplatz.places.queries.rows import HIDDEN_AFTER, holiday_regions
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


def moments_of_hiding(site: Site, since: datetime, until: datetime) -> set[datetime]:
    """When something leaves map and list because nobody has confirmed it for so long. One query."""
    kept = EntryArea.objects.filter(
        area_id__in=[*site.by_id], entry__kind__in=PlaceKind.values, entry__origin__in=BY_HAND,
        entry__check_due_at__gt=since - HIDDEN_AFTER, entry__check_due_at__lte=until - HIDDEN_AFTER,
    )  # fmt: skip
    return {at + HIDDEN_AFTER for at in kept.values_list("entry__check_due_at", flat=True) if at}
