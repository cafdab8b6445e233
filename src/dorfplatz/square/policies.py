"""Who may write, change and settle posts."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import State
from dorfplatz.entries.policies import NOT_THERE, can_hide_entry, can_set_out, is_author
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, refused
from dorfplatz.square.models import Post
from dorfplatz.villages.models import Area


def can_write_post(actor: Actor, areas: Iterable[Area]) -> Verdict:
    """Neighbours of the municipality, and those with a role there, in one of its villages or in several."""
    paths = [str(area.path) for area in areas]
    if not paths:
        return refused(str(_("Please choose at least one village.")))
    return can_set_out(actor, paths)


def can_change_post(actor: Actor, post: Post) -> Verdict:
    """Its author alone: nobody puts words into another's mouth. Those in charge can hide it."""
    if post.entry.state == State.REMOVED:
        return refused(str(NOT_THERE))
    if actor.is_system:
        return ALLOWED
    if not is_author(actor, post.entry):
        return refused(str(_("Only the author can change this.")))
    paths = [str(placement.area.path) for placement in post.entry.placements.all()]
    return can_set_out(actor, paths)


def can_settle_post(actor: Actor, post: Post) -> Verdict:
    """Its author, and those in charge of one of its villages."""
    if post.entry.state != State.PUBLISHED:
        return refused(str(NOT_THERE))
    return ALLOWED if is_author(actor, post.entry) else can_hide_entry(actor, post.entry)
