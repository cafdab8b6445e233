"""Wishes: who joins in hers, and what was said to those she made or joined in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.intake.lookback import LOOK_BACK, page_of
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import Call, Writing, calls, writings
from dorfplatz.wishes.enums import KIND
from dorfplatz.wishes.models import MeToo, Reply, Wish
from dorfplatz.wishes.room import ROOM

MOST = 200


def me_toos(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """How many join in; it is to be told again when there are more."""
    del viewer  # the wishes are theirs for whom the viewer acts; who joins in is not told
    hers = Wish.objects.filter(entry__author__in=people, entry__state=State.PUBLISHED, chart__isnull=True)
    counted = hers.annotate(joined=Count("me_toos"), last=Max("me_toos__said_at")).filter(last__gt=now - LOOK_BACK)
    for wish in counted.select_related("entry").order_by("last", "pk")[:MOST]:
        words = ngettext("%(n)d neighbour joins in “%(title)s”.", "%(n)d neighbours join in “%(title)s”.", wish.joined)
        text = words % {"n": wish.joined, "title": wish.entry.title}
        yield Call(f"metoo:{wish.pk}", wish.entry.author_id or 0, text, wish.last, url=page_of(wish.entry))


def replies(people: Collection[int], viewer: Actor, now: datetime) -> Iterable[Call]:
    """What a connector has said to a wish of hers, or to one she joined in. Two queries."""
    seen = Entry.objects.filter(kind=KIND).visible_to(viewer, now=now).values("pk")
    joined = MeToo.objects.filter(identity__in=people).values("wish")
    near = Q(wish__entry__author__in=people) | Q(wish__in=joined)
    recent = Reply.objects.filter(near, wish__entry__in=seen, said_at__gt=now - LOOK_BACK)
    rows = list(recent.select_related("wish__entry").order_by("said_at", "pk")[:MOST])
    pairs = MeToo.objects.filter(wish__in=[row.wish_id for row in rows], identity__in=people)
    joiners = list(pairs.values_list("wish_id", "identity_id"))
    for row in rows:
        entry = row.wish.entry
        told = {pk for wish, pk in joiners if wish == row.wish_id} | {entry.author_id or 0}
        for pk in sorted(told & set(people)):
            text = _("There is an answer to the wish “%(title)s”: %(status)s.")
            said = text % {"title": entry.title, "status": row.get_status_display()}
            yield Call(f"reply:{row.pk}", pk, said, row.said_at, words=row.words, url=page_of(entry))


def plug_wishes() -> None:
    calls.plug("wishes.joined", me_toos)
    calls.plug("wishes.replies", replies)
    writings.plug("wish", Writing(
        gettext_lazy("She wishes something for the village"), "sprout",
        gettext_lazy("a wish on the square in her name, and telling her what becomes of it"),
        lambda _slug: reverse("wishes:new"), ROOM,
    ), rank=50)  # fmt: skip
