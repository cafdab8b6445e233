"""Everything the page of one event shows, and what its form offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import Reading, entry_by_code, reading
from dorfplatz.events.enums import KIND
from dorfplatz.events.models import Coming, Event, Occurrence
from dorfplatz.events.queries.lines import DateLine, Reader, line_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.places.enums import EDIT as EDIT_PLACES
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Keeper
from dorfplatz.places.queries import organizations_of
from dorfplatz.villages.queries import Site

NEXT_SHOWN = 8


@dataclass(frozen=True)
class Comer:
    """Somebody who comes, as far as this reader may know."""

    name: str
    persons: int


@dataclass(frozen=True)
class Comings:
    """Of one date: how many come, whom the reader may know by name, and what she said herself."""

    count: int
    free: int | None
    comers: Sequence[Comer]
    own: Coming | None


@dataclass(frozen=True)
class EventPage:
    """What the page of one event shows. `shown` is the date that was asked for, else the next one, else the last."""

    entry: Entry
    event: Event
    words: Reading
    shown: Occurrence | None
    line: DateLine | None
    next: Sequence[DateLine]
    comings: Comings | None


def event_of(code: str, viewer: Actor, *, now: datetime) -> Event | None:
    """The event an address names, if the viewer may see it, with all that policies and pages ask for."""
    entry = entry_by_code(code, viewer, now=now)
    return with_everything(entry) if entry is not None and entry.kind == KIND else None


def with_everything(entry: Entry) -> Event:
    """The event of an entry that the caller has got for its viewer; words and areas are the given entry's."""
    found = Event.objects.select_related("place__entry", "organiser__entry", "theme").prefetch_related(
        "organiser__keepers", "place__entry__texts", "organiser__entry__texts", "single_dates"
    )
    event = found.get(pk=entry.pk)
    event.entry = entry
    return event


def event_page(event: Event, reader: Reader, *, on: date | None, sees_all: bool) -> EventPage:
    """The page of an event that the viewer may see; `sees_all` who come. About ten queries."""
    ahead = list(event.occurrences.filter(ends_at__gte=reader.now).order_by("starts_at")[: NEXT_SHOWN + 1])
    shown = event.occurrences.filter(on=on).first() if on else None
    if shown is None:
        shown = ahead[0] if ahead else event.occurrences.order_by("-starts_at").first()
    others = [one for one in ahead if shown is None or one.pk != shown.pk][:NEXT_SHOWN]
    return EventPage(
        entry=event.entry,
        event=event,
        words=reading(event.entry, reader.language),
        shown=shown,
        line=line_of(shown, event, reader) if shown else None,
        next=[line_of(one, event, reader) for one in others],
        comings=_comings(event, shown.on, reader.viewer, sees_all=sees_all) if shown and event.takes_names else None,
    )


def _comings(event: Event, on: date, viewer: Actor, *, sees_all: bool) -> Comings:
    """Names go to those in charge, and, of those who chose so, to others who come."""
    some = Coming.objects.filter(event=event, on=on)
    count = some.aggregate(total=Sum("persons"))["total"] or 0
    own = some.filter(identity=viewer.identity_id or 0).first() if viewer.is_member else None
    shown = some.none()
    if sees_all:
        shown = some
    elif own is not None:
        shown = some.filter(shows_name=True).exclude(identity_id__in=viewer.apart_from)
    comers = [
        Comer(one.identity.name, one.persons) for one in shown.select_related("identity").order_by("said_at")[:200]
    ]
    free = max(event.capacity - count, 0) if event.capacity is not None else None
    return Comings(count, free, comers, own)


def voices_of(site: Site, viewer: Actor, *, now: datetime) -> list[tuple[int, str]]:
    """Organisations in whose name the viewer may set out dates: which she keeps, or whose entry she may change."""
    kept = set(
        Keeper.objects.filter(identity=viewer.identity_id or 0, ended_at=None).values_list("listing_id", flat=True)
    )
    all_of_them = organizations_of(site, viewer, now=now)
    paths = list(viewer.paths_with(EDIT_PLACES))
    if paths:
        ids = [pk for pk, _title in all_of_them]
        rows = Entry.objects.filter(pk__in=ids).values_list("pk", "areas__path")
        kept |= {pk for pk, path in rows if path and any(str(path).startswith(held) for held in paths)}
    return [(pk, title) for pk, title in all_of_them if pk in kept]


def halls_of(site: Site, viewer: Actor, *, now: datetime) -> list[tuple[int, str]]:
    """Places of the social map at which something can be on, by title, with their village."""
    areas = frozenset({area.pk for area in (*site.villages, *site.outside, site.municipality.area)})
    found = Entry.objects.filter(kind=PlaceKind.LOCATION).in_areas(areas).visible_to(viewer, now=now)
    rows = found.filter(listing__shown_with=None).order_by("title", "pk").values_list("pk", "title", "areas")
    names = {area.pk: str(area) for area in site.by_id.values()}
    named: dict[int, str] = {}
    for pk, title, area in rows:
        village = names.get(area, "")
        named.setdefault(pk, title if not village or village in title else f"{title} ({village})")
    return list(named.items())
