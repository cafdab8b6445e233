"""Carrying a source's things over into entries: new ones, changed ones, vanished and returned ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef

from dorfplatz.entries import actions as entries
from dorfplatz.entries.enums import Audience, State
from dorfplatz.imports.drafts import FACTS, Draft, Values, merged
from dorfplatz.imports.models import Source, SourceRecord
from dorfplatz.imports.present import present_values
from dorfplatz.imports.queries import category_slugs, listings_with_everything
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.places.actions import (
    CHECK_AFTER,
    PlaceDraft,
    add_places,
    change_place,
    confirm_places,
    mark_found,
    mark_missing,
)
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Category, Keeper, Listing
from dorfplatz.villages.models import Area

BATCH = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Incoming:
    """A draft with its village decided, its values and their fingerprint."""

    draft: Draft
    areas: tuple[int, ...]
    values: Values
    mark: str


Known = tuple[SourceRecord, Incoming]


@dataclass(frozen=True)
class Run:
    """What one import works with throughout."""

    source: Source
    taxonomy: Mapping[str, Category]
    by: Actor
    now: datetime


def add_new(run: Run, things: Sequence[Incoming], progress: Progress | None) -> list[int]:
    """An entry for each thing that was not there before; their ids."""
    areas = Area.objects.in_bulk({pk for thing in things for pk in thing.areas})
    added: list[int] = []
    for start in range(0, len(things), BATCH):
        some = things[start : start + BATCH]
        places = [
            PlaceDraft(
                kind=PlaceKind(thing.draft.kind),
                words=_words(thing.values, thing.draft, [areas[pk] for pk in thing.areas], run.source.kind),
                categories=[run.taxonomy[slug] for slug in thing.values["categories"]],
                facts=ListingFacts(**{name: thing.values[name] for name in FACTS}),
            )
            for thing in some
        ]
        listings = add_places(places, by=run.by, now=run.now, assured_by=run.source.kind)
        SourceRecord.objects.bulk_create(
            SourceRecord(
                source=run.source,
                key=thing.draft.key,
                listing=listing,
                values=thing.values,
                fingerprint=thing.mark,
                also=list(thing.draft.also),
            )
            for thing, listing in zip(some, listings, strict=True)
        )
        added += [listing.pk for listing in listings]
        if progress:
            progress(len(added), len(things))
    return added


def follow_source(run: Run, known: Sequence[Known]) -> int:
    """Carry over what the source says differently now; how many entries changed by it."""
    moved = [(r, t) for r, t in known if (r.key, list(r.also)) != (t.draft.key, list(t.draft.also))]
    differing = [(r, t) for r, t in known if r.fingerprint != t.mark]
    listings = listings_with_everything({record.listing_id for record, _thing in differing})
    slugs = category_slugs(listings)
    changed = 0
    for record, thing in differing:
        listing = listings[record.listing_id]
        if listing.entry.state != State.REMOVED:
            changed += _carry_over(run, (record, thing), listing, slugs[listing.pk])
        record.values, record.fingerprint = thing.values, thing.mark
    for record, thing in moved:
        record.key, record.also = thing.draft.key, list(thing.draft.also)
    touched = {record.pk: record for record, _thing in [*differing, *moved]}
    SourceRecord.objects.bulk_update(list(touched.values()), ["key", "also", "values", "fingerprint"], batch_size=BATCH)
    return changed


def _carry_over(run: Run, known: Known, listing: Listing, slugs: Sequence[str]) -> bool:
    record, thing = known
    present = present_values(listing, slugs)
    wanted = merged(thing.values, record.values, present)
    if wanted == present:
        return False
    entry = listing.entry
    words = _words(wanted, thing.draft, list(Area.objects.filter(pk__in=wanted["areas"])), entry.origin)
    columns = {name: getattr(listing, name) for name in ListingFacts().columns()}
    draft = PlaceDraft(
        kind=PlaceKind(entry.kind),
        words=replace(words, language=entry.language, audience=Audience(entry.audience), uri=entry.uri),
        categories=_categories(wanted["categories"], listing, run.taxonomy),
        facts=ListingFacts(**{**columns, **{name: wanted[name] for name in FACTS}}),
        own=_own_facts(listing),
        service_area=list(listing.service_area.all()),
    )
    return change_place(listing, draft=draft, by=run.by, now=run.now)


def _categories(slugs: Sequence[str], listing: Listing, taxonomy: Mapping[str, Category]) -> list[Category]:
    """The categories by slug; one hidden meanwhile is left out, but an entry never loses its last."""
    return [taxonomy[slug] for slug in slugs if slug in taxonomy] or [listing.category]


def _own_facts(listing: Listing) -> KindFacts:
    """What only its kind knows, as it stands: no source speaks of it."""
    entry = listing.entry
    if entry.kind == PlaceKind.ORGANIZATION:
        own = entry.organization
        return KindFacts(organization_id=own.parent_id, founded_in=own.founded_in, legal_status=own.legal_status)
    if entry.kind == PlaceKind.LOCATION:
        return KindFacts(organization_id=entry.location.organization_id, capacity=entry.location.capacity)
    service = entry.service
    places = tuple(service.locations.values_list("pk", flat=True))
    return KindFacts(organization_id=service.organization_id, location_ids=places, how_to_apply=service.how_to_apply)


def _words(values: Values, draft: Draft, areas: Sequence[Area], origin: str) -> entries.Draft:
    point = values["point"]
    return entries.Draft(
        title=values["title"],
        body=values["body"],
        language=draft.language,
        areas=areas,
        point=Point(*point) if point else None,
        texts={code: (title, body) for code, (title, body) in values["texts"].items()},
        origin=origin,
        uri=draft.uri,
        check_after=CHECK_AFTER,
    )


def mark_returned(run: Run, records: Sequence[SourceRecord]) -> int:
    """What had vanished and is there again; how many."""
    back = [record for record in records if record.vanished_at is not None]
    mark_found(list(listings_with_everything({r.listing_id for r in back}).values()), by=run.by, now=run.now)
    for record in back:
        record.vanished_at = None
    SourceRecord.objects.bulk_update(back, ["vanished_at"], batch_size=BATCH)
    return len(back)


def mark_vanished(run: Run, records: Mapping[str, SourceRecord], seen: set[int]) -> int:
    """What the source has no more; how many."""
    gone = [record for record in records.values() if record.pk not in seen and record.vanished_at is None]
    mark_missing(list(listings_with_everything({r.listing_id for r in gone}).values()), by=run.by, now=run.now)
    for record in gone:
        record.vanished_at = run.now
    SourceRecord.objects.bulk_update(gone, ["vanished_at"], batch_size=BATCH)
    return len(gone)


def confirm_by_source(run: Run, ids: Sequence[int]) -> None:
    """Being in the source counts as confirmed, for entries that nobody keeps.

    Readers are told the day of the data; the next question is due a year after this reading.
    """
    moment = min(run.source.data_at or run.now, run.now)
    kept = Exists(Keeper.objects.filter(listing=OuterRef("pk"), ended_at=None))
    due: list[int] = []
    for start in range(0, len(ids), BATCH):
        some = Listing.objects.filter(~kept, pk__in=ids[start : start + BATCH]).exclude(assured_on=moment.date())
        due += [
            pk
            for pk, on, role in some.values_list("pk", "assured_on", "assured_by")
            if on is None or role == run.source.kind or on < moment.date()
        ]
    listings = listings_with_everything(due)
    if listings:
        confirm_places(list(listings.values()), role=run.source.kind, by=run.by, now=run.now, on=moment.date())
