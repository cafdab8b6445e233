"""What a village would like, as long as it goes on; what works well, and could help."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryQuerySet
from dorfplatz.entries.queries import with_words
from dorfplatz.kernel.actor import Actor
from dorfplatz.matching.sides import Side
from dorfplatz.matching.sources import Around, Source, Thing, sources
from dorfplatz.wishes.enums import KIND, STILL_GOING, Mood
from dorfplatz.wishes.queries import open_wishes
from dorfplatz.wishes.room import ROOM

# What works well is not wished for.
WISHED = (Mood.WISH, Mood.BOTHERS, Mood.JOIN)


def _going(viewer: Actor, now: datetime) -> EntryQuerySet:
    rows = Entry.objects.filter(kind=KIND, state=State.PUBLISHED, wish__status__in=STILL_GOING, wish__mood__in=WISHED)
    current = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    return rows.filter(current, author__isnull=False).visible_to(viewer, now=now)


def _thing(entry: Entry) -> Thing:
    also = tuple(f"{text.title} . {text.body}" for text in entry.texts.all())
    # Whoever typed off a flip chart is the author and not the one who wishes.
    person = entry.author if entry.wish.chart_id is None else None
    side = Side(
        f"wish:{entry.pk}", entry.title, entry.body, entry.language, also,
        villages=frozenset(placement.area_id for placement in entry.placements.all()),
        people=frozenset({entry.author_id or 0}),
    )  # fmt: skip
    url = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    is_public = entry.audience == Audience.PUBLIC
    return Thing(side, entry.title, url, person, person.name if person else "", is_public, entry.pk)


def _again(ids: Collection[int], viewer: Actor, now: datetime) -> Sequence[Thing]:
    whole = with_words(_going(viewer, now).filter(pk__in=list(ids)))
    return [_thing(entry) for entry in whole.select_related("wish", "author__login", "author__joining").order_by("-pk")]


def _find(around: Around, most: int) -> Sequence[Thing]:
    if ROOM in around.closed_rooms:
        return []
    seen = open_wishes(around.near, viewer=around.viewer, now=around.now)
    return _again([wish.entry_id for wish in seen if wish.mood in WISHED][:most], around.viewer, around.now)


def plug_wishes() -> None:
    sources.plug("wish", Source(pgettext_lazy("kind", "Wish"), "sparkles", _find, _again, _going, ROOM), rank=15)
