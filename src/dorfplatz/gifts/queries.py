"""Reads of gifts and conversations: each knows who looks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from dorfplatz.gifts.enums import GiftPart
from dorfplatz.gifts.models import Conversation, Gift, days_in, record_paths
from dorfplatz.gifts.skills import find_skills
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

PAGE_OF_GIFTS = 60
LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Matchable:
    """A gift as whoever brings people together gets it: all that two can be matched by, and nothing else.

    One of the two ids is there. `weekdays` are numbers, 0 for Monday; none means any day. `area_id` is the village.
    """

    id: int
    identity_id: int | None
    conversation_id: int | None
    name: str
    part: str
    way: str
    skill: str
    words: str
    language: str
    often: str
    weekdays: tuple[int, ...]
    area_id: int


def matchable(viewer: Actor, areas: Collection[int], *, now: datetime) -> list[Matchable]:
    """For a connector: the gifts she may see in those of these areas that are hers, by id. One query.

    To others nothing. Gifts of a conversation are there under the name of the person it is with.
    """
    near = [Q(area__startswith=path) for path in record_paths(viewer)]
    if not near or not areas:
        return []
    seen = Gift.objects.all().visible_to(viewer, now=now)
    placed = seen.annotate(
        area=Coalesce("owner__home_area__path", "conversation__area__path"),
        area_pk=Coalesce("owner__home_area_id", "conversation__area_id"),
        name=Coalesce("owner__name", "conversation__identity__name", "conversation__name"),
        person=Coalesce("owner_id", "conversation__identity_id"),
    ).filter(reduce(or_, near), area_pk__in=areas)
    rows = placed.order_by("pk").values_list(*MATCHED)
    return [_matchable(row) for row in rows]


def _matchable(row: Sequence[Any]) -> Matchable:
    said = dict(zip(MATCHED, row, strict=True))
    return Matchable(
        id=said["pk"],
        identity_id=said["person"],
        weekdays=days_in(said["weekdays"]),
        area_id=said["area_pk"],
        **{name: said[name] for name in MATCHED[2:10]},
    )


MATCHED = (
    "pk", "person", "conversation_id", "name", "part", "way", "skill", "words", "language", "often", "weekdays",
    "area_pk",
)  # fmt: skip


def own_gifts(viewer: Actor) -> QuerySet[Gift]:
    """What the viewer has said herself, by part."""
    return _in_order(Gift.objects.filter(owner=viewer.identity_id or 0))


def _in_order(gifts: QuerySet[Gift]) -> QuerySet[Gift]:
    return gifts.order_by("part", "way", "pk")


def gift_by_id(pk: int, viewer: Actor, *, now: datetime) -> Gift | None:
    """One gift, if the viewer may see it."""
    seen = Gift.objects.all().visible_to(viewer, now=now)
    return seen.filter(pk=pk).select_related("owner__home_area", "conversation__area").first()


def gifts_of(person: Identity, viewer: Actor, *, now: datetime) -> QuerySet[Gift]:
    """What this person tells the viewer she can and would like."""
    return _in_order(Gift.objects.all().visible_to(viewer, now=now).filter(owner=person))


def gifts_nearby(
    areas: Collection[int], viewer: Actor, *, now: datetime, part: str = "", words: str = "", page: int = 1
) -> list[Gift]:
    """What neighbours in these villages can, as far as the viewer may know, by name; without her own.

    Only members' own gifts. One more than a page holds, so that one knows whether there is another. One query.
    """
    seen = Gift.objects.all().visible_to(viewer, now=now).filter(owner__isnull=False, owner__home_area__in=areas)
    found = seen.exclude(owner=viewer.identity_id or 0)
    if part in GiftPart.values:
        found = found.filter(part=part)
    if words.strip():
        found = found.filter(_said(words))
    start = (page - 1) * PAGE_OF_GIFTS
    ordered = found.select_related("owner__home_area", "owner__joining").order_by("owner__name", "owner_id", "pk")
    return list(ordered[start : start + PAGE_OF_GIFTS + 1])


def _said(words: str) -> Q:
    """A gift of the list whatever language it is looked for in, or one in somebody's own words."""
    asked = words.strip()[:LONGEST_SEARCH]
    return Q(skill__in=[skill.code for skill in find_skills(asked)]) | Q(words__icontains=asked)


def villages_to_record(site: Site, viewer: Actor) -> list[Area]:
    """The villages of which the viewer is the Buurtverbinder."""
    paths = record_paths(viewer)
    return [area for area in site.villages if any(str(area.path).startswith(path) for path in paths)]


def conversations_of(areas: Sequence[Area], viewer: Actor, *, now: datetime) -> QuerySet[Conversation]:
    """Conversations in these villages and those the viewer has recorded, the latest first; without any about her."""
    seen = Conversation.objects.all().visible_to(viewer, now=now)
    near = Q(area__in=[area.pk for area in areas]) | Q(recorded_by=viewer.identity_id or 0)
    mine = seen.filter(near).exclude(identity=viewer.identity_id or 0)
    return mine.select_related("area", "identity", "recorded_by").order_by("-recorded_at", "-pk")


def conversation_by_id(pk: int, viewer: Actor, *, now: datetime) -> Conversation | None:
    """One conversation, if the viewer may read it."""
    seen = Conversation.objects.all().visible_to(viewer, now=now)
    return seen.filter(pk=pk).select_related("area", "identity", "recorded_by").first()


def conversations_about(viewer: Actor, *, now: datetime) -> QuerySet[Conversation]:
    """What was written down of conversations with the viewer."""
    seen = Conversation.objects.all().visible_to(viewer, now=now).filter(identity=viewer.identity_id or 0)
    return seen.select_related("area", "recorded_by").prefetch_related("gifts").order_by("-recorded_at", "-pk")


def conversations_ended(*, now: datetime) -> QuerySet[Conversation]:
    """Whose day has come, the longest over first."""
    return Conversation.objects.filter(until__lte=now).order_by("until", "pk")
