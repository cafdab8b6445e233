"""Entries as a municipality has them: over all categories, in two languages, with hours, notes and gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from benchmarks.seeding.words import HOURS, NAMES, SENTENCES, STREETS
from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryArea, EntryText, new_code
from dorfplatz.places.enums import OfferedBy, PlaceKind, StepFree
from dorfplatz.places.models import Category, Listing, ListingCategory, Location, Organization, Service
from dorfplatz.places.taxonomy import standard_taxonomy
from dorfplatz.villages.models import Area, Municipality

BATCH = 2_000
TABLES: dict[str, Any] = {
    PlaceKind.ORGANIZATION: Organization,
    PlaceKind.SERVICE: Service,
    PlaceKind.LOCATION: Location,
}
FOR_EVERYBODY = [OfferedBy.VOLUNTEER, OfferedBy.PROFESSIONAL, OfferedBy.BUSINESS, OfferedBy.MUNICIPALITY]


_taken: set[str] = set()


def own_code() -> str:
    """Among a million codes of 35 bits some would be the same."""
    while (code := new_code()) in _taken:
        continue
    _taken.add(code)
    return code


@dataclass(frozen=True)
class Town:
    """A municipality as the seeder knows it. The same number gives the same entries."""

    area: Area
    villages: Sequence[Area]
    language: str
    random: Random

    @classmethod
    def of(cls, municipality: Municipality, number: int) -> Town:
        area = municipality.area
        villages = list(Area.objects.villages().within(municipality.path).order_by("pk"))
        return cls(area, villages, "nl" if area.country == "NL" else "de", Random(number))  # nosec B311


@dataclass
class Draft:
    """One entry before it is written, with what hangs on it."""

    entry: Entry
    term: Any
    areas: Sequence[Area]
    text: tuple[str, str, str] | None


def write_entries(town: Town, count: int, *, now: datetime) -> None:
    """All entries of one municipality, in a dozen statements for every two thousand."""
    categories = {category.slug: category for category in Category.objects.filter(municipality=None)}
    drafts = list(_drafts(town, count, now))
    entries = Entry.objects.bulk_create([draft.entry for draft in drafts], batch_size=BATCH)
    for draft, entry in zip(drafts, entries, strict=True):
        draft.entry = entry
    placed = [EntryArea(entry=draft.entry, area=area) for draft in drafts for area in draft.areas]
    EntryArea.objects.bulk_create(placed, batch_size=BATCH)
    texts = [EntryText(entry=d.entry, language=d.text[0], title=d.text[1], body=d.text[2]) for d in drafts if d.text]
    EntryText.objects.bulk_create(texts, batch_size=BATCH)
    listings = [_listing(town, draft, categories, now) for draft in drafts]
    Listing.objects.bulk_create(listings, batch_size=BATCH)
    _fold_some(listings)
    for kind, table in TABLES.items():
        own = [table(entry=draft.entry) for draft in drafts if draft.entry.kind == kind]
        table.objects.bulk_create(own, batch_size=BATCH)
    _tie_some(drafts, town.random)
    links = [
        ListingCategory(listing_id=draft.entry.pk, category=category)
        for draft in drafts
        for category in dict.fromkeys(_categories(town, draft, categories))
    ]
    ListingCategory.objects.bulk_create(links, batch_size=BATCH)


def _drafts(town: Town, count: int, now: datetime) -> Iterator[Draft]:
    terms = [term for term in standard_taxonomy().terms if term.parent]
    random = town.random
    for number in range(count):
        term = terms[number % len(terms)] if number < len(terms) else random.choice(terms)
        areas = _areas(town)
        village = areas[0]
        language = town.language if random.random() < 0.9 else ("de" if town.language == "nl" else "nl")
        other = "de" if language == "nl" else "nl"
        lat, lon = village.lat or 51.0, village.lon or 6.0
        has_point = random.random() < 0.92
        entry = Entry(
            code=own_code(),
            kind=term.kind,
            title=_title(town, term, language, village),
            body=_body(random, term, language),
            language=language,
            state=State.HIDDEN if random.random() < 0.01 else State.PUBLISHED,
            audience=Audience.MEMBERS if random.random() < 0.02 else Audience.PUBLIC,
            lat=lat + random.uniform(-0.012, 0.012) if has_point else None,
            lon=lon + random.uniform(-0.02, 0.02) if has_point else None,
            published_at=now,
            created_at=now,
            changed_at=now,
            check_due_at=now + timedelta(days=random.randint(-30, 330)),
            expires_at=now + timedelta(days=400) if random.random() < 0.03 else None,
            origin="osm" if random.random() < 0.6 else "",
        )
        text = (other, _title(town, term, other, village), _body(random, term, other))
        yield Draft(entry, term, areas, text if random.random() < 0.2 else None)


def _areas(town: Town) -> list[Area]:
    """Mostly one village, the larger ones more often; sometimes two, sometimes the whole municipality."""
    chance, weights = town.random.random(), [area.inhabitants or 1 for area in town.villages]
    if chance < 0.06:
        return [town.area]
    some = town.random.choices(town.villages, weights, k=2 if chance < 0.12 else 1)
    return list({area.pk: area for area in some}.values())


def _title(town: Town, term: Any, language: str, village: Area) -> str:
    kind, name = term.names[language], town.random.choice(NAMES)
    shapes = (f"{kind} {name}", f"{name}, {kind}", f"{kind} {village}", f"{name} {village}")
    return town.random.choice(shapes)[:200]


def _body(random: Random, term: Any, language: str) -> str:
    some = random.sample(SENTENCES[language], random.randint(1, 3))
    return " ".join([term.about[language], *some])


def _listing(town: Town, draft: Draft, categories: dict[str, Category], now: datetime) -> Listing:
    random, entry = town.random, draft.entry
    osm = entry.origin == "osm"
    return Listing(
        entry=entry,
        category=categories[draft.term.slug],
        offered_by=draft.term.offered_by or random.choice(FOR_EVERYBODY),
        is_free=random.choice([True, None, None, False]),
        step_free=random.choice([StepFree.YES, StepFree.UNKNOWN, StepFree.UNKNOWN, StepFree.NO, StepFree.LIMITED]),
        cost_note={town.language: random.choice(SENTENCES[town.language])} if random.random() < 0.1 else {},
        generations=random.choice([0, 0, 0, 1, 2, 4, 8, 16, 24]),
        spoken_languages=random.choice([[], [], ["de"], ["nl"], ["de", "nl"], ["de", "en", "pl"]]),
        opening_hours=random.choice(HOURS) if random.random() < 0.45 else "",
        phone=f"+49 2826 {random.randint(1000, 99999)}" if random.random() < 0.5 else "",
        website=f"https://{entry.code}.example/" if random.random() < 0.3 else "",
        street=f"{random.choice(STREETS)} {random.randint(1, 99)}" if random.random() < 0.8 else "",
        postcode="47559",
        town=str(draft.areas[0])[:80],
        assured_on=(now - timedelta(days=random.randint(0, 500))).date() if osm or random.random() < 0.7 else None,
        assured_by="osm" if osm else "connector",
    )


def _fold_some(listings: Sequence[Listing]) -> None:
    """Every twentieth thing is shown with another: the doctor and the house, the club and its pitch."""
    folded = []
    for lead, part in zip(listings[::20], listings[1::20], strict=False):
        part.shown_with = lead
        folded.append(part)
    Listing.objects.bulk_update(folded, ["shown_with"], batch_size=500)


def _tie_some(drafts: Sequence[Draft], random: Random) -> None:
    """Half of the services belong to an organisation."""
    organizations = [draft.entry.pk for draft in drafts if draft.entry.kind == PlaceKind.ORGANIZATION]
    services = [draft.entry.pk for draft in drafts if draft.entry.kind == PlaceKind.SERVICE]
    if not organizations:
        return
    tied = [Service(pk=pk, organization_id=random.choice(organizations)) for pk in services[::2]]
    Service.objects.bulk_update(tied, ["organization"], batch_size=500)


def _categories(town: Town, draft: Draft, categories: dict[str, Category]) -> list[Category]:
    more = [town.random.choice(list(categories.values()))] if town.random.random() < 0.2 else []
    return [categories[draft.term.slug], *more]
