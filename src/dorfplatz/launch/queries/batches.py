"""The cards a village has handed out: how many, and when the next are due. Counts only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import CardBatch
from dorfplatz.members.queries import card_batches
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

GOOD_PART = 50  # percent of the last batch that were used: time for the next
FIRST, MOST_PROPOSED = 20, 100
SHOWN = 30


@dataclass(frozen=True)
class Counted:
    """One batch: so many cards made, used by at least one person, and worth nothing any more."""

    batch: CardBatch
    made: int
    used: int
    is_over: bool

    @property
    def expired(self) -> int:
        return self.made - self.used if self.is_over else 0

    @property
    def open(self) -> int:
        return 0 if self.is_over else self.made - self.used

    @property
    def percent(self) -> int:
        return 100 * self.used // self.made if self.made else 0


@dataclass(frozen=True)
class Batches:
    """All of a village, the newest first; `next_count` is how many to make now, 0 while the last ones do."""

    rows: Sequence[Counted]
    next_count: int

    @property
    def made(self) -> int:
        return sum(row.made for row in self.rows)

    @property
    def used(self) -> int:
        return sum(row.used for row in self.rows)

    @property
    def expired(self) -> int:
        return sum(row.expired for row in self.rows)


def batches_of(area: Area, site: Site, viewer: Actor, *, missing: int, now: datetime) -> Batches:
    """For those who make cards there; one query. `missing` is how many have not said yes yet."""
    used = Count("cards", filter=Q(cards__left__lt=F("uses")))
    found = card_batches(site, viewer).filter(area=area).annotate(used=used)[:SHOWN]
    rows = [_counted(row, now) for row in found]
    return Batches(rows, _next(rows, missing))


def _counted(row: Any, now: datetime) -> Counted:
    """Of a batch with what was counted of it."""
    return Counted(row, row.card_count, row.used, row.withdrawn_at is not None or row.expires_at <= now)


def _next(rows: Sequence[Counted], missing: int) -> int:
    """Nobody hands out all cards at once: as many as are missing and as many again, as not each card is used."""
    last = next((row for row in rows if not row.is_over), None)
    if last is not None and last.percent < GOOD_PART:
        return 0
    return min(MOST_PROPOSED, 2 * missing) if missing else (last.made if last else FIRST)
