"""How the social map's entries are found: their words, their categories, and what is more useful at this moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from dorfplatz.places.enums import Status
from dorfplatz.places.hours import is_open
from dorfplatz.places.models import Listing, ListingCategory
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.search.sockets import Said, Source, Theme
from dorfplatz.villages.models import Municipality

# Open now comes before closed where both answer as well.
OPEN_COUNTS = 1.04


def said(ids: Collection[int]) -> Mapping[int, Said]:
    """Streets, notes and categories. Two queries."""
    keys: dict[int, list[str]] = defaultdict(list)
    wide: dict[int, list[str]] = defaultdict(list)
    links = ListingCategory.objects.filter(listing__in=list(ids)).order_by("pk")
    for pk, own, above in links.values_list("listing_id", "category__slug", "category__parent__slug"):
        keys[pk].append(own)
        if above:
            wide[pk].append(above)
    columns = ("pk", "street", "town", "cost_note", "access_note", "hours_note", "alert")
    rows = Listing.objects.filter(pk__in=list(ids)).values_list(*columns)
    return {
        pk: Said([street, town, *(text for note in notes for text in note.values())], keys[pk], wide[pk])
        for pk, street, town, *notes in rows
    }


def stand_ins(ids: Collection[int]) -> Mapping[int, int | None]:
    """What is shown with another, and what has closed for good. One query."""
    rows = Listing.objects.filter(pk__in=list(ids)).values_list("pk", "shown_with_id", "status")
    return {
        pk: None if status == Status.CLOSED else lead for pk, lead, status in rows if lead or status == Status.CLOSED
    }


def nudges(ids: Collection[int], now: datetime) -> Mapping[int, float]:
    """What is open now, by the clock and the holidays of the country it is in. One query."""
    rows = Listing.objects.filter(pk__in=list(ids)).exclude(opening_hours="")
    # One line for each area: all of an entry's areas are in one country, or any of them will do.
    known = {
        pk: (hours, country) for pk, hours, country in rows.values_list("pk", "opening_hours", "entry__areas__country")
    }
    minute = now.replace(second=0, microsecond=0)
    return {pk: OPEN_COUNTS for pk, (hours, country) in known.items() if is_open(hours, minute, country or "DE")}


def categories(municipality: Municipality) -> Sequence[Theme]:
    """The categories as the municipality calls them. Two queries."""
    base = reverse("places:map")
    return [
        Theme(term.slug, term.name, term.icon, f"{base}{term.slug}/", is_wide=term.parent_id is None)
        for term in terms_of_municipality(municipality).all
        if not term.is_hidden
    ]


SOURCE = Source(said, stand_ins, nudges)
