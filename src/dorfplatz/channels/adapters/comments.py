"""Comments: for whoever wrote what is commented on, who is answered, and who put one into another language."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dorfplatz.channels.actions import Telling, tell_people
from dorfplatz.channels.actions.notes import OUTRUN
from dorfplatz.channels.enums import Way
from dorfplatz.channels.models import Note
from dorfplatz.channels.queries import has_unread
from dorfplatz.channels.sockets import Sort, sorts
from dorfplatz.comments.facts import CommentChanged, CommentWritten
from dorfplatz.comments.models import Comment
from dorfplatz.comments.translating import translators_outrun_below
from dorfplatz.kernel.actor import system
from dorfplatz.kernel.facts import subscribe

CHANNELS = system("channels")
# So long, one note that was not read stands for all comments on the same entry.
STANDS_FOR_MORE = timedelta(days=1)


def hear_of_comment(fact: CommentWritten) -> None:
    """The author of the entry; of an answer, also who is answered. Nobody else: comments are there to be read there."""
    now = timezone.now()
    comment = Comment.objects.select_related("entry", "parent").get(pk=fact.comment_id)
    about = {"comment": comment.pk}
    people = {"comment": comment.entry.author_id, "reply": comment.parent.author_id if comment.parent else None}
    if people["reply"] == people["comment"]:
        people["comment"] = None
    for sort, person in people.items():
        if person is None or has_unread(person, sort=sort, entry_id=fact.entry_id, since=now - STANDS_FOR_MORE):
            continue
        telling = Telling(sort, f"{sort}:{comment.pk}", fact.entry_id, comment.author_id, about)
        tell_people([person], telling=telling, by=CHANNELS, now=now)


def hear_of_change(fact: CommentChanged) -> None:
    """What somebody has put into another language may not fit any more: she is offered to look at it."""
    comment = Comment.objects.get(pk=fact.comment_id)
    people = translators_outrun_below(comment)
    if people:
        key, about = f"{OUTRUN}:comment:{comment.pk}:{comment.changed_at:%Y%m%d%H%M%S}", {"comment": comment.pk}
        telling = Telling(OUTRUN, key, fact.entry_id, comment.author_id, about)
        tell_people(people, telling=telling, by=CHANNELS, now=timezone.now())


def to_comment(note: Note) -> str:
    if note.entry is None:
        return reverse("channels:notes")
    page = reverse("entries:entry", kwargs={"code": note.entry.code, "words": note.entry.title_words})
    below = note.about.get("comment")
    return f"{page}#comment-{below}" if below else page


def plug_comments() -> None:
    on_mine = Sort(
        _("Comments on what I set out"), _("%(name)s says something about this:"), "message-square", Way.AT_ONCE,
        url=to_comment,
    )  # fmt: skip
    reply = Sort(
        _("Answers to my comments"), _("%(name)s answers your comment on this:"), "reply", Way.AT_ONCE, url=to_comment
    )
    sorts.plug("comment", on_mine, rank=30)
    sorts.plug("reply", reply, rank=31)
    subscribe(CommentWritten, hear_of_comment)
    subscribe(CommentChanged, hear_of_change)
