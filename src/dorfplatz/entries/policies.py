"""Who may see and change an entry. Pure: asks the entry, its placements and the actor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dorfplatz.entries.enums import HIDE, PUBLISH, SEE_HIDDEN, Audience, State
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import ALLOWED, Verdict, allowed_if, refused

NOT_THERE = _("This is not there (any more).")
WITH_A_REASON = _("Somebody here wrote this and shall hear why it goes: choose “Report or decide” on its page.")


def area_paths(entry: Entry) -> list[str]:
    return [str(placement.area.path) for placement in entry.placements.all()]


def holds_in_one(actor: Actor, capability: str, paths: Iterable[str]) -> bool:
    return actor.is_system or any(actor.holds(capability, path) for path in paths)


def can_view(viewer: Actor, entry: Entry, *, now: datetime) -> Verdict:
    """Agrees with `EntryQuerySet.visible_to` for every state and viewer."""
    if viewer.is_system:
        return ALLOWED
    if entry.state == State.REMOVED:
        return refused(str(NOT_THERE))
    if is_author(viewer, entry) or (entry.state != State.DRAFT and holds_in_one(viewer, SEE_HIDDEN, area_paths(entry))):
        return ALLOWED
    if entry.author_id in viewer.apart_from:
        return refused(str(NOT_THERE))
    is_current = entry.state == State.PUBLISHED and (entry.expires_at is None or entry.expires_at > now)
    return allowed_if(is_current and _is_meant_for(viewer, entry), str(NOT_THERE))


def _is_meant_for(viewer: Actor, entry: Entry) -> bool:
    if entry.audience == Audience.PUBLIC:
        return True
    paths = area_paths(entry)
    return any(viewer.belongs_to(path) for path in paths) or (
        entry.is_for_municipality and any(viewer.acts_for(path) for path in paths)
    )


def can_hide_entry(actor: Actor, entry: Entry) -> Verdict:
    return allowed_if(
        holds_in_one(actor, HIDE, area_paths(entry)), str(_("Only connectors and moderators may hide this."))
    )


def is_author(actor: Actor, entry: Entry) -> bool:
    return actor.is_member and entry.author_id == actor.identity_id


def can_remove_entry(actor: Actor, entry: Entry) -> Verdict:
    """Its author, and those in charge of one of its villages."""
    return ALLOWED if is_author(actor, entry) else can_hide_entry(actor, entry)


def can_take_down(actor: Actor, entry: Entry) -> Verdict:
    """Take it off without a word: one's own, or what nobody with an account wrote. All else goes with a reason."""
    if is_author(actor, entry):
        return ALLOWED
    verdict = can_hide_entry(actor, entry)
    return verdict if not verdict or entry.author_id is None else refused(str(WITH_A_REASON))


def can_undo_removal(actor: Actor, entry: Entry) -> Verdict:
    """Whoever removed it; and those in charge, as long as its author did not take it away herself."""
    removal = getattr(entry, "removal", None)
    if entry.state != State.REMOVED or removal is None:
        return refused(str(NOT_THERE))
    if actor.is_system or (actor.is_member and removal.removed_by_id == actor.identity_id):
        return ALLOWED
    by_author = removal.removed_by_id is not None and removal.removed_by_id == entry.author_id
    return refused(str(NOT_THERE)) if by_author else can_hide_entry(actor, entry)


def can_see_versions(viewer: Actor, entry: Entry) -> Verdict:
    """What an entry said before: its author, and those in charge of one of its villages."""
    may = is_author(viewer, entry) or holds_in_one(viewer, SEE_HIDDEN, area_paths(entry))
    return allowed_if(may, str(_("What it said before is shown to its author and to those in charge only.")))


def can_improve_text(actor: Actor, entry: Entry, *, now: datetime) -> Verdict:
    """Whether the actor may say an entry in another language: its author, and every known member who can read it."""
    if actor.is_system:
        return ALLOWED
    if not actor.is_member:
        return refused(str(_("Please log in first.")))
    if "write" in actor.curbs:
        return refused(str(_("For now you cannot write here. The letter you got says why, and until when.")))
    if not (actor.is_known or is_author(actor, entry)):
        return refused(str(_("You can translate as soon as neighbours know you here.")))
    return can_view(actor, entry, now=now)


def can_publish_at_once(actor: Actor, paths: Iterable[str]) -> Verdict:
    """Whether the actor's entries in these areas skip the gates."""
    return allowed_if(holds_in_one(actor, PUBLISH, paths), str(_("A connector looks at it before it appears.")))


def can_set_out(actor: Actor, paths: Iterable[str]) -> Verdict:
    """Whether the actor may set something out in all of these areas: as a neighbour, or by a role there."""
    if actor.is_system:
        return ALLOWED
    if not actor.is_member:
        return refused(str(_("Please log in first.")))
    if "write" in actor.curbs:
        return refused(str(_("For now you cannot write here. The letter you got says why, and until when.")))
    at_home = all(actor.belongs_to(path) or actor.is_newcomer_in(path) or actor.holds(PUBLISH, path) for path in paths)
    return allowed_if(at_home, str(_("You can write in your own municipality only.")))
