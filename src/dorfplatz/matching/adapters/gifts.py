"""What neighbours can, as far as the viewer may know: it stays with her until its owner has said yes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from dorfplatz.gifts.enums import Often
from dorfplatz.gifts.models import Gift
from dorfplatz.gifts.queries import matchable
from dorfplatz.gifts.room import ROOM
from dorfplatz.gifts.skills import SKILLS
from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.sides import Rhythm, Side, Way
from dorfplatz.matching.sources import Around, Source, Thing, sources

WHOSE = ("owner__login", "owner__joining", "conversation__identity__login", "conversation__identity__joining")


def _thing(gift: Gift) -> Thing:
    person = gift.owner or (gift.conversation.identity if gift.conversation else None)
    name = person.name if person else gift.conversation.name if gift.conversation else ""
    area_id = gift.owner.home_area_id if gift.owner else gift.conversation.area_id if gift.conversation else None
    skill, language = SKILLS.get(gift.skill), gift.language or "de"
    own = gift.words
    if skill is not None:  # the list knows it in both languages
        title, also, language = skill.words["de"][0], ", ".join(skill.words["nl"]), "de"
        text, topics = ", ".join((*skill.words["de"][1:], own)), frozenset({f"skill-{skill.code}"})
    else:
        title, also, text, topics = own, "", "", frozenset()
    side = Side(
        f"gift:{gift.pk}", title, text, language, (also,) if also else (), topics,
        frozenset({area_id} if area_id else ()), days=frozenset(gift.days), way=Way(gift.way),
        rhythm=Rhythm.REGULARLY if gift.often == Often.WEEKLY else None,
        people=frozenset({person.pk} if person else ()),
    )  # fmt: skip
    return Thing(side, shown_name(gift), _url(gift), person, name, is_public=False)


def shown_name(gift: Gift) -> str:
    """Her own words, else the name on the list, in the active language."""
    skill = SKILLS.get(gift.skill)
    return gift.words if gift.words or skill is None else skill.name_in(get_language() or "de")


def _url(gift: Gift) -> str:
    """Where a connector reads more of it; "" for others, whose page does not show it."""
    return reverse("gifts:conversation", args=[gift.conversation_id]) if gift.conversation_id else ""


def _find(around: Around, most: int) -> Sequence[Thing]:
    if ROOM in around.closed_rooms:
        return []
    seen = [one.id for one in matchable(around.viewer, around.own | around.near, now=around.now)]
    return _of(Gift.objects.filter(pk__in=seen[-most:])) if seen else []


def _of(gifts: QuerySet[Gift]) -> Sequence[Thing]:
    return [_thing(gift) for gift in gifts.select_related(*WHOSE, "owner__home_area").order_by("pk")]


def _again(ids: Collection[int], viewer: Actor, now: datetime) -> Sequence[Thing]:
    if not ids:
        return []
    return _of(_seen(viewer, now).filter(pk__in=list(ids)))


def _seen(viewer: Actor, now: datetime) -> QuerySet[Gift]:
    return Gift.objects.all() if viewer.is_system else Gift.objects.all().visible_to(viewer, now=now)


def plug_gifts() -> None:
    label = pgettext_lazy("matching", "Can do")
    sources.plug("gift", Source(label, "sparkles", _find, _again, _seen, ROOM), rank=30)
