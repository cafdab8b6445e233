"""The list of wishes under its filters, those on the map, those that wait, and those that others may match."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry, EntryArea, EntryQuerySet
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.wishes.addresses import page_of
from dorfplatz.wishes.asked import Asked, Place
from dorfplatz.wishes.enums import KIND, STILL_GOING, WAITS_FOR_ANSWER, Status

PAGE_SIZE = 20
MOST_PINNED = 1000
MOST_MATCHED = 2000


@dataclass(frozen=True)
class Found:
    """One page of the list: ids in order, and where the next page begins."""

    ids: Sequence[int]
    next: Place | None


def standing(area_ids: Collection[int], viewer: Actor, now: datetime) -> EntryQuerySet:
    """What stands there for this viewer; its author sees what is over on its own page only."""
    rows = Entry.objects.filter(kind=KIND, state=State.PUBLISHED).in_areas(frozenset(area_ids))
    current = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    return rows.visible_to(viewer, now=now).filter(current, wish__isnull=False)


def board(villages: VillageFilter, asked: Asked, *, viewer: Actor, now: datetime, most: int = PAGE_SIZE) -> Found:
    """What stands there under the filters, newest first. One query."""
    rows = standing(villages.area_ids, viewer, now)
    if asked.mood:
        rows = rows.filter(wish__mood=asked.mood)
    if asked.status:
        rows = rows.filter(wish__status=asked.status)
    if asked.goes_on:
        rows = rows.filter(wish__status__in=STILL_GOING)
    if asked.theme:
        rows = rows.filter(wish__theme=asked.theme)
    if asked.after is not None:
        at, pk = asked.after.at, asked.after.pk
        rows = rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=pk))
    found = list(rows.order_by("-published_at", "-pk").values_list("pk", "published_at")[: most + 1])
    shown = found[:most]
    last = shown[-1] if len(found) > most else None
    return Found([pk for pk, _at in shown], Place(last[1], last[0]) if last and last[1] else None)


@dataclass(frozen=True)
class PinnedWish:
    """A wish with a point, as the map shows it."""

    code: str
    title: str
    mood: str
    status: str
    point: Point
    url: str
    area_ids: tuple[int, ...]


def pinned_wishes(villages: VillageFilter, *, viewer: Actor, now: datetime, language: str) -> list[PinnedWish]:
    """Wishes that go on and have a point, newest first. Three queries."""
    rows = standing(villages.area_ids, viewer, now).filter(lat__isnull=False, wish__status__in=STILL_GOING)
    found = with_words(rows).select_related("wish").order_by("-published_at", "-pk")[:MOST_PINNED]
    return [_pinned(entry, language) for entry in found]


def _pinned(entry: Entry, language: str) -> PinnedWish:
    point = entry.point or Point(0, 0)
    areas = tuple(placement.area_id for placement in entry.placements.all())
    wish = entry.wish
    return PinnedWish(entry.code, reading(entry, language).title, wish.mood, wish.status, point, page_of(entry), areas)


def waiting_wishes(area_ids: Collection[int], *, before: datetime, viewer: Actor, now: datetime) -> EntryQuerySet:
    """Wishes set out before then that nobody has answered, for those who answer in these areas; the oldest first."""
    rows = standing(area_ids, viewer, now).filter(wish__status=Status.OPEN, wish__mood__in=WAITS_FOR_ANSWER)
    return rows.filter(published_at__lte=before).order_by("published_at", "pk")


@dataclass(frozen=True)
class OpenWish:
    """A wish that goes on, as those see it who look for what fits together."""

    entry_id: int
    mood: str
    title: str
    text: str
    language: str
    area_ids: tuple[int, ...]
    point: Point | None
    author_id: int | None
    theme_id: int | None
    theme: dict[str, str] | None


def open_wishes(area_ids: Collection[int], *, viewer: Actor, now: datetime) -> list[OpenWish]:
    """What goes on in these areas and this viewer may see, in the words of its authors, newest first. Two queries."""
    rows = standing(area_ids, viewer, now).filter(wish__status__in=STILL_GOING)
    entries = list(rows.select_related("wish__theme").order_by("-published_at", "-pk")[:MOST_MATCHED])
    areas: dict[int, list[int]] = {}
    placed = EntryArea.objects.filter(entry__in=[entry.pk for entry in entries])
    for entry_id, area_id in placed.values_list("entry_id", "area_id"):
        areas.setdefault(entry_id, []).append(area_id)
    return [_open(entry, tuple(areas.get(entry.pk, ()))) for entry in entries]


def _open(entry: Entry, area_ids: tuple[int, ...]) -> OpenWish:
    theme = entry.wish.theme
    return OpenWish(
        entry_id=entry.pk,
        mood=entry.wish.mood,
        title=entry.title,
        text=entry.body,
        language=entry.language,
        area_ids=area_ids,
        point=entry.point,
        author_id=entry.author_id,
        theme_id=theme.pk if theme else None,
        theme=theme.name if theme else None,
    )
