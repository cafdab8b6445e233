"""The demonstration's entries on the social map: added by the connector of each village, dated from today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.actions import PlaceDraft, add_places, confirm_places, fold_place, name_keeper
from dorfplatz.places.drafts import KindFacts, ListingFacts
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Category, Listing
from dorfplatz.portal.demo.entry_data import MUNICIPALITY, EntryData
from dorfplatz.portal.demo.people import Cast
from dorfplatz.villages.models import Area

ORIGIN = "demo"
POSTCODE, TOWN = "47559", "Kranenburg"
AS_SAID = ("is_free", "step_free", "phone", "email", "website", "street")


@dataclass(frozen=True)
class Ground:
    """What the entries stand on: areas by slug (MUNICIPALITY for the whole), people, categories by slug."""

    areas: Mapping[str, Area]
    cast: Cast
    categories: Mapping[str, Category]
    machine: Actor

    def hand(self, entry: EntryData) -> Actor:
        """Who adds the entry; across the border nobody holds a role, there it is the demonstration itself."""
        return self.cast.hands.get(entry.village, self.machine)


def ground_of(areas: Mapping[str, Area], cast: Cast, machine: Actor) -> Ground:
    return Ground(areas, cast, {c.slug: c for c in Category.objects.filter(municipality=None)}, machine)


@transaction.atomic
def put_entries(entries: Sequence[EntryData], ground: Ground, *, now: datetime) -> int:
    """Add what is missing and renew the dates; returns how many were added. What people changed or removed stays so."""
    present = dict(Entry.objects.filter(origin=ORIGIN).values_list("uri", "pk"))
    missing = [entry for entry in entries if entry.uri not in present]
    added: list[tuple[EntryData, Listing]] = []
    for some in ([e for e in missing if not e.needs], [e for e in missing if e.needs]):
        new = _add(some, ground, present, now)
        present |= {entry.uri: listing.pk for entry, listing in new}
        added += new
    _join(added, ground, present, now)
    _renew_dates(entries, ground, now)
    return len(added)


def _add(
    entries: Sequence[EntryData], ground: Ground, present: Mapping[str, int], now: datetime
) -> list[tuple[EntryData, Listing]]:
    kinds = dict(Entry.objects.filter(origin=ORIGIN).values_list("uri", "kind"))
    by_hand: dict[Actor, list[EntryData]] = defaultdict(list)
    for entry in entries:
        by_hand[ground.hand(entry)].append(entry)
    added: list[tuple[EntryData, Listing]] = []
    for hand, some in by_hand.items():
        drafts = [_draft(entry, ground, present, kinds) for entry in some]
        added += zip(some, add_places(drafts, by=hand, now=now), strict=True)
    return added


def _draft(entry: EntryData, ground: Ground, present: Mapping[str, int], kinds: Mapping[str, str]) -> PlaceDraft:
    area = ground.areas[entry.village]
    others = {code: (entry.title[code], entry.text.get(code, "")) for code in entry.title if code != entry.language}
    return PlaceDraft(
        kind=entry.kind,
        words=Draft(
            title=entry.title[entry.language],
            body=entry.text[entry.language],
            language=entry.language,
            areas=[area],
            point=entry.point(area.point),
            texts=others,
            origin=ORIGIN,
            uri=entry.uri,
        ),
        categories=[ground.categories[entry.category]],
        facts=_facts(entry, area),
        own=_own(entry, present, kinds),
        service_area=[ground.areas[slug] for slug in entry.serves],
    )


def _facts(entry: EntryData, area: Area) -> ListingFacts:
    said = entry.said
    youngest, oldest = said.get("ages", (None, None))
    stated: dict[str, Any] = {name: said[name] for name in AS_SAID if name in said}
    if said.get("street"):
        stated |= _town(area)
    return ListingFacts(
        offered_by=entry.offered_by,
        is_free=said.get("free"),
        cost_note=said["cost"],
        access_note=said["access"],
        generations=entry.generations,
        minimum_age=youngest,
        maximum_age=oldest,
        spoken_languages=tuple(said.get("spoken", ())),
        opening_hours=entry.hours,
        hours_note=said["hours_note"],
        alert=said["alert"],
        **stated,
    )


def _town(area: Area) -> dict[str, str]:
    """One postcode for all nine villages; a village is named behind its municipality."""
    if area.country != "DE":
        return {"town": str(area)}
    return {"postcode": POSTCODE, "town": TOWN if str(area) == TOWN else f"{TOWN}-{area}"}


def _own(entry: EntryData, present: Mapping[str, int], kinds: Mapping[str, str]) -> KindFacts:
    """An entry that is part of an organisation is run by it; one that is part of a place happens there."""
    lead = f"demo:{entry.village}/{entry.part_of}" if entry.part_of else ""
    runs = f"demo:{entry.village}/{entry.organization}" if entry.organization else ""
    if not runs and kinds.get(lead) == PlaceKind.ORGANIZATION:
        runs = lead
    return KindFacts(
        organization_id=present.get(runs),
        location_ids=(present[lead],) if kinds.get(lead) == PlaceKind.LOCATION else (),
        how_to_apply=entry.said["apply"],
        capacity=entry.said.get("capacity"),
        founded_in=entry.said.get("founded"),
    )


def _join(
    added: Sequence[tuple[EntryData, Listing]], ground: Ground, present: Mapping[str, int], now: datetime
) -> None:
    """One thing, one result: parts are shown with what they belong to. And keepers get their keys."""
    for entry, listing in added:
        if entry.part_of:
            lead = Listing.objects.get(pk=present[f"demo:{entry.village}/{entry.part_of}"])
            fold_place(listing, into=lead, by=ground.hand(entry), now=now)
        if entry.keeper:
            name_keeper(listing, identity=ground.cast.by_nickname[entry.keeper], by=ground.hand(entry), now=now)


def _renew_dates(entries: Sequence[EntryData], ground: Ground, now: datetime) -> None:
    """Confirm each entry as long ago as its file says, unless somebody has confirmed it later than that."""
    listings = {
        listing.entry.uri: listing
        for listing in Listing.objects.filter(entry__origin=ORIGIN)
        .select_related("entry")
        .prefetch_related("entry__placements__area", "keepers")
    }
    due: dict[tuple[int, str], list[Listing]] = defaultdict(list)
    for entry in entries:
        listing = listings.get(entry.uri)
        day = (now - timedelta(days=entry.confirmed_days_ago)).date()
        if listing is not None and (listing.assured_on is None or listing.assured_on < day):
            due[entry.confirmed_days_ago, _role(entry, ground)].append(listing)
    for (days, role), some in due.items():
        confirm_places(some, role=role, by=ground.machine, now=now - timedelta(days=days))


def _role(entry: EntryData, ground: Ground) -> str:
    """What readers are told about who confirmed."""
    if entry.village == MUNICIPALITY:
        return "admin"
    return entry.confirmed_by if entry.village in ground.cast.hands or entry.keeper else "editor"
