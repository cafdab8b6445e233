"""Introductions that run, for the connectors of a village; and for each what she herself is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from dorfplatz.kernel.actor import Actor
from dorfplatz.letters.policies import can_begin_with
from dorfplatz.matching.enums import GOING, OPEN, WELL, State
from dorfplatz.matching.models import AskedPerson, Introduction, MonthCount, Passed
from dorfplatz.matching.queries.suggestions import areas_to_introduce_in, things_again, unreached
from dorfplatz.matching.sources import Thing
from dorfplatz.members.models import Block, Identity
from dorfplatz.villages.prepared import prepared_for
from dorfplatz.villages.queries import Site

WAITS_FOR, STALE_AFTER = timedelta(days=14), timedelta(days=60)
KEPT_AFTER, PASSED_FOR = timedelta(days=90), timedelta(days=180)
ASKED_ABOUT_AFTER = timedelta(days=7)
MOST, MOST_ENDED, TWO = 100, 20, 2


@dataclass(frozen=True)
class Party:
    """One of the two as a connector sees her. `thing` is None where it is not there any more, or not for her to see."""

    person: AskedPerson
    thing: Thing | None

    @property
    def name(self) -> str:
        if self.person.identity is not None:
            return str(self.person.identity.name)
        return self.thing.name if self.thing else "–"

    @property
    def is_offline(self) -> bool:
        return self.person.identity is None or self.person.identity.login_id is None

    @property
    def has_said_yes(self) -> bool:
        return self.person.said_yes_at is not None


@dataclass(frozen=True)
class Running:
    """An introduction with its two."""

    introduction: Introduction
    parties: Sequence[Party]
    now: datetime

    @property
    def is_open(self) -> bool:
        return self.introduction.state in OPEN

    @property
    def ends_at(self) -> datetime:
        return self.introduction.proposed_at + WAITS_FOR

    @property
    def waits_for(self) -> list[Party]:
        return [party for party in self.parties if self.is_open and not party.has_said_yes]

    @property
    def asks_how_it_went(self) -> bool:
        """A week after the two were introduced."""
        at = self.introduction.introduced_at
        return self.introduction.state == State.INTRODUCED and at is not None and self.now >= at + ASKED_ABOUT_AFTER

    @property
    def names(self) -> str:
        return " & ".join(party.name for party in self.parties)


@dataclass(frozen=True)
class Question:
    """What somebody is asked, or was: her own thing, and the other once both have said yes."""

    person: AskedPerson
    thing: Thing | None
    other: Identity | None
    other_name: str
    other_thing: Thing | None
    may_write: bool

    @property
    def introduction(self) -> Introduction:
        return self.person.introduction

    @property
    def is_open(self) -> bool:
        return self.introduction.state in OPEN

    @property
    def is_introduced(self) -> bool:
        return not self.is_open and self.introduction.state != State.DID_NOT

    @property
    def is_well(self) -> bool:
        return self.introduction.state in WELL


def _whole(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    return rows.select_related("area", "connector").prefetch_related(
        Prefetch("people", AskedPerson.objects.select_related("identity__login"))
    )


def running_in(areas: Collection[int], viewer: Actor, *, now: datetime, names_only: bool = False) -> list[Running]:
    """What runs in these areas, the oldest first, with what the viewer may see of it.

    `names_only`: things are looked up for those alone who have no other name than on them.
    """
    return _as_seen(_running(frozenset(areas), viewer)(), viewer, now, names_only=names_only)


def _running_question(areas: frozenset[int], viewer: Actor) -> QuerySet[Introduction]:
    rows = Introduction.objects.visible_to(viewer).filter(area__in=list(areas), state__in=GOING)
    return _whole(rows).order_by("proposed_at", "pk")[:MOST]


_running = prepared_for(_running_question)


def ended_in(areas: Collection[int], viewer: Actor, *, now: datetime) -> list[Running]:
    """How it went lately, the newest first: only what came about. Of the rest nobody is told who said what."""
    rows = Introduction.objects.visible_to(viewer).filter(area__in=list(areas), state__in=WELL)
    return _as_seen(_whole(rows).order_by("-ended_at", "-pk")[:MOST_ENDED], viewer, now)


def introduction_by_id(pk: int, site: Site, viewer: Actor) -> Introduction | None:
    """One of the viewer's villages here."""
    areas = areas_to_introduce_in(site, viewer)
    return _whole(Introduction.objects.visible_to(viewer).filter(area__in=list(areas), pk=pk)).first()


