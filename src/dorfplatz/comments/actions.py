"""Writing comments, changing and taking away one's own, hiding others'."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.facts import CommentChanged, CommentWithheld, CommentWritten
from dorfplatz.comments.models import Comment, CommentText, Discussion
from dorfplatz.comments.policies import (
    can_change_comment,
    can_comment,
    can_hide_comment,
    can_improve_comment,
    can_remove_comment,
)
from dorfplatz.comments.queries import takes_comments
from dorfplatz.entries.form_keys import form_key_of
from dorfplatz.entries.models import Entry
from dorfplatz.journal.actions import record_act, touch_things
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem

LONGEST = 5_000
# Another language may need more room for the same.
LONGEST_TEXT = 7_500
# What one person may say in a quarter of an hour: enough for a talk, too little for a flood.
MOST, WITHIN = 20, timedelta(minutes=15)


@transaction.atomic
def open_comments(entry: Entry, *, is_open: bool, by: Actor, now: datetime) -> None:
    """Say whether an entry takes comments. Whether the actor may is the kind's question, asked before."""
    known = Discussion.objects.filter(entry=entry).first()
    if known is not None and known.is_open == is_open:
        return
    Discussion.objects.update_or_create(entry=entry, defaults={"is_open": is_open})
    if known is not None:
        record_act("comments.opened" if is_open else "comments.closed", by=by, now=now, thing=f"entry:{entry.pk}")


@transaction.atomic
def write_comment(
    entry: Entry,
    *,
    text: str,
    form_key: str,
    by: Actor,
    now: datetime,
    language: str = "",
    parent: Comment | None = None,
) -> Comment:
    """Comment on an entry, or answer a comment; an answer to an answer stands below the same comment.

    The same form sent twice says it once. Raises Problem for no words, and for more than anybody can read.
    """
    can_comment(by, entry, is_open=takes_comments(entry), now=now).require()
    key = form_key_of(form_key, by)
    known = Comment.objects.filter(form_key=key).first()
    if known is not None:
        return known
    above = _above(entry, parent)
    _require_measure(by, now)
    comment = Comment.objects.create(
        entry=entry,
        parent=above,
        author_id=by.identity_id,
        body=_words(text, LONGEST),
        language=language or by.language,
        written_at=now,
        form_key=key,
    )
    record_act("comment.written", by=by, now=now, thing=f"comment:{comment.pk}", details={"entry": entry.pk})
    announce(CommentWritten(comment.pk, entry.pk, parent.pk if parent else None))
    return comment


def _above(entry: Entry, parent: Comment | None) -> Comment | None:
    if parent is None:
        return None
    if parent.entry_id != entry.pk or parent.state != CommentState.THERE:
        raise Problem(_("What you want to answer is not there any more."))
    return parent.parent or parent


def _words(text: str, most: int) -> str:
    if not text.strip():
        raise Problem(_("Please write something."))
    if len(text) > most:
        raise Problem(_("Please say it in fewer words: a comment has room for %(most)d letters.") % {"most": most})
    return text


def _require_measure(by: Actor, now: datetime) -> None:
    if by.is_system:
        return
    recent = Comment.objects.filter(author_id=by.identity_id, written_at__gt=now - WITHIN)
    if recent.count() >= MOST:
        raise Problem(_("That is a lot in a short time. Please go on in a quarter of an hour."))


@transaction.atomic
def change_comment(comment: Comment, *, text: str, by: Actor, now: datetime, language: str = "") -> None:
    """Say it otherwise, within a quarter of an hour; in the language it had, when none is given."""
    can_change_comment(by, comment, now=now).require()
    words = _words(text, LONGEST)
    if words == comment.body:
        return
    comment.body, comment.changed_at, comment.language = words, now, language or comment.language
    comment.save(update_fields=["body", "changed_at", "language"])
    record_act("comment.changed", by=by, now=now, thing=f"comment:{comment.pk}")
    announce(CommentChanged(comment.pk, comment.entry_id))


@transaction.atomic
def improve_comment(comment: Comment, *, language: str, text: str, of: str, by: Actor, now: datetime) -> CommentText:
    """A person's version of a comment in another language; it wins over the machine's until the comment changes.

    `of` is the fingerprint of the words it was made for. The last version is kept, with who wrote it.
    """
    can_improve_comment(by, comment, now=now).require()
    if language == comment.language:
        raise Problem(_("This is the language in which it was written."))
    said = {"body": _words(text, LONGEST_TEXT), "source_hash": of, "written_by_id": by.identity_id, "written_at": now}
    put, _new = CommentText.objects.update_or_create(comment=comment, language=language, defaults=said)
    details = {"entry": comment.entry_id, "language": language}
    record_act("comment.improved", by=by, now=now, thing=f"comment:{comment.pk}", details=details)
    return put


@transaction.atomic
def remove_comment(comment: Comment, *, by: Actor, now: datetime) -> None:
    """Take one's own away: gone, or, where somebody has answered, without words and with a note in its place."""
    can_remove_comment(by, comment).require()
    _take_away(comment, by, now)


@transaction.atomic
def take_away_comment(comment: Comment, *, by: Actor, now: datetime) -> None:
    """Take somebody's comment away for good, after a report; as if its author had."""
    can_hide_comment(by, comment).require()
    if comment.state != CommentState.REMOVED:
        _take_away(comment, by, now)


def _take_away(comment: Comment, by: Actor, now: datetime) -> None:
    details = {"entry": comment.entry_id}
    pk = comment.pk
    announce(CommentWithheld(pk, comment.entry_id))
    if comment.answers.exists():
        comment.body, comment.state = "", CommentState.REMOVED
        comment.save(update_fields=["body", "state"])
        comment.texts.all().delete()
    else:
        touch_things([f"comment:{pk}"])  # while it is known where it shows
        comment.delete()
    record_act("comment.removed", by=by, now=now, thing=f"comment:{pk}", details=details)


@transaction.atomic
def hide_comment(comment: Comment, *, by: Actor, now: datetime) -> None:
    """Take somebody's comment off the page; its author and those in charge still see it."""
    can_hide_comment(by, comment).require()
    if comment.state == CommentState.THERE:
        _put(comment, CommentState.HIDDEN, "comment.hidden", by, now)
        announce(CommentWithheld(comment.pk, comment.entry_id))


@transaction.atomic
def unhide_comment(comment: Comment, *, by: Actor, now: datetime) -> None:
    """Put a hidden comment back."""
    can_hide_comment(by, comment).require()
    if comment.state == CommentState.HIDDEN:
        _put(comment, CommentState.THERE, "comment.unhidden", by, now)
        announce(CommentChanged(comment.pk, comment.entry_id))


def _put(comment: Comment, state: CommentState, verb: str, by: Actor, now: datetime) -> None:
    comment.state = state
    comment.save(update_fields=["state"])
    record_act(verb, by=by, now=now, thing=f"comment:{comment.pk}", details={"entry": comment.entry_id})
