"""Comments in the reader's language: by people, or made with the entry they stand below, gone with their own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment, CommentText
from dorfplatz.entries.models import Entry
from dorfplatz.entries.originals import hash_of_original
from dorfplatz.entries.wishing import engine_for, wishes_for
from dorfplatz.kernel.actor import Actor
from dorfplatz.members.models import Identity
from dorfplatz.members.queries import is_minor
from dorfplatz.translation.actions import let_go, make_text, use_texts
from dorfplatz.translation.engines.protocol import PairUnknown
from dorfplatz.translation.enums import TextState
from dorfplatz.translation.queries import texts_used_by

OWNER = "comments"


def translate_comments(entry: Entry, language: str, now: datetime) -> bool:
    """For `entries.sockets.companions`: those that say nothing in the language yet, or by another model than now.

    What cannot be, stays as it is.
    """
    there = Comment.objects.filter(entry=entry, state=CommentState.THERE).exclude(language=language).exclude(body="")
    found, engine = {str(comment.pk): comment for comment in there}, engine_for(entry)
    used = texts_used_by(OWNER, list(found), language)

    def is_lacking(key: str) -> bool:
        route = engine.route(found[key].language, language) if engine else None
        return key not in used or (route is not None and used[key].model != route.model[:60])

    done = [_translated(found[key], entry, language, now) for key in found if is_lacking(key)]
    return any(done)


def _translated(comment: Comment, entry: Entry, language: str, now: datetime) -> bool:
    key = str(comment.pk)
    try:
        text = make_text(wishes_for(entry, {key: comment.body}, comment.language, language)[key], now=now)
    except PairUnknown:
        return False
    with transaction.atomic():
        there = Comment.objects.select_for_update().filter(pk=comment.pk, body=comment.body, state=CommentState.THERE)
        if not there.exists():  # taken back or said otherwise meanwhile: what was made is swept away
            return False
        use_texts(OWNER, texts={key: text})
    return True


def put_by_person(comment: Comment) -> CommentText | None:
    """What a person says for a comment of `threads_of` in the language that was asked for; it may be out of date."""
    return getattr(comment, "put", None)


def hash_of_comment(comment: Comment) -> str:
    """The fingerprint of what it says now."""
    return hash_of_original("", comment.body)


def translators_outrun_below(comment: Comment) -> set[int]:
    """People whose version in another language is of other words than the comment's present ones."""
    others = comment.texts.exclude(source_hash=hash_of_comment(comment)).filter(written_by__isnull=False)
    return {pk for pk in others.values_list("written_by_id", flat=True) if pk}


@dataclass(frozen=True)
class InWords:
    """What a comment says in another language: by machine, or by a person, as long as she is here."""

    text: str
    by_person: bool = False
    person: Identity | None = None


def comments_in(language: str, comments: Iterable[Comment]) -> dict[int, InWords]:
    """What comments of `threads_of` say in a language, of those in another: by a person, else by machine.

    What a person said of other words than the present ones is not shown. At most one query.
    """
    others = [comment for comment in comments if comment.language != language and comment.body]
    found = {comment.pk: words for comment in others if (words := _by_person(comment))}
    lacking = [str(comment.pk) for comment in others if comment.pk not in found]
    made = texts_used_by(OWNER, lacking, language) if lacking else {}
    return found | {int(key): InWords(text.words) for key, text in made.items() if text.state != TextState.KEPT}


def _by_person(comment: Comment) -> InWords | None:
    put = put_by_person(comment)
    if put is None or put.source_hash != hash_of_comment(comment):
        return None
    return InWords(put.body, by_person=True, person=put.written_by)


def translator_for(words: InWords, viewer: Actor) -> str:
    """The name of who has put a comment into another language, for members; "" for others, and for children."""
    who = words.person
    if who is None or not viewer.is_member or who.pk in viewer.apart_from or is_minor(who):
        return ""
    return who.name


def let_comments_go(ids: Collection[int]) -> None:
    """These comments are gone, or say something else: no word of them stays in another language."""
    let_go(OWNER, things=[str(pk) for pk in ids])


def let_comments_of_entries_go(entry_ids: Collection[int]) -> None:
    let_comments_go(Comment.objects.filter(entry_id__in=list(entry_ids)).values_list("pk", flat=True))
