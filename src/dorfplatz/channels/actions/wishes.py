"""Saying what one wants to hear of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.channels.enums import Rhythm, Way
from dorfplatz.channels.models import Preferences, Watch
from dorfplatz.channels.policies import can_change_preferences
from dorfplatz.channels.sockets import sections, sorts
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.verdict import Problem
from dorfplatz.members.models import Identity
from dorfplatz.villages.models import Area

LETTER, WATCH = "letter", "watch"
LONGEST_WORDS = 100
MOST_WATCHES = 20


@dataclass(frozen=True)
class Wishes:
    """What somebody chooses on the page “What I get”. `quiet` is from when until when, or None."""

    rhythm: Rhythm
    areas: Collection[Area]
    with_neighbours: bool
    left_out: Collection[str]
    ways: Mapping[str, Way]
    quiet: tuple[time, time] | None


@transaction.atomic
def change_preferences(identity: Identity, *, wishes: Wishes, by: Actor, now: datetime) -> Preferences:
    """From now on this counts. What nobody knows among sections and sorts is left out."""
    can_change_preferences(by, identity).require()
    quiet_from, quiet_until = wishes.quiet or (None, None)
    values = {
        "rhythm": wishes.rhythm,
        "areas": sorted(area.pk for area in wishes.areas),
        "with_neighbours": wishes.with_neighbours,
        "left_out": sorted(key for key in wishes.left_out if key in sections),
        "ways": {key: str(way) for key, way in sorted(wishes.ways.items()) if key in sorts},
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "changed_at": now,
    }
    preferences, _is_new = Preferences.objects.update_or_create(identity=identity, defaults=values)
    _record(identity, "preferences.changed", by, now)
    return preferences


@transaction.atomic
def stop_channel(identity: Identity, *, channel: str, by: Actor, now: datetime) -> None:
    """No letter any more, or no mails of that sort: the list on the square still tells. For links in mails."""
    can_change_preferences(by, identity).require()
    preferences, _is_new = Preferences.objects.get_or_create(identity=identity, defaults={"changed_at": now})
    if channel == LETTER:
        preferences.rhythm = Rhythm.NONE
    elif channel in sorts:
        preferences.ways = {**preferences.ways, channel: str(Way.LIST)}
    if channel == WATCH:
        Watch.objects.filter(identity=identity, way=Way.AT_ONCE).update(way=Way.LIST)
    preferences.changed_at = now
    preferences.save()
    _record(identity, "preferences.stopped", by, now)


@transaction.atomic
def add_watch(identity: Identity, *, area: Area, section: str, words: str, way: Way, by: Actor, now: datetime) -> Watch:
    """Be told of what is new there. The same asked again changes how one is told. Raises Problem for too many."""
    can_change_preferences(by, identity).require()
    plain = " ".join(words.split())
    if section and section not in sections:
        raise Problem(_("Please choose one of the subjects."))
    if way == Way.NONE or len(plain) > LONGEST_WORDS:
        raise Problem(_("Please say it in at most 100 letters."))
    asked: dict[str, Any] = {"identity": identity, "area": area, "section": section, "words": plain}
    if Watch.objects.filter(identity=identity).exclude(**asked).count() >= MOST_WATCHES:
        raise Problem(_("These are many already. Please remove one first."))
    watch, _is_new = Watch.objects.update_or_create(**asked, defaults={"way": way, "made_at": now})
    _record(identity, "watch.added", by, now)
    return watch


@transaction.atomic
def remove_watch(watch: Watch, *, by: Actor, now: datetime) -> None:
    can_change_preferences(by, watch.identity).require()
    _record(watch.identity, "watch.removed", by, now)
    watch.delete()


def _record(identity: Identity, verb: str, by: Actor, now: datetime) -> None:
    record_act(verb, by=by, now=now, thing=f"preferences:{identity.pk}")
