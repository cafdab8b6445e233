"""What a municipality says about one of its villages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.facts import announce
from dorfplatz.kernel.geo import Point, lies_in, ring_outline
from dorfplatz.kernel.verdict import Problem
from dorfplatz.media.models import Picture
from dorfplatz.villages.actions.outlines import compute_outlines
from dorfplatz.villages.enums import AreaKind
from dorfplatz.villages.facts import VillageChanged
from dorfplatz.villages.models import Area, AreaLink, Municipality
from dorfplatz.villages.policies import can_manage_area
from dorfplatz.villages.versions import require_fresh, stamp


@dataclass(frozen=True)
class VillageChange:
    """All that the settings page of a village holds. `neighbours` are areas' ids in their order."""

    name: Mapping[str, str]
    intro: Mapping[str, str]
    inhabitants: int | None
    point: Point
    tint: int
    neighbours: Sequence[int]


@transaction.atomic
def change_village(area: Area, *, change: VillageChange, version: int, by: Actor, now: datetime) -> list[str]:
    """Bring the village to the change; returns the names of what is different now.

    A moved centre computes the municipality's outlines anew. Raises Stale when somebody else saved meanwhile, Problem
    for a name left empty and for a centre outside the municipality or on another village's.
    """
    can_manage_area(by, area).require()
    locked = Area.objects.select_for_update().get(pk=area.pk, kind=AreaKind.VILLAGE)
    require_fresh(locked, version, now)
    municipality = Municipality.objects.select_related("area").get(area=locked.parent)
    stated: dict[str, Any] = {
        "name": dict(change.name),
        "intro": dict(change.intro),
        "inhabitants": change.inhabitants,
        "lat": change.point.lat,
        "lon": change.point.lon,
        "tint": change.tint,
    }
    if not any(stated["name"].values()):
        raise Problem(_("A village needs a name."))
    different = [name for name, value in stated.items() if getattr(locked, name) != value]
    if {"lat", "lon"} & set(different):
        _check_centre(locked, municipality, change.point)
    if not (_link(locked, change.neighbours) | bool(different)):
        return []
    return _save(locked, {name: stated[name] for name in different}, municipality, by=by, now=now)


def _save(area: Area, values: Mapping[str, Any], municipality: Municipality, *, by: Actor, now: datetime) -> list[str]:
    for name, value in values.items():
        setattr(area, name, value)
    stamp(area, now)
    area.save()
    fields = sorted(values) or ["neighbours"]
    record_act("village.changed", by=by, now=now, thing=f"area:{area.pk}", area_id=area.pk, details={"fields": fields})
    if {"lat", "lon"} & set(values):
        compute_outlines(municipality, by=by, now=now)
    announce(VillageChanged(area.pk))
    return fields


def _check_centre(area: Area, municipality: Municipality, point: Point) -> None:
    if municipality.ring and not lies_in(ring_outline(municipality.ring), point):
        raise Problem(_("This point lies outside the municipality. Please put the pin inside its border."))
    others = Area.objects.villages().within(municipality.path).exclude(pk=area.pk)
    there = others.filter(lat=point.lat, lon=point.lon).first()
    if there:
        raise Problem(_("%(village)s has its centre at this very point.") % {"village": there})


def _link(area: Area, neighbours: Sequence[int]) -> bool:
    """Make these the area's neighbours, in this order; whether that changed anything."""
    wanted = [pk for pk in dict.fromkeys(neighbours) if pk != area.pk]
    if wanted == list(area.links.values_list("neighbour_id", flat=True)):
        return False
    known = set(Area.objects.villages().filter(pk__in=wanted).values_list("pk", flat=True))
    area.links.all().delete()
    AreaLink.objects.bulk_create(
        AreaLink(area=area, neighbour_id=pk, position=number)
        for number, pk in enumerate(pk for pk in wanted if pk in known)
    )
    return True


@transaction.atomic
def change_picture(area: Area, *, picture: Picture | None, by: Actor, now: datetime) -> bool:
    """Show another picture of the village or municipality, or none; whether that changed anything."""
    can_manage_area(by, area).require()
    locked = Area.objects.select_for_update().get(pk=area.pk)
    if locked.picture_id == (picture.pk if picture else None):
        return False
    locked.picture = picture
    locked.changed_at = now
    locked.save(update_fields=["picture", "changed_at"])
    record_act(
        "village.changed", by=by, now=now, thing=f"area:{area.pk}", area_id=area.pk, details={"fields": ["picture"]}
    )
    announce(VillageChanged(area.pk))
    return True
