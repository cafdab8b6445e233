"""Putting a base map in place, and switching it off and on."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.db import transaction

from dorfplatz.basemap.making import Made
from dorfplatz.basemap.models import BaseMap, House, Street
from dorfplatz.basemap.queries import maps_folder
from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.policies import can_manage_municipality

BATCH = 2_000


def put_base_map(municipality: Municipality, *, made: Made, by: Actor, now: datetime) -> BaseMap:
    """The map that was made in the place of the one before, with its addresses: all of it, or nothing.

    Files come before the row that names them, and go after it.
    """
    can_manage_municipality(by, municipality).require()
    target = maps_folder() / made.file
    was_there = target.exists()
    made.tiles.replace(target)
    try:
        base_map = _write(municipality, made, target.stat().st_size, by, now)
    except BaseException:
        if not was_there:
            target.unlink(missing_ok=True)
        raise
    for old in _files_of(municipality):
        if old != target:
            with suppress(FileNotFoundError):
                old.unlink()
    return base_map


@transaction.atomic
def switch_base_map(base_map: BaseMap, *, is_on: bool, by: Actor, now: datetime) -> bool:
    """Show it under the maps, or no longer; whether that changed anything."""
    can_manage_municipality(by, base_map.municipality).require()
    changed = BaseMap.objects.filter(pk=base_map.pk, is_on=not is_on).update(is_on=is_on)
    if changed:
        verb = "switch_base_map_on" if is_on else "switch_base_map_off"
        pk = base_map.municipality_id
        record_act(verb, by=by, now=now, thing=f"municipality:{pk}", area_id=pk)
    return bool(changed)


@transaction.atomic
def _write(municipality: Municipality, made: Made, size: int, by: Actor, now: datetime) -> BaseMap:
    Street.objects.filter(municipality=municipality).delete()
    streets = [
        Street(municipality=municipality, name=x.name, place=x.place, postcode=x.postcode, lat=x.lat, lon=x.lon)
        for x in made.lanes
    ]
    Street.objects.bulk_create(streets, batch_size=BATCH)
    houses = [
        House(street=street, number=number, postcode=spot.postcode, lat=spot.lat, lon=spot.lon)
        for street, lane in zip(streets, made.lanes, strict=True)
        for number, spot in lane.houses.items()
    ]
    House.objects.bulk_create(houses, batch_size=BATCH)
    base_map, _is_first = BaseMap.objects.update_or_create(
        municipality=municipality,
        defaults={
            "file": made.file,
            "size": size,
            "made_of": made.made_of,
            "data_at": made.data_at,
            "made_at": now,
            "streets_count": len(streets),
            "houses_count": len(houses),
        },
    )
    record_act("put_base_map", by=by, now=now, thing=f"municipality:{municipality.pk}", area_id=municipality.pk)
    return base_map


def _files_of(municipality: Municipality) -> list[Path]:
    """A hash of 16 after the slug: no other municipality's, whose slug may begin alike."""
    slug = municipality.area.slug
    return [path for path in maps_folder().glob(f"{slug}-*.pmtiles") if len(path.stem) == len(slug) + 17]
