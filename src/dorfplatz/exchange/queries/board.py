"""The list of asks and offers under its filters, a page at a time, and the asks that wait for an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from dorfplatz.entries.models import Entry
from dorfplatz.exchange.asked import Asked, Cursor
from dorfplatz.exchange.enums import DONE, LOOK_AFTER, STILL_GOING, Direction, Step
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.queries.clocks import unanswered
from dorfplatz.kernel.actor import Actor
from dorfplatz.search.queries import search
from dorfplatz.villages.filter import VillageFilter

PAGE_SIZE = 20
MICROSECOND = 1_000_000


@dataclass(frozen=True)
class Found:
    """One page of the list: ids in order, which of them are next door, and where the next page begins."""

    ids: Sequence[int]
    next: Cursor | None


def board(villages: VillageFilter, asked: Asked, *, viewer: Actor, now: datetime) -> Found:
    """What stands there under the filters, newest first. One query; with words, those of the search besides."""
    rows = Entry.objects.filter(kind__in=[asked.direction] if asked.direction else Direction.values)
    rows = rows.visible_to(viewer, now=now).in_areas(villages.area_ids).filter(published_at__isnull=False)
    # Its author sees what is over on her own page; here stands what holds.
    rows = rows.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), state="published")
    if asked.sort:
        rows = rows.filter(exchange__sort=asked.sort)
    rows = rows.filter(exchange__step__in=DONE if asked.state == "solved" else STILL_GOING)
    if asked.state == "unanswered":
        rows = rows.filter(pk__in=_for_connectors(viewer, now))
    if asked.q:
        rows = rows.filter(pk__in=search(asked.q, villages.everywhere, viewer=viewer, now=now).ids)
    return _page(rows, asked.after)


def _for_connectors(viewer: Actor, now: datetime) -> QuerySet[Exchange]:
    """Unanswered for a day, in the villages the viewer looks after; for others nothing."""
    mine = Q(pk__in=[])
    for path in viewer.paths_with(LOOK_AFTER):
        mine |= Q(entry__areas__path__startswith=path)
    return unanswered(before=now, now=now).filter(mine).values("pk")  # type: ignore[return-value]  # ids, for IN


def _page(rows: QuerySet[Entry], after: Cursor | None) -> Found:
    if after is not None:
        at = datetime.fromtimestamp(after.at_us / MICROSECOND, UTC)
        rows = rows.filter(Q(published_at__lt=at) | Q(published_at=at, pk__lt=after.pk))
    ordered = rows.order_by("-published_at", "-pk").values_list("pk", "published_at")
    found = list(ordered[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    if len(found) <= PAGE_SIZE:
        return Found([pk for pk, _at in shown], None)
    last, published_at = shown[-1]
    return Found([pk for pk, _at in shown], Cursor.at(published_at, last) if published_at else None)


def waiting_asks(
    villages: VillageFilter, *, viewer: Actor, now: datetime, most: int = 4, besides: Collection[int] = ()
) -> list[int]:
    """Open asks in these villages, newest first, for home pages. One query."""
    asks = Entry.objects.filter(kind=Direction.ASK, exchange__step=Step.OPEN, state="published")
    asks = asks.visible_to(viewer, now=now).in_areas(villages.area_ids).exclude(pk__in=list(besides))
    current = asks.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
    return list(current.order_by("-published_at", "-pk").values_list("pk", flat=True)[:most])
