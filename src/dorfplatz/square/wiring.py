"""What posts plug into lower floors."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dorfplatz.comments.sockets import Talk, talks
from dorfplatz.entries.models import Entry
from dorfplatz.entries.sockets import Kind, kinds
from dorfplatz.kernel.actor import Actor
from dorfplatz.search.sockets import Said, Source, as_passing, sources
from dorfplatz.square.enums import KIND, Sort
from dorfplatz.square.models import Post
from dorfplatz.square.own_posts import plug_own_posts
from dorfplatz.square.queries import PostCard, posts_by_entry
from dorfplatz.square.room import ROOM
from dorfplatz.square.sorts import rules_of
from dorfplatz.square.views.post import post_page
from dorfplatz.ui.sockets import Door, menu
from dorfplatz.villages.sockets import Room, rooms


def _cards(ids: Collection[int], viewer: Actor) -> Mapping[int, PostCard]:
    return posts_by_entry(ids, viewer, language=get_language() or "de")


def _words(ids: Collection[int]) -> Mapping[int, Said]:
    """What helps now, and the sort by its names. One query."""
    rows = Post.objects.filter(pk__in=list(ids)).values_list("pk", "sort", "tips")
    return {pk: Said([tips, str(Sort(sort).label)]) for pk, sort, tips in rows}


def _heading(entry: Entry) -> str:
    return str(rules_of(entry.post.sort).comments_called)


def _feed(_request: HttpRequest) -> str:
    return reverse("square:feed")


def _choose(_request: HttpRequest) -> str:
    return reverse("square:choose")


def _is_member(request: HttpRequest) -> bool:
    viewer = getattr(request, "viewer", None)
    return bool(viewer and viewer.is_member)


kinds.plug(KIND, Kind(KIND, _("Post"), "newspaper", ROOM, "square/parts/card.html", load_many=_cards, page=post_page))
talks.plug(KIND, Talk(_heading))
sources.plug(KIND, Source(_words, nudges=as_passing))
rooms.plug(ROOM, Room(_("Posts"), _("News, notices, stories and thanks from the villages."), "newspaper"), rank=10)
menu.plug("posts", Door("posts", pgettext_lazy("navigation", "Posts"), "newspaper", _feed, ROOM), rank=20)
menu.plug(
    "write", Door("write", pgettext_lazy("navigation", "Write something"), "pencil", _choose, ROOM, _is_member), rank=21
)
plug_own_posts()
