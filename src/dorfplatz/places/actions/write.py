"""Adding and changing what is on the social map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dorfplatz.entries.actions import Draft, create_entries, note_change, publish_entries, rewrite_entry
from dorfplatz.entries.models import Entry
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.spelling import as_written, lookalikes
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Category, Listing, ListingCategory, Location, Organization, SentForm, Service
from dorfplatz.places.policies import can_add_place, can_change_place
from dorfplatz.villages.models import Area

BATCH = 500
# An entry is asked about once a year.
CHECK_AFTER = timedelta(days=365)
TABLES: dict[str, type[Organization] | type[Location] | type[Service]] = {
    PlaceKind.ORGANIZATION: Organization,
    PlaceKind.LOCATION: Location,
    PlaceKind.SERVICE: Service,
}


@dataclass(frozen=True)
class PlaceDraft:
    """All that is said about one thing. The first category is the leading one."""

    kind: PlaceKind
    words: Draft
    categories: Sequence[Category]
    facts: ListingFacts = field(default_factory=ListingFacts)
    own: KindFacts = field(default_factory=KindFacts)
    service_area: Sequence[Area] = ()


@transaction.atomic
def add_place(draft: PlaceDraft, *, by: Actor, now: datetime, assured_by: str = "") -> Listing:
    """Set one thing out on the social map; a gate may ask for a look first."""
    return add_places([draft], by=by, now=now, assured_by=assured_by)[0]


@transaction.atomic
def add_place_once(draft: PlaceDraft, *, form_key: str, by: Actor, now: datetime, assured_by: str = "") -> Listing:
    """As add_place; the same form sent again gets what it added the first time."""
    known = SentForm.objects.filter(key=form_key).select_related("listing__entry").first()
    if known:
        return known.listing
    listing = add_place(draft, by=by, now=now, assured_by=assured_by)
    # Two at the same moment: the second is undone by the unique key, and asks again.
    SentForm.objects.create(key=form_key, listing=listing, sent_at=now)
    return listing


@transaction.atomic
def add_places(drafts: Sequence[PlaceDraft], *, by: Actor, now: datetime, assured_by: str = "") -> list[Listing]:
    """Set many things out, in the order given, in a number of queries that does not grow with each.

    `assured_by` (a role, or a source's name) marks them as confirmed today. All or none: the first refusal undoes.
    """
    for draft in drafts:
        can_add_place(by, draft.words.areas).require()
        _require_own_name(draft.words, by)
    added: dict[int, Listing] = {}
    for kind in PlaceKind:
        numbered = [(number, draft) for number, draft in enumerate(drafts) if draft.kind == kind]
        added |= _add_kind(kind, numbered, by, now, assured_by)
    return [added[number] for number in range(len(drafts))]


def _require_own_name(words: Draft, by: Actor, *, of: int | None = None) -> None:
    """Raises Problem for a name that can pass for another entry's in letters of another alphabet, or with 0 for O.

    What a source says is taken as it is.
    """
    if by.is_system:
        return
    doubles = Q()
    for title in (words.title, *(title for title, _body in (words.texts or {}).values())):
        for other in lookalikes(as_written(title)):
            doubles |= Q(title__iexact=other)
    if doubles and Entry.objects.filter(doubles, kind__in=PlaceKind.values).exclude(pk=of or 0).exists():
        raise Problem(
            _("There is something with a name that looks just like this one. Please write this one differently.")
        )


def _add_kind(
    kind: PlaceKind, numbered: Sequence[tuple[int, PlaceDraft]], by: Actor, now: datetime, assured_by: str
) -> dict[int, Listing]:
    drafts = [draft for _, draft in numbered]
    entries = create_entries(kind, drafts=[draft.words for draft in drafts], by=by, now=now)
    listings = Listing.objects.bulk_create(
        [
            Listing(
                entry=entry,
                category=draft.categories[0],
                assured_on=now.date() if assured_by else None,
                assured_by=assured_by,
                **draft.facts.columns(),
            )
            for entry, draft in zip(entries, drafts, strict=True)
        ],
        batch_size=BATCH,
    )
    table = TABLES[kind]
    rows = [table(entry=entry, **draft.own.columns(kind)) for entry, draft in zip(entries, drafts, strict=True)]
    table.objects.bulk_create(rows, batch_size=BATCH)  # type: ignore[arg-type]  # one table at a time
    pairs = [
        ListingCategory(listing=listing, category=category)
        for listing, draft in zip(listings, drafts, strict=True)
        for category in dict.fromkeys(draft.categories)
    ]
    ListingCategory.objects.bulk_create(pairs, batch_size=BATCH)
    for listing, draft in zip(listings, drafts, strict=True):
        if draft.service_area:
            listing.service_area.set(draft.service_area)
    if kind == PlaceKind.SERVICE:
        for entry, draft in zip(entries, drafts, strict=True):
            _service_locations(entry, draft)
    publish_entries(entries, by=by, now=now)
    return {number: listing for (number, _), listing in zip(numbered, listings, strict=True)}


def _service_locations(entry: Entry, draft: PlaceDraft) -> None:
    if draft.own.location_ids:
        entry.service.locations.set(draft.own.location_ids)


@transaction.atomic
def change_place(listing: Listing, *, draft: PlaceDraft, by: Actor, now: datetime) -> bool:
    """Bring an entry to what the draft says; its kind stays. Whether anything changed."""
    can_change_place(by, listing).require()
    if draft.words.title != listing.entry.title:
        _require_own_name(draft.words, by, of=listing.pk)
    # The entry's words come last, as they tell of the change: who hears of it finds everything written.
    around = [
        _write_facts(listing, draft),
        _write_categories(listing, draft.categories),
        _write_own(listing.entry, draft),
        _write_service_area(listing, draft.service_area),
    ]
    rewritten = rewrite_entry(listing.entry, draft=draft.words, by=by, now=now)
    if any(around) and not rewritten:
        note_change(listing.entry, by=by, now=now, fields=["listing"])
    return rewritten or any(around)


def _write_facts(listing: Listing, draft: PlaceDraft) -> bool:
    stated = {**draft.facts.columns(), "category": draft.categories[0]}
    different = {name: value for name, value in stated.items() if getattr(listing, name) != value}
    for name, value in different.items():
        setattr(listing, name, value)
    if different:
        listing.save(update_fields=list(different))
    return bool(different)


def _write_categories(listing: Listing, categories: Sequence[Category]) -> bool:
    wanted = {category.pk for category in categories}
    present = set(ListingCategory.objects.filter(listing=listing).values_list("category_id", flat=True))
    if wanted == present:
        return False
    ListingCategory.objects.filter(listing=listing).exclude(category_id__in=wanted).delete()
    ListingCategory.objects.bulk_create(ListingCategory(listing=listing, category_id=pk) for pk in wanted - present)
    return True


def _write_own(entry: Entry, draft: PlaceDraft) -> bool:
    row = TABLES[entry.kind].objects.get(pk=entry.pk)
    stated = draft.own.columns(entry.kind)
    different = {name: value for name, value in stated.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    if different:
        row.save(update_fields=list(different))
    if isinstance(row, Service) and set(row.locations.values_list("pk", flat=True)) != set(draft.own.location_ids):
        row.locations.set(draft.own.location_ids)
        return True
    return bool(different)


def _write_service_area(listing: Listing, areas: Sequence[Area]) -> bool:
    wanted = {area.pk for area in areas}
    if wanted == set(listing.service_area.values_list("pk", flat=True)):
        return False
    listing.service_area.set(areas)
    return True


@transaction.atomic
def fold_place(listing: Listing, *, into: Listing, by: Actor, now: datetime) -> None:
    """Show a thing with another one from now on: one result and one pin for both. Parts of it follow."""
    can_change_place(by, listing).require()
    lead = into.shown_with or into
    if lead.pk == listing.pk:
        return
    Listing.objects.filter(shown_with=listing).update(shown_with=lead)
    listing.shown_with = lead
    listing.save(update_fields=["shown_with"])
    record_act("place.folded", by=by, now=now, thing=f"entry:{listing.pk}", details={"into": lead.pk})


@transaction.atomic
def unfold_place(listing: Listing, *, by: Actor, now: datetime) -> None:
    """Let a thing stand for itself again."""
    can_change_place(by, listing).require()
    listing.shown_with = None
    listing.save(update_fields=["shown_with"])
    record_act("place.unfolded", by=by, now=now, thing=f"entry:{listing.pk}")
