"""What might fit what: of what the viewer herself may see, and of nobody who must not be introduced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import chain

from django.db.models import Q

from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.concepts import vocabulary
from dorfplatz.matching.enums import GOING, INTRODUCE
from dorfplatz.matching.models import AskedPerson, Introduction, Passed
from dorfplatz.matching.ranking import GOOD, ranked, rarity_among, read, terms_of
from dorfplatz.matching.sides import Ground, Side, Suggestion
from dorfplatz.matching.sources import ANSWERED_BY, MOST_HAS, MOST_NEEDS, Around, Thing, sources
from dorfplatz.members.models import Block, Identity, Mandate
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

MOST, OF_ONE = 12, 2
PLACE = "place"
# By a hash of what was compared: keys, figures and reasons, not what people wrote.
_worked_out: EditionMemory[Sequence[Suggestion]] = EditionMemory(64)


@dataclass(frozen=True)
class Proposal:
    """Two things that might fit, why, and in which of the viewer's areas the one that is needed stands."""

    suggestion: Suggestion
    needs: Thing
    has: Thing
    area: Area

    @property
    def key(self) -> str:
        return self.suggestion.key

    @property
    def is_between_people(self) -> bool:
        """Whether there is somebody on each side to be introduced."""
        return bool(self.needs.name and self.has.name)


@dataclass(frozen=True)
class _Known:
    """What must not be suggested: pairs that were, things somebody is being asked about, people kept apart."""

    pairs: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()
    apart: frozenset[frozenset[int]] = field(default_factory=frozenset)
    unreached: frozenset[int] = frozenset()  # without internet, and without anybody who acts for them


def areas_to_introduce_in(site: Site, viewer: Actor) -> dict[int, Area]:
    """The areas in which the viewer brings people together; none for who acts by another's hand."""
    found = (area for area in (site.municipality.area, *site.villages) if viewer.holds(INTRODUCE, str(area.path)))
    return {area.pk: area for area in found} if viewer.is_member and viewer.hand_id is None else {}


def suggestions_for(site: Site, viewer: Actor, *, now: datetime, most: int = MOST) -> list[Proposal]:
    """What fits best, of each thing that is needed two at most. As many queries for many as for one."""
    areas = areas_to_introduce_in(site, viewer)
    if not areas:
        return []
    around = _around(site, areas, viewer, now)
    needed = _found(ANSWERED_BY, around, MOST_NEEDS)
    needs = [thing for thing in needed if thing.name and _may_be_asked(thing, viewer, now)]
    if not needs:
        return []
    wanted = dict.fromkeys(chain.from_iterable(ANSWERED_BY[thing.side.sort] for thing in needs))
    around = _with_topics(around, needs)
    has = [thing for thing in _found(wanted, around, MOST_HAS) if _may_be_asked(thing, viewer, now)]
    known = _known([*needs, *has], areas, now)
    things = {thing.key: thing for thing in (*needs, *has)}
    found = _fitting(needs, has, _ground(site))
    allowed = (one for one in found if _is_allowed(one, known, things))
    return [_proposal(one, things, areas) for one in _few_of_each(allowed)][:most]


def _around(site: Site, areas: Mapping[int, Area], viewer: Actor, now: datetime) -> Around:
    near = {neighbour.pk for area in areas.values() for neighbour in site.neighbours(area)}
    own = frozenset(areas)
    return Around(viewer, own, own | near, now, frozenset(site.municipality.rooms_off))


def _found(sorts: Iterable[str], around: Around, most: int) -> list[Thing]:
    return [thing for sort in sorts if sort in sources for thing in sources[sort].find(around, most)]


def _with_topics(around: Around, needs: Sequence[Thing]) -> Around:
    """With the categories that answer what is needed, where that may be a place."""
    keys = {key for thing in needs if _may_be_a_place(thing.side) for key in terms_of(thing.side)}
    concepts = (vocabulary().concepts[key] for key in keys if key in vocabulary().concepts)
    topics = frozenset(topic for concept in concepts for topic in concept.topics)
    return Around(around.viewer, around.own, around.near, around.now, around.closed_rooms, topics)


def _may_be_a_place(side: Side) -> bool:
    return side.sort == "wish" or "sort-room" in side.topics


def _may_be_asked(thing: Thing, viewer: Actor, now: datetime) -> bool:
    return thing.person is None or may_be_asked(thing.person, viewer, now)


def may_be_asked(person: Identity, viewer: Actor, now: datetime) -> bool:
    """Nobody under 16, nobody shut out or kept from letters, nobody a block keeps from the viewer."""
    joining = getattr(person, "joining", None)
    is_minor = joining is not None and joining.is_minor
    return not (is_minor or person.is_blocked or person.curbs_at(now) or person.pk in viewer.apart_from)