def _as_seen(rows: Iterable[Introduction], viewer: Actor, now: datetime, *, names_only: bool = False) -> list[Running]:
    found = list(rows)
    people = [person for row in found for person in row.people.all() if not (names_only and person.identity_id)]
    things = things_again([person.thing for person in people], viewer, now=now)
    return [Running(row, [Party(one, things.get(one.thing)) for one in row.people.all()], now) for row in found]


def own_questions(viewer: Actor, *, now: datetime) -> list[Question]:
    """What the viewer is asked, and what came of it, the newest first. What did not work out is not listed."""
    mine = AskedPerson.objects.visible_to(viewer).exclude(introduction__state=State.DID_NOT)
    rows = list(
        mine.select_related("introduction__area", "introduction__connector", "identity")
        .prefetch_related("introduction__people__identity")
        .order_by("-introduction__proposed_at", "-pk")[:MOST_ENDED]
    )
    keys = [one.thing for row in rows for one in row.introduction.people.all()]
    things = things_again(keys, viewer, now=now)
    return [_question(row, things, viewer) for row in rows]


def _question(person: AskedPerson, things: Mapping[str, Thing], viewer: Actor) -> Question:
    introduction = person.introduction
    other = next((one for one in introduction.people.all() if one.pk != person.pk), None)
    own = things.get(person.thing)
    if other is None or introduction.state in OPEN:
        return Question(person, own, None, "", None, False)
    thing = things.get(other.thing)
    name = other.identity.name if other.identity else ""
    may_write = other.identity is not None and bool(can_begin_with(viewer, other.identity))
    return Question(person, own, other.identity, name, thing, may_write)


def question_by_id(pk: int, viewer: Actor) -> AskedPerson | None:
    """One the viewer herself is asked."""
    mine = AskedPerson.objects.visible_to(viewer).filter(pk=pk)
    return mine.select_related("introduction__area", "introduction__connector", "identity__login").first()


def question_of_link(pk: int, introduction_id: int, identity_id: int) -> AskedPerson | None:
    """What a mailed link asks, as long as it is open. The link is the permission."""
    asked = AskedPerson.objects.filter(pk=pk, introduction=introduction_id, identity=identity_id)
    going = asked.filter(introduction__state__in=OPEN)
    return going.select_related("introduction__area", "introduction__connector", "identity__login").first()


def is_hindered(people: Collection[AskedPerson], *, now: datetime) -> bool:
    """Whether the two may not be brought together (any more): a block, somebody shut out, what is over."""
    there = list(Identity.objects.filter(pk__in=[person.identity_id for person in people]).select_related("joining"))
    ids = [person.pk for person in there]
    if len(people) != TWO or Block.objects.filter(who__in=ids, whom__in=ids).exists():
        return True
    if any(person.is_blocked or _is_minor(person) for person in there) or unreached(there, now=now):
        return True
    viewer = Actor(system="matching")
    return len(things_again([person.thing for person in people], viewer, now=now)) < len(people)


def _is_minor(person: Identity) -> bool:
    joining = getattr(person, "joining", None)
    return joining is not None and bool(joining.is_minor)


def waiting_too_long(*, now: datetime) -> QuerySet[Introduction]:
    """What nobody answered for a fortnight."""
    return Introduction.objects.filter(state__in=OPEN, proposed_at__lte=now - WAITS_FOR).order_by("pk")


def without_a_word(*, now: datetime) -> QuerySet[Introduction]:
    """Whoever was introduced two months ago, and nobody has said how it went."""
    return Introduction.objects.filter(state=State.INTRODUCED, introduced_at__lte=now - STALE_AFTER).order_by("pk")


def going() -> QuerySet[Introduction]:
    return Introduction.objects.filter(state__in=OPEN).prefetch_related("people").order_by("pk")


def long_over(*, now: datetime) -> QuerySet[Introduction]:
    """What ended a quarter of a year ago; and what one of the two has left."""
    ended = Q(ended_at__lte=now - KEPT_AFTER)
    counted = Introduction.objects.annotate(two=Count("people"))
    return counted.filter(ended | Q(two__lt=2))


def passed_long_ago(*, now: datetime) -> QuerySet[Passed]:
    return Passed.objects.filter(at__lte=now - PASSED_FOR)


def counts_in(areas: Collection[int], *, since: date) -> Mapping[str, int]:
    """How many introductions began, came about and worked out there since that month. About nobody."""
    rows = MonthCount.objects.filter(area__in=list(areas), month__gte=since)
    sums = rows.aggregate(proposed=Sum("proposed"), introduced=Sum("introduced"), worked=Sum("worked"))
    return {name: value or 0 for name, value in sums.items()}
