"""The row of one wish, what was said to it, and who joins in."""

from __future__ import annotations

from django.db.models import Q

from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import area_paths, holds_in_one
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import WITH_PORTRAIT
from dorfplatz.wishes.enums import ANSWER, KIND
from dorfplatz.wishes.models import FlipChart, MeToo, Reply, Wish

MOST = 200


def wish_of(entry: Entry) -> Wish:
    """The wish of an entry with all that policies ask for; words and areas are the given entry's."""
    by = (f"set_out_by__{name}" for name in WITH_PORTRAIT)
    wish = Wish.objects.select_related("theme", "chart__area", *by).get(pk=entry.pk)
    wish.entry = entry
    return wish


def replies_of(wish: Wish) -> list[Reply]:
    """What was said to it, oldest first; for whoever sees the wish."""
    return list(wish.replies.select_related("said_by"))


def has_said(wish: Wish, viewer: Actor) -> bool:
    """Whether the viewer has joined in herself."""
    return viewer.is_member and MeToo.objects.filter(wish=wish, identity_id=viewer.identity_id or 0).exists()


def those_who_joined(wish: Wish, viewer: Actor) -> list[Identity]:
    """Who joins in, by name, for those who answer there: they bring people together. Children are only counted."""
    if not holds_in_one(viewer, ANSWER, area_paths(wish.entry)):
        return []
    people = Identity.objects.filter(pk__in=MeToo.objects.filter(wish=wish).values("identity_id"))
    seen = people.exclude(pk__in=viewer.apart_from).exclude(joining__is_minor=True)
    return list(seen.select_related("home_area").order_by("name", "pk")[:MOST])


def followers_of(wish: Wish) -> set[int]:
    """Who hears what becomes of it: those who joined in, and its author or the connector who writes for her."""
    people = set(MeToo.objects.filter(wish=wish).values_list("identity_id", flat=True))
    author = wish.entry.author
    own = author.pk if author is not None and author.login_id is not None else wish.set_out_by_id
    return people | ({own} if own is not None and wish.chart_id is None else set())


def own_wishes(viewer: Actor) -> list[int]:
    """What the viewer has set out for herself or for others, and what she joined in, newest first: ids of entries."""
    me = viewer.identity_id or 0
    mine = Q(author_id=me, wish__chart__isnull=True) | Q(wish__set_out_by_id=me) | Q(wish__me_toos__identity_id=me)
    found = Entry.objects.filter(mine, kind=KIND).exclude(state=State.REMOVED).distinct()
    return list(found.order_by("-created_at", "-pk").values_list("pk", flat=True)[:MOST])


def charts_seen(viewer: Actor, area_ids: frozenset[int]) -> list[FlipChart]:
    """The flip charts of these areas that the viewer may see, newest first."""
    found = FlipChart.objects.filter(area__in=area_ids).select_related("area").prefetch_related("photos__picture")
    ordered = found.order_by("-held_on", "-pk")[:MOST]
    return [chart for chart in ordered if holds_in_one(viewer, ANSWER, [str(chart.area.path)])]
