"""Reads of comments. Whoever asks has got the entry for its viewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Count, FilteredRelation, Q

from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment, Discussion
from dorfplatz.comments.sockets import talks
from dorfplatz.entries.enums import SEE_HIDDEN
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.queries import WITH_PORTRAIT, people_on


@dataclass
class Thread:
    """One comment and what was answered to it."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)


def takes_comments(entry: Entry) -> bool:
    """Whether one may comment on it at all: its kind does, and nobody has switched it off. One query."""
    talk = talks.get(entry.kind)
    if talk is None:
        return False
    said = Discussion.objects.filter(entry=entry).values_list("is_open", flat=True).first()
    return talk.open_at_first if said is None else said


def threads_of(entry: Entry, viewer: Actor, language: str = "") -> list[Thread]:
    """The comments this viewer sees, oldest first; with what people say for them in a language, for `put_by_person`.

    One query for any number.
    """
    put = FilteredRelation("texts", condition=Q(texts__language=language))
    people = (*(f"author__{name}" for name in WITH_PORTRAIT), "put__written_by__joining")
    rows: Iterable[Comment] = entry.comments.annotate(put=put).select_related(*people).order_by("written_at", "pk")
    is_in_charge = any(viewer.holds(SEE_HIDDEN, str(p.area.path)) for p in entry.placements.all())
    found: dict[int, Thread] = {}
    answers: list[Comment] = []
    for row in rows:
        if not _is_seen(row, viewer, is_in_charge=is_in_charge):
            continue
        if row.parent_id is None:
            found[row.pk] = Thread(row)
        else:
            answers.append(row)
    for row in answers:
        if row.parent_id in found:
            found[row.parent_id].answers.append(row)
    return list(found.values())


def people_below(entry: Entry) -> frozenset[int]:
    """Who has said something there, whether it still shows or not. One query."""
    people = entry.comments.values_list("author_id", flat=True).distinct().order_by()
    return frozenset(pk for pk in people if pk is not None)


def _is_seen(row: Comment, viewer: Actor, *, is_in_charge: bool) -> bool:
    if is_in_charge or viewer.is_system:
        return True
    if row.author_id is not None and row.author_id in viewer.apart_from:
        return False
    is_own = viewer.is_member and row.author_id == viewer.identity_id
    return is_own or row.state != CommentState.HIDDEN


def comment_counts(ids: Collection[int], viewer: Actor) -> dict[int, int]:
    """How many comments this viewer finds below each entry. One query."""
    there = Comment.objects.filter(entry_id__in=list(ids), state=CommentState.THERE)
    if viewer.apart_from:
        there = there.exclude(author_id__in=viewer.apart_from)
    return dict(there.values_list("entry_id").annotate(Count("pk")).order_by())


def comment_on(entry: Entry, comment_id: int, viewer: Actor, language: str = "") -> Comment | None:
    """One comment below this entry, if the viewer sees it, with what a person says for it in a language."""
    for thread in threads_of(entry, viewer, language):
        for row in (thread.comment, *thread.answers):
            if row.pk == comment_id:
                return row
    return None


def areas_of_comments(ids: Collection[int]) -> set[int]:
    """In which areas these comments show, whoever may see them."""
    placed = Comment.objects.filter(pk__in=list(ids)).order_by().values_list("entry__placements__area_id", flat=True)
    return set(placed.distinct()) - {None}


def areas_of_commenters(identity_ids: Collection[int]) -> set[int]:
    """The areas in which comments of these people, or put by them into another language, show with their names."""
    them = list(identity_ids)
    # Apart: with “or” between them, a database looks through every comment there is.
    said = Comment.objects.filter(author_id__in=them).order_by()
    put = Comment.objects.filter(texts__written_by_id__in=them).order_by()
    placed = (found.values_list("entry__placements__area_id", flat=True).distinct() for found in (said, put))
    return set(chain(*placed)) - {None}


def areas_of_portraits_beside_comments(picture_ids: Collection[int]) -> set[int]:
    """The areas in which these pictures of people stand beside their comments."""
    return areas_of_commenters(people_on(picture_ids))
