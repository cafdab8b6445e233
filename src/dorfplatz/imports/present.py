"""What an entry says now, to be compared with what a source says. Asks loaded rows only."""

from __future__ import annotations

from collections.abc import Iterable

from dorfplatz.imports.drafts import FACTS, Values, in_order
from dorfplatz.places.models import Listing


def present_values(listing: Listing, categories: Iterable[str]) -> Values:
    """What an entry says now, in the form in which drafts are compared and merged."""
    entry = listing.entry
    return {
        "title": entry.title,
        "body": entry.body,
        "texts": {text.language: [text.title, text.body] for text in entry.texts_by_people},
        "categories": in_order([listing.category.slug, *categories]),
        "point": [entry.lat, entry.lon] if entry.lat is not None else None,
        "areas": sorted(placement.area_id for placement in entry.placements.all()),
        **{name: getattr(listing, name) for name in FACTS},
    }
