"""One place worth knowing: another each week, until all had their turn."""

from __future__ import annotations

from django.db.models.functions import Length
from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import with_words
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.noticeboard.filling.issue import Asked, Candidate, Said
from dorfplatz.noticeboard.filling.spine import public_entries, words_of
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.hours import read_hours
from dorfplatz.places.hours_words import hours_in_words
from dorfplatz.places.room import ROOM

WEIGHT = 78
LEAD = 240
LEAST_WORDS = 40  # letters: a place of which nothing is said is not worth the ink


def place_worth_knowing(asked: Asked) -> list[Candidate]:
    """Of the village's own places that have a description; else of its neighbours'. Five queries."""
    if not asked.site.municipality.has_room(ROOM):
        return []
    found = public_entries(asked).filter(kind__in=PlaceKind.values, listing__missing_since__isnull=True)
    told = found.alias(length=Length("body")).filter(length__gte=LEAST_WORDS).order_by("pk")
    ids = list(told.in_areas(frozenset({asked.area.pk})).values_list("pk", flat=True))
    ids = ids or list(told.in_areas(asked.everywhere).values_list("pk", flat=True)[:100])
    if not ids:
        return []
    turn = asked.since.toordinal() // 7 % len(ids)
    entry = with_words(found.filter(pk=ids[turn])).select_related("listing").get()
    areas = [placement.area_id for placement in entry.placements.all()]
    return [
        Candidate(
            key=f"e{entry.pk}",
            section="place",
            weight=WEIGHT,
            said={code: _said(entry, asked.names(areas, code), code) for code in asked.languages},
            path=f"/e/{entry.code}",
            entry_id=entry.pk,
        )
    ]


def _said(entry: Entry, origin: str, language: str) -> Said:
    words, listing = words_of(entry, language), entry.listing
    with override(language):
        hours = hours_in_words(read_hours(listing.opening_hours).hours or listing.opening_hours, language)
    address = ", ".join(filter(None, [listing.street, listing.town]))
    return Said(
        title=words.title,
        kicker=origin,
        note=" · ".join(filter(None, [address, listing.phone, hours])),
        text=excerpt(plain(words.body), LEAD),
        language=words.language,
    )
