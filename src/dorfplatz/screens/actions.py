"""Setting screens up, changing and revoking them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.entries.visible import visible_ids
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import VISITOR, Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import Listing
from dorfplatz.screens.enums import HOURS, SCREEN
from dorfplatz.screens.models import Screen
from dorfplatz.screens.policies import can_keep_screens
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import municipality_of

LONGEST_NAME, MOST_SCREENS = 60, 200


@dataclass(frozen=True)
class ScreenDraft:
    """How a screen is wanted. Without hours it shines at night too."""

    area: Area
    name: str
    languages: Sequence[str]
    organization_id: int | None = None
    touch: bool = False
    night_from: int | None = None
    night_until: int | None = None


@transaction.atomic
def set_up_screen(draft: ScreenDraft, *, by: Actor, now: datetime) -> Screen:
    """A new screen, and with it an address that shows nothing but what strangers may read."""
    can_keep_screens(by, draft.area).require()
    _require_sense(draft, now)
    if Screen.objects.filter(area=draft.area).count() >= MOST_SCREENS:
        raise Problem(_("There are as many screens here as there can be. Please revoke one first."))
    screen = Screen(set_up_at=now)
    return _written(screen, draft, "screen.set_up", by=by, now=now)


@transaction.atomic
def change_screen(screen: Screen, *, draft: ScreenDraft, by: Actor, now: datetime) -> Screen:
    """Under the same address something else is shown from now on."""
    can_keep_screens(by, screen.area).require()
    can_keep_screens(by, draft.area).require()
    _require_sense(draft, now)
    screen = Screen.objects.select_for_update(of=("self",)).select_related("area").get(pk=screen.pk)
    if screen.area_id != draft.area.pk:
        _record("screen.changed", screen, by=by, now=now)
    return _written(screen, draft, "screen.changed", by=by, now=now)


@transaction.atomic
def revoke_screen(screen: Screen, *, by: Actor, now: datetime) -> None:
    """Its address leads nowhere from now on; what it had kept it lets go when it next asks."""
    can_keep_screens(by, screen.area).require()
    _record("screen.revoked", screen, by=by, now=now)
    Screen.objects.filter(pk=screen.pk).delete()


@transaction.atomic
def note_sign_of_life(screen: Screen, *, now: datetime) -> None:
    """The screen has asked for news: the hour is noted, no more."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    if screen.seen_at is None or screen.seen_at < hour:
        Screen.objects.filter(pk=screen.pk).update(seen_at=hour)


def _require_sense(draft: ScreenDraft, now: datetime) -> None:
    municipality = municipality_of(draft.area)
    spoken = municipality.languages if municipality else []
    if not draft.name.strip() or len(draft.name) > LONGEST_NAME:
        raise Problem(_("Please say where the screen hangs, in at most %(most)d letters.") % {"most": LONGEST_NAME})
    if not 1 <= len(draft.languages) <= 2 or not set(draft.languages) <= set(spoken):
        raise Problem(_("The square does not speak this language."))
    ends = (draft.night_from, draft.night_until)
    if (ends != (None, None) and not set(ends) <= set(HOURS)) or (ends[0] is not None and ends[0] == ends[1]):
        raise Problem(_("Please say from when to when it is night, or leave both out."))
    if draft.organization_id is not None and not _is_organization(draft.organization_id, now):
        raise Problem(_("This organisation is not on the social map (any more)."))


def _is_organization(pk: int, now: datetime) -> bool:
    found = Listing.objects.filter(pk=pk, entry__kind=PlaceKind.ORGANIZATION).exists()
    return found and bool(visible_ids([pk], VISITOR, now=now))


def _written(screen: Screen, draft: ScreenDraft, verb: str, *, by: Actor, now: datetime) -> Screen:
    screen.area, screen.name, screen.languages = draft.area, draft.name.strip(), list(draft.languages)
    screen.organization_id, screen.touch = draft.organization_id, draft.touch
    screen.night_from, screen.night_until = draft.night_from, draft.night_until
    screen.save()
    _record(verb, screen, by=by, now=now)
    return screen


def _record(verb: str, screen: Screen, *, by: Actor, now: datetime) -> None:
    record_act(verb, by=by, now=now, thing=f"{SCREEN}:{screen.pk}", area_id=screen.area_id)
