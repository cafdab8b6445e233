"""Names, look, languages and rooms of a municipality."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.colours import checked_accent
from dorfplatz.villages.description import KNOWN_LANGUAGES
from dorfplatz.villages.facts import MunicipalityChanged
from dorfplatz.villages.models import Area, Municipality
from dorfplatz.villages.policies import can_manage_municipality
from dorfplatz.villages.sockets import rooms
from dorfplatz.villages.versions import require_fresh, stamp


@dataclass(frozen=True)
class MunicipalityChange:
    """All that the page “name and look” holds. The first language is the one for readers who state none."""

    name: Mapping[str, str]
    motto: Mapping[str, str]
    intro: Mapping[str, str]
    accent: str
    languages: Sequence[str]


@transaction.atomic
def change_municipality(
    municipality: Municipality, *, change: MunicipalityChange, version: int, by: Actor, now: datetime
) -> list[str]:
    """Bring names and look to the change; returns the names of what is different now.

    Raises Problem for an accent that cannot be read, and Stale when somebody else saved meanwhile.
    """
    can_manage_municipality(by, municipality).require()
    locked = _locked(municipality, version, now)
    languages = list(dict.fromkeys(change.languages))
    if not languages or not set(languages) <= set(KNOWN_LANGUAGES):
        raise Problem(_("Please choose at least one language."))
    if not any(change.name.values()):
        raise Problem(_("A municipality needs a name."))
    accent = checked_accent(change.accent).light
    of_area = {"name": dict(change.name), "intro": dict(change.intro)}
    own = {"motto": dict(change.motto), "accent": accent, "languages": languages}
    different = [name for name, value in of_area.items() if getattr(locked.area, name) != value]
    different += [name for name, value in own.items() if getattr(locked, name) != value]
    if different:
        for name in different:
            setattr(locked.area if name in of_area else locked, name, {**of_area, **own}[name])
        _save(locked, different, by=by, now=now)
    return different


@transaction.atomic
def switch_rooms(
    municipality: Municipality, *, rooms_off: Collection[str], version: int, by: Actor, now: datetime
) -> bool:
    """Close exactly these rooms; whether that changed anything. What is in a closed room stays and is not shown."""
    can_manage_municipality(by, municipality).require()
    locked = _locked(municipality, version, now)
    wanted = sorted(room for room, _room in rooms.items() if room in rooms_off)
    if wanted == sorted(locked.rooms_off):
        return False
    locked.rooms_off = wanted
    _save(locked, ["rooms_off"], by=by, now=now)
    return True


@transaction.atomic
def arrange_home(
    municipality: Municipality,
    *,
    order: Sequence[str],
    off: Collection[str],
    version: int,
    by: Actor,
    now: datetime,
) -> bool:
    """In which order the home pages show their sections, and which not at all; whether that changed anything."""
    can_manage_municipality(by, municipality).require()
    locked = _locked(municipality, version, now)
    wanted = {"home_order": list(dict.fromkeys(order)), "home_off": sorted(set(off))}
    different = [name for name, value in wanted.items() if getattr(locked, name) != value]
    if different:
        for name in different:
            setattr(locked, name, wanted[name])
        _save(locked, different, by=by, now=now)
    return bool(different)


def _locked(municipality: Municipality, version: int, now: datetime) -> Municipality:
    area = Area.objects.select_for_update().get(pk=municipality.pk)
    require_fresh(area, version, now)
    locked = Municipality.objects.select_for_update().get(pk=municipality.pk)
    locked.area = area
    return locked


def _save(municipality: Municipality, fields: Collection[str], *, by: Actor, now: datetime) -> None:
    stamp(municipality.area, now)
    municipality.area.save()
    municipality.save()
    record_act(
        "municipality.changed",
        by=by,
        now=now,
        thing=f"municipality:{municipality.pk}",
        area_id=municipality.pk,
        details={"fields": sorted(fields)},
    )
    announce(MunicipalityChanged(municipality.pk))
