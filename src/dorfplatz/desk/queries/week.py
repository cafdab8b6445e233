"""What has happened since Monday in the villages somebody looks after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dorfplatz.desk.models import Done
from dorfplatz.desk.order import week_began
from dorfplatz.desk.queries.items import beat_of
from dorfplatz.entries.enums import BY_HAND, State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.entries.sockets import kinds
from dorfplatz.exchange.models import Exchange
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import newcomers_since
from dorfplatz.places.models import Listing
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

MOST = 60
SOURCES = ("osm", "csv")  # what an import confirms is not what people have confirmed


@dataclass(frozen=True)
class Line:
    """Something that was set out."""

    entry: Entry
    title: str
    language: str
    kind: str
    icon: str
    areas: Sequence[Area]


@dataclass(frozen=True)
class Week:
    """`lines` the newest first, at most sixty; the counts are of all."""

    since: datetime
    lines: Sequence[Line]
    newcomers: Sequence[Identity]
    solved_count: int
    confirmed_count: int
    done_count: int


def week_of(site: Site, viewer: Actor, *, language: str, now: datetime) -> Week:
    """For a connector, of her villages; for others nothing. Eight queries."""
    beat = beat_of(site, viewer, now=now)
    since = week_began(now, site.municipality.timezone)
    if not beat.areas:
        return Week(since, [], [], 0, 0, 0)
    here = Entry.objects.in_areas(frozenset(beat.areas)).visible_to(viewer, now=now)
    new = here.filter(state=State.PUBLISHED, published_at__gte=since, published_at__lte=now, origin__in=BY_HAND)
    joined = newcomers_since(since, viewer, areas=list(beat.areas), most=MOST)
    solved = Exchange.objects.filter(entry__in=here.values("pk"), solved_at__gte=since)
    confirmed = Listing.objects.filter(entry__in=here.values("pk"), assured_on__gte=since.date())
    return Week(
        since,
        [_line(entry, language) for entry in with_words(new).order_by("-published_at", "-pk")[:MOST]],
        [joining.identity for joining in joined],
        solved.count(),
        confirmed.exclude(assured_by__in=SOURCES).count(),
        Done.objects.filter(area__in=list(beat.areas), done_at__gte=since).count(),
    )


def _line(entry: Entry, language: str) -> Line:
    words, kind = reading(entry, language), kinds[entry.kind]
    areas = [placement.area for placement in entry.placements.all()]
    foreign = "" if words.language == language else words.language
    return Line(entry, words.title, foreign, str(kind.label), kind.icon, areas)