def _known(things: Sequence[Thing], areas: Mapping[int, Area], now: datetime) -> _Known:
    """Five queries."""
    people = {thing.person.pk: thing.person for thing in things if thing.person is not None}
    begun = Introduction.objects.filter(area__in=list(areas)).values_list("pair", flat=True)
    passed = Passed.objects.filter(area__in=list(areas)).values_list("pair", flat=True)
    busy = AskedPerson.objects.filter(thing__in=[t.key for t in things], introduction__state__in=GOING)
    between = Block.objects.filter(Q(who__in=people), whom__in=people).values_list("who_id", "whom_id")
    return _Known(
        frozenset(chain(begun, passed)), frozenset(busy.values_list("thing", flat=True)),
        frozenset(frozenset(pair) for pair in between),
        unreached(people.values(), now=now),
    )  # fmt: skip


def unreached(people: Iterable[Identity], *, now: datetime) -> frozenset[int]:
    """Those without internet for whom nobody acts by their consent at this moment: nobody may ask them for us."""
    offline = {person.pk for person in people if person.login_id is None}
    helped = Mandate.objects.filter(person__in=offline, helper__isnull=False, ended_at__isnull=True, until__gt=now)
    return frozenset(offline - set(helped.values_list("person_id", flat=True)))


def _is_allowed(one: Suggestion, known: _Known, things: Mapping[str, Thing]) -> bool:
    if one.key in known.pairs or one.needs in known.busy or one.has in known.busy:
        return False
    needs, has = things[one.needs].side, things[one.has].side
    if (needs.people | has.people) & known.unreached:
        return False
    return not any(frozenset({a, b}) in known.apart for a in needs.people for b in has.people)


def _fitting(needs: Sequence[Thing], has: Sequence[Thing], ground: Ground) -> Sequence[Suggestion]:
    """Everything worth a look, best first. Worked out once for the same sides: a desk is opened again and again."""
    sides = [thing.side for thing in needs], [thing.side for thing in has]
    key = sha256(repr((sides, ground)).encode()).digest()
    return _worked_out.get(key, 0, lambda: _work_out(*sides, ground))


def _work_out(needs: Sequence[Side], has: Sequence[Side], ground: Ground) -> Sequence[Suggestion]:
    read_needs, read_has = [read(side) for side in needs], [read(side) for side in has]
    rarity = rarity_among([*read_needs, *read_has])
    asked = {side.key for side in needs}
    found = [
        one
        for need in read_needs
        for one in ranked(need, [it for it in read_has if _can_answer(need.side, it.side, asked)], rarity, ground)
        if one.score >= GOOD
    ]
    return sorted(found, key=lambda one: (-one.score, one.key))


def _can_answer(need: Side, has: Side, asked: Collection[str]) -> bool:
    if has.sort not in ANSWERED_BY[need.sort] or (has.sort == PLACE and not _may_be_a_place(need)):
        return False
    return has.key not in asked or need.id < has.id  # two wishes of the same villages once


def _few_of_each(found: Iterable[Suggestion]) -> list[Suggestion]:
    """The best of each need first, then the second ones."""
    by_need: dict[str, list[Suggestion]] = {}
    for one in found:
        by_need.setdefault(one.needs, []).append(one)
    ranks = [[some[rank] for some in by_need.values() if len(some) > rank] for rank in range(OF_ONE)]
    return list(chain.from_iterable(ranks))


def _ground(site: Site) -> Ground:
    areas = (*site.villages, *site.outside)
    points = tuple((area.pk, area.point.lat, area.point.lon) for area in areas if area.point)
    return Ground(points, frozenset((one, other) for one, others in site.links.items() for other in others))


def _proposal(one: Suggestion, things: Mapping[str, Thing], areas: Mapping[int, Area]) -> Proposal:
    needs = things[one.needs]
    own = sorted(needs.side.villages & areas.keys(), key=lambda pk: areas[pk].path or "")
    return Proposal(one, needs, things[one.has], areas[own[0]])


def things_again(keys: Collection[str], viewer: Actor, *, now: datetime) -> dict[str, Thing]:
    """These things as the viewer sees them now; what is settled, over or hidden from her is left out."""
    by_sort: dict[str, set[int]] = {}
    for key in keys:
        sort, _colon, pk = key.partition(":")
        if sort in sources and pk.isdecimal():
            by_sort.setdefault(sort, set()).add(int(pk))
    return {thing.key: thing for sort, ids in by_sort.items() for thing in sources[sort].again(ids, viewer, now)}
