"""What leaves map and list because nobody has confirmed it for so long. Its page stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from dorfplatz.entries.enums import BY_HAND
from dorfplatz.entries.models import EntryArea
from dorfplatz.places.enums import PlaceKind
from dorfplatz.villages.queries import Site

# Who keeps it was asked three times, connectors for half a year.
HIDDEN_AFTER = timedelta(days=183)


def forgotten(now: datetime) -> Q:
    """Entries that stand on map and list no more."""
    return Q(check_due_at__lte=now - HIDDEN_AFTER, origin__in=BY_HAND)


def moments_of_hiding(site: Site, since: datetime, until: datetime) -> set[datetime]:
    """When something leaves map and list because nobody has confirmed it for so long. One query."""
    kept = EntryArea.objects.filter(
        area_id__in=[*site.by_id], entry__kind__in=PlaceKind.values, entry__origin__in=BY_HAND,
        entry__check_due_at__gt=since - HIDDEN_AFTER, entry__check_due_at__lte=until - HIDDEN_AFTER,
    )  # fmt: skip
    return {at + HIDDEN_AFTER for at in kept.values_list("entry__check_due_at", flat=True) if at}
