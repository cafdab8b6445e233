"""Reads for imports: the taxonomy and ground of a municipality, what entries say now, and past readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, Q, QuerySet

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.queries import with_words
from dorfplatz.imports.enums import RUN, SUBSCRIBED
from dorfplatz.imports.models import Reading, Source, SourceRecord
from dorfplatz.imports.osm.drafting import Terms
from dorfplatz.imports.placing import Ground
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.places.models import Category, CategoryChoice, Listing, ListingCategory
from dorfplatz.places.osm_tags import Pattern, TagIndex
from dorfplatz.places.taxonomy import Term, standard_taxonomy
from dorfplatz.square.enums import KIND as POST
from dorfplatz.square.models import Post
from dorfplatz.villages.models import Area, Municipality

BATCH = 500


@dataclass(frozen=True)
class LocalTaxonomy:
    """The categories of one municipality, and how their tags are read."""

    categories: Mapping[str, Category]
    terms: Terms


def local_taxonomy(municipality: Municipality) -> LocalTaxonomy:
    """The standard taxonomy with what the municipality changed about it. Hidden categories are left out."""
    choices = {c.category_id: c for c in CategoryChoice.objects.filter(municipality=municipality)}
    rows = Category.objects.filter(Q(municipality=None) | Q(municipality=municipality)).select_related("parent")
    shown = {row.slug: row for row in rows if not (row.pk in choices and choices[row.pk].is_hidden)}
    terms: dict[str, Term] = {}
    for slug, row in shown.items():
        choice = choices.get(row.pk)
        tags = choice.osm_tags if choice and choice.osm_tags is not None else row.osm_tags
        terms[slug] = replace(_term_like(row), slug=slug, osm_tags=tuple(_usable(tags)))
    index = TagIndex((Pattern.parse(tag), slug) for slug, term in terms.items() for tag in term.osm_tags)
    return LocalTaxonomy(shown, Terms(index, terms))


def ground_of(municipality: Municipality) -> Ground:
    """The municipality's villages as ground. One query."""
    villages = list(Area.objects.villages().within(municipality.path))
    return Ground(
        outlines={village.pk: village.outline for village in villages if village.outline},
        centres={village.pk: village.point for village in villages if village.point},
        ring=municipality.ring,
    )


def records_of(source: Source) -> dict[str, SourceRecord]:
    """What the source's records are known as. System query."""
    return {record.key: record for record in SourceRecord.objects.filter(source=source)}


def points_by_name(municipality: Municipality) -> dict[tuple[str, str], list[Point | None]]:
    """Where the municipality's entries are, by their title (folded) and leading category. System query."""
    rows = (
        Listing.objects.filter(entry__placements__area__path__startswith=municipality.path)
        .exclude(entry__state=State.REMOVED)
        .values_list("entry__title", "category__slug", "entry__lat", "entry__lon")
        .distinct()
    )
    found: dict[tuple[str, str], list[Point | None]] = {}
    for title, slug, lat, lon in rows:
        found.setdefault((title.casefold(), slug), []).append(
            Point(lat, lon) if lat is not None and lon is not None else None
        )
    return found


def listings_with_everything(ids: Collection[int]) -> dict[int, Listing]:
    """Listings with all that change and comparison ask for, in a number of queries that grows by 500s."""
    found: dict[int, Listing] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), BATCH):
        rows = (
            Listing.objects.filter(pk__in=wanted[start : start + BATCH])
            .select_related("entry__organization", "entry__location", "entry__service", "category")
            .prefetch_related("entry__placements__area", "entry__texts", "keepers", "service_area")
        )
        found |= {row.pk: row for row in rows}
    return found


def entry_with_everything(entry_id: int) -> Entry:
    """The entry of an event with words and areas, for the reading of a source."""
    return with_words(Entry.objects.filter(pk=entry_id)).get()


def due_sources(now: datetime) -> QuerySet[Source]:
    """Calendars and feeds that are to be read again, the one that has waited longest first."""
    due = Source.objects.filter(kind__in=SUBSCRIBED, due_at__lte=now, municipality__is_served=True)
    return due.select_related("municipality__area", "area").order_by("due_at", "pk")


def subscriptions_of(municipality: Municipality, viewer: Actor) -> QuerySet[Source]:
    """Calendars and feeds at web addresses, those still read first; none for those who may not import."""
    if not viewer.holds(RUN, municipality.path):
        return Source.objects.none()
    found = Source.objects.filter(municipality=municipality, kind__in=SUBSCRIBED, address__istartswith="http")
    return found.select_related("municipality__area", "area", "organiser__entry").order_by(
        F("ended_at").asc(nulls_first=True), "label", "pk"
    )


def post_with_everything(post_id: int) -> Post:
    """A post with words and areas, for the reading of a source."""
    return with_words(Entry.objects.filter(pk=post_id)).select_related("post").get().post


def recent_titles(area: Area, *, since: datetime) -> list[str]:
    """Titles of the posts set out there since then. System query."""
    there = EntryArea.objects.filter(area=area).values("entry_id")
    found = Entry.objects.filter(pk__in=there, kind=POST, published_at__gte=since).exclude(state=State.REMOVED)
    return list(found.values_list("title", flat=True))


def category_slugs(ids: Iterable[int]) -> dict[int, list[str]]:
    """Slugs of all categories of each listing."""
    found: dict[int, list[str]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), BATCH):
        pairs = ListingCategory.objects.filter(listing__in=wanted[start : start + BATCH]).order_by("pk")
        for listing_id, slug in pairs.values_list("listing_id", "category__slug"):
            found.setdefault(listing_id, []).append(slug)
    return found


def source_of(entry_id: int) -> Source | None:
    """Where an imported entry comes from. System query: readers see it wherever they see the entry."""
    found = Source.objects.filter(Q(records__listing=entry_id) | Q(dates__event=entry_id) | Q(news__post=entry_id))
    return found.first()


def past_readings(municipality: Municipality, viewer: Actor) -> QuerySet[Reading]:
    """Readings of the municipality, the latest first; none for those who may not import."""
    if not viewer.holds(RUN, municipality.path):
        return Reading.objects.none()
    return Reading.objects.filter(municipality=municipality).select_related("source")


def _term_like(row: Category) -> Term:
    """The standard term of that category, or one like its parent's for a category of the municipality's own."""
    standard = standard_taxonomy()
    if row.slug in standard:
        return standard[row.slug]
    parent = standard[row.parent.slug] if row.parent and row.parent.slug in standard else standard.roots[0]
    return replace(parent, parent=parent.slug, names=row.name, called=(), gathers=False)


def _usable(tags: Iterable[object]) -> Iterable[str]:
    for tag in tags:
        with suppress(ValueError):
            yield str(Pattern.parse(str(tag)) and tag)
