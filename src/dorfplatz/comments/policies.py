"""Who may comment, and on whose comment one may lay hands."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from dorfplatz.comments.enums import CommentState
from dorfplatz.comments.models import Comment
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.policies import (
    NOT_THERE,
    WITH_A_REASON,
    area_paths,
    can_hide_entry,
    can_improve_text,
    can_set_out,
    can_view,
)
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused

EDITED_WITHIN = timedelta(minutes=15)


def can_comment(actor: Actor, entry: Entry, *, is_open: bool, now: datetime) -> Verdict:
    """Who sees it and is a neighbour in one of its municipalities, while it stands and takes comments."""
    seen = can_view(actor, entry, now=now)
    if not seen:
        return seen
    if not is_open or entry.state != State.PUBLISHED:
        return refused(str(_("There are no comments on this.")))
    verdicts = [can_set_out(actor, [path]) for path in area_paths(entry)]
    return next((verdict for verdict in verdicts if verdict), verdicts[0] if verdicts else refused(str(NOT_THERE)))


def is_own(actor: Actor, comment: Comment) -> bool:
    return actor.is_member and comment.author_id == actor.identity_id


def can_change_comment(actor: Actor, comment: Comment, *, now: datetime) -> Verdict:
    """Its author, for a quarter of an hour: what was answered should stay what was said."""
    if not is_own(actor, comment) or comment.state != CommentState.THERE or "write" in actor.curbs:
        return refused(str(_("Only the author can change this.")))
    return allowed_if(
        now < comment.written_at + EDITED_WITHIN,
        str(_("A comment can be changed for 15 minutes. You can still take it away.")),
    )


def can_improve_comment(actor: Actor, comment: Comment, *, now: datetime) -> Verdict:
    """Whether the actor may say a comment in another language: its author, and whoever may say the entry in it, as
    long as it can be seen and no block keeps her from its author.
    """
    if comment.state != CommentState.THERE or comment.author_id in actor.apart_from:
        return refused(str(NOT_THERE))
    if is_own(actor, comment) and "write" not in actor.curbs:
        return can_view(actor, comment.entry, now=now)
    return can_improve_text(actor, comment.entry, now=now)


def can_remove_comment(actor: Actor, comment: Comment) -> Verdict:
    may = is_own(actor, comment) and comment.state != CommentState.REMOVED
    return allowed_if(may, str(_("Only the author can take this away.")))


def can_take_comment_off(actor: Actor, comment: Comment) -> Verdict:
    """Hide it without a word, or show it again: what somebody here wrote is hidden by a decision, with a reason."""
    verdict = can_hide_comment(actor, comment)
    may = comment.author_id is None or comment.state == CommentState.HIDDEN
    return verdict if not verdict or may else refused(str(WITH_A_REASON))


def can_hide_comment(actor: Actor, comment: Comment) -> Verdict:
    """Those in charge of one of the villages of the entry."""
    return ALLOWED if actor.is_system else can_hide_entry(actor, comment.entry)
