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
    is_author = viewer.is_member and entry.author_id == viewer.identity_id
    if is_author or (entry.state != State.DRAFT and holds_in_one(viewer, SEE_HIDDEN, area_paths(entry))):
        return ALLOWED
    is_current = entry.state == State.PUBLISHED and (entry.expires_at is None or entry.expires_at > now)
    is_for_viewer = entry.audience == Audience.PUBLIC or (
        entry.audience == Audience.MEMBERS and any(viewer.belongs_to(path) for path in area_paths(entry))
    )
    return allowed_if(is_current and is_for_viewer, str(NOT_THERE))


def can_hide_entry(actor: Actor, entry: Entry) -> Verdict:
    return allowed_if(
        holds_in_one(actor, HIDE, area_paths(entry)), str(_("Only connectors and moderators may hide this."))
    )


def can_publish_at_once(actor: Actor, paths: Iterable[str]) -> Verdict:
    """Whether the actor's entries in these areas skip the gates."""
    return allowed_if(holds_in_one(actor, PUBLISH, paths), str(_("A connector looks at it before it appears.")))
