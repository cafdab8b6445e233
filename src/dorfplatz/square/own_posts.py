"""What the posts of a person say besides the spine, as she gets it, and what happens to it when she goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.actions import erase_entries
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.data_map import Basis, Kept, tables
from dorfplatz.members.naming import naming
from dorfplatz.members.sockets import Part, Row, personal_data
from dorfplatz.square.enums import Sort
from dorfplatz.square.models import Post


def _rows(identity_id: int) -> Iterable[Row]:
    for post in Post.objects.filter(entry__author=identity_id).select_related("entry").order_by("pk"):
        yield {"entry": post.entry.title, "sort": post.sort, "tips": post.tips, "settled_at": post.settled_at}


def _let_go(identity_id: int, by: Actor, now: datetime) -> None:
    """The text itself is the spine's to let go; here, lists that name the person."""
    is_named = naming(identity_id)
    mine = Post.objects.filter(entry__author=identity_id).exclude(tips="")
    erase_entries([post.pk for post in mine if is_named(post.tips)], by=by, now=now)


def plug_own_posts() -> None:
    personal_data.plug("posts", Part(
        _("What sort your posts are"),
        {"entry": _("Title"), "sort": _("Sort"), "tips": _("What helps now"), "settled_at": _("Settled")}, _rows,
        _let_go, words={"sort": dict(Sort.choices)},
    ), rank=69)  # fmt: skip
    tables.plug("square.Post", Kept(
        _("What your posts say besides their text"), _("So that a warning is of use."),
        _("As long as the post stands."), Basis.MEMBERSHIP, ("tips", "settled_at"), subject="entry__author_id",
        part="posts",
    ), rank=44)  # fmt: skip
