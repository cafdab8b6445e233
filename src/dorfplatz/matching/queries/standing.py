"""Suggestions as they were counted last, for a connector's desk: of those, what may be shown at this moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.enums import GOING
from dorfplatz.matching.models import Introduction, Passed, Standing, StandingQuerySet
from dorfplatz.matching.queries.suggestions import Proposal, may_be_asked, unreached
from dorfplatz.matching.sides import Reason, Sense
from dorfplatz.matching.sources import ANSWERED_BY, sources
from dorfplatz.members.enums import Role
from dorfplatz.members.models import Block, Identity, RoleGrant
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.prepared import prepared_for
from dorfplatz.villages.queries import municipality_of

MOST_LOOKED_AT = 20  # as many as are counted
WITH = (
    "area", "needs__author__login", "needs__author__joining", "has__author__login", "has__author__joining",
    "gift__owner__login", "gift__owner__joining", "gift__conversation__identity__login",
    "gift__conversation__identity__joining",
)  # fmt: skip


@dataclass(frozen=True)
class Stood:
    """A pair as it may be shown now: whose the two things are, and why they might fit."""

    standing: Standing
    names: tuple[str, str]
    people: tuple[Identity | None, Identity | None]
    reasons: Sequence[Reason]


def standing_for(
    areas: Collection[int], viewer: Actor, *, closed_rooms: Collection[str], now: datetime, most: int
) -> list[Stood]:
    """The best of what stands for the viewer in these areas of hers, as far as all that a live suggestion must obey

    holds at this moment. Two queries.
    """
    stood = [_stood(row) for row in _standing(frozenset(areas), viewer, frozenset(closed_rooms))(now)]
    people = {person for one in stood for person in one.people if person is not None}
    gone = unreached(people, now=now)
    kept = [one for one in stood if all(_may_be(person, gone, viewer, now) for person in one.people)]
    return kept[:most]


def _may_be(person: Identity | None, gone: frozenset[int], viewer: Actor, now: datetime) -> bool:
    return person is None or (person.pk not in gone and may_be_asked(person, viewer, now))


def _standing_question(
    areas: frozenset[int], viewer: Actor, closed_rooms: frozenset[str], now: datetime
) -> QuerySet[Standing]:
    mine = Standing.objects.visible_to(viewer).filter(area__in=list(areas))
    rows = _free(_there(mine, viewer, now, closed_rooms), areas)
    return rows.select_related(*WITH).order_by("-score", "pk")[:MOST_LOOKED_AT]


_standing = prepared_for(_standing_question, datetime)


def _there(rows: StandingQuerySet, viewer: Actor, now: datetime, closed: Collection[str]) -> QuerySet[Standing]:
    """Both things are still there, and for the viewer to see."""

    def stands(sort: str, side: str) -> Exists:
        # Of each row, not whether it is among all there are: those of the whole installation are many.
        return Exists(sources[sort].there(viewer, now).filter(pk=OuterRef(f"{side}_id")))

    needs, has = Q(pk__in=[]), Q(pk__in=[])
    for sort, answers in ANSWERED_BY.items():
        if sources[sort].room in closed:
            continue
        needs |= Q(stands(sort, "needs"), needs__kind=sort)
        for answer in {*answers} - {"place", "gift"}:
            if sources[answer].room not in closed:
                has |= Q(stands(answer, "has"), has__kind=answer)
    if sources["gift"].room not in closed:
        has |= Q(stands("gift", "gift"), gift__isnull=False)
    return rows.filter(needs).filter(has)


def _free(rows: QuerySet[Standing], areas: Collection[int]) -> QuerySet[Standing]:
    """Nobody has seen to it, nobody is being asked about either thing, no block stands between the two."""
    here = {"area__in": list(areas), "pair": OuterRef("pair")}
    one, other, gift = OuterRef("needs"), OuterRef("has"), OuterRef("gift")
    busy = Q(needs=one) | Q(has=one) | Q(needs=other) | Q(has=other) | Q(gift=gift)
    asked, asking = OuterRef("other"), OuterRef("needs__author")
    apart = Q(who=asked, whom=asking) | Q(who=asking, whom=asked)
    whose = Coalesce("has__author_id", "gift__owner_id", "gift__conversation__identity_id")
    named: QuerySet[Standing] = rows.annotate(other=whose)
    free = named.exclude(needs__author=None).exclude(Exists(Block.objects.filter(apart)))
    free = free.exclude(Exists(Introduction.objects.filter(**here))).exclude(Exists(Passed.objects.filter(**here)))
    return free.exclude(Exists(Introduction.objects.filter(busy, state__in=GOING)))


def _stood(row: Standing) -> Stood:
    asks = row.needs.author
    if row.gift is None:
        has = row.has.author if row.has else None
        told = ""
    else:
        talk = row.gift.conversation
        has, told = row.gift.owner or (talk.identity if talk else None), talk.name if talk else ""
    names = (asks.name if asks else "", has.name if has else told)
    return Stood(row, names, (asks, has), [_reason(*one) for one in row.reasons])


def _reason(sense: str, value: object) -> Reason:
    return Reason(Sense(sense), tuple(value) if isinstance(value, list) else value)


def standing_reasons(found: Proposal) -> list[list[object]]:
    """As codes: what somebody wrote herself is left out."""
    return [
        [reason.sense, list(reason.value) if isinstance(reason.value, tuple) else reason.value]
        for reason in found.suggestion.reasons
        if reason.sense != Sense.WORD
    ]


def standing_by_id(pk: int, viewer: Actor) -> Standing | None:
    return Standing.objects.visible_to(viewer).filter(pk=pk).first()


def standing_about(identity_ids: Collection[int]) -> QuerySet[Standing]:
    """All that rests on what these people have said."""
    ids = list(identity_ids)
    entries = Q(needs__author__in=ids) | Q(has__author__in=ids)
    return Standing.objects.filter(
        entries | Q(gift__owner__in=ids) | Q(gift__conversation__identity__in=ids) | Q(connector__in=ids)
    )


def connectors_to_suggest_to() -> QuerySet[Identity]:
    """Everybody who is a connector somewhere and may work."""
    held = RoleGrant.objects.filter(role=Role.CONNECTOR, ended_at=None).values("identity_id")
    return Identity.objects.filter(pk__in=held, is_blocked=False, login__is_active=True).order_by("pk")


def squares_of(identity: Identity) -> list[Municipality]:
    """Where this person is a connector; in each of them once."""
    held = RoleGrant.objects.filter(identity=identity, role=Role.CONNECTOR, ended_at=None)
    areas: Mapping[int, Area] = {grant.area_id: grant.area for grant in held.select_related("area")}
    found = (municipality_of(area) for area in areas.values())
    return list({one.pk: one for one in found if one is not None}.values())
