"""Comments that somebody reports: found, shown to those who decide, hidden, put back and taken away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from dorfplatz.comments.actions import hide_comment, take_away_comment, unhide_comment
from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment
from dorfplatz.comments.queries import comment_on
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.sockets import Exhibit, Reportable, reportables


def _find(key: str, viewer: Actor) -> int | None:
    """A comment that the viewer finds below an entry she sees."""
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    found = Comment.objects.filter(pk=int(key)).exclude(state=CommentState.REMOVED)
    entry = Entry.objects.filter(pk__in=found.values("entry")).visible_to(viewer).prefetch_related("placements__area")
    below = entry.first()
    comment = comment_on(below, int(key), viewer) if below else None
    return comment.pk if comment else None


def _show(ids: Collection[int]) -> Mapping[int, Exhibit]:
    found = Comment.objects.filter(pk__in=list(ids)).select_related("entry").prefetch_related("entry__placements")
    return {comment.pk: _exhibit(comment) for comment in found}


def _exhibit(comment: Comment) -> Exhibit:
    entry = comment.entry
    page = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    return Exhibit(
        title=_("A comment on: %(title)s") % {"title": entry.title},
        text=comment.body,
        author_id=comment.author_id,
        area_ids=tuple(placement.area_id for placement in entry.placements.all()),
        state=CommentState(comment.state).label if comment.state != CommentState.THERE else "",
        url=f"{page}#comment-{comment.pk}",
    )


def _with(verb: Callable[..., None]) -> Callable[[int, Actor, datetime], None]:
    """The verb on one comment; nothing where it is gone."""

    def act(pk: int, by: Actor, now: datetime) -> None:
        for comment in Comment.objects.filter(pk=pk).select_related("entry"):
            verb(comment, by=by, now=now)

    return act


def plug_reported() -> None:
    label = pgettext_lazy("what is reported", "Comment")
    hide, restore, remove = _with(hide_comment), _with(unhide_comment), _with(take_away_comment)
    reportables.plug("comment", Reportable(label, _find, _show, hide, restore, remove))
