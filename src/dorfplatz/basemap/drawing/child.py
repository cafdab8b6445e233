"""The child process that reads an extract for a base map: `python -m dorfplatz.basemap.drawing.child`. No Django.

Features go into one file, a line each, as `tippecanoe` reads them; streets and addresses into another.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import osmium

from dorfplatz.basemap.drawing.kinds import KEYS, Drawn, area_drawn, line_drawn, names_of, node_drawn
from dorfplatz.basemap.osm.answering import Line, answer
from dorfplatz.basemap.osm.formats import has_no_objects, osm_file, point_of, stated_moment

REPORT_EVERY = 5_000
LONGEST_VALUE = 300
MOST_TAGS = 200
# Keys of the settlement an address is in, the smallest first.
TOWN_KEYS = ("addr:hamlet", "addr:suburb", "addr:village", "addr:city")

Spot = tuple[float, float]
Box = tuple[float, float, float, float]
Tags = dict[str, str]


class Sketch:
    """Writes down what lies in the box, and counts it."""

    def __init__(self, box: Box, features: TextIO, addresses: TextIO) -> None:
        self._west, self._south, self._east, self._north = box
        self._features, self._addresses = features, addresses
        self._geometry = osmium.geom.GeoJSONFactory()
        self.drawn = 0

    def take(self, thing: Any, tags: Tags) -> None:
        if thing.is_node():
            self._take_node(thing, tags)
        elif thing.is_way():
            self._take_line(thing, tags)
        elif thing.is_area():
            self._take_area(thing, tags)

    def _take_node(self, node: Any, tags: Tags) -> None:
        spot = point_of(node.location)
        if spot is None or not self._touches([spot]):
            return
        self._write(node_drawn(tags), tags, json.dumps({"type": "Point", "coordinates": spot}))
        self._note_address(tags, spot)

    def _take_line(self, way: Any, tags: Tags) -> None:
        spots = [spot for spot in (point_of(node.location) for node in way.nodes) if spot]
        if len(spots) < 2 or not self._touches(spots):
            return
        drawn = line_drawn(tags)
        self._write(drawn, tags, json.dumps({"type": "LineString", "coordinates": spots}))
        if drawn and drawn.layer == "roads" and "highway" in tags and tags.get("name"):
            self._note("street", tags["name"], tags, spots[len(spots) // 2])
        if not way.is_closed():  # a closed one comes again as an area
            self._note_address(tags, spots[0])

    def _take_area(self, area: Any, tags: Tags) -> None:
        spots = [point_of(node.location) for ring in area.outer_rings() for node in ring]
        known = [spot for spot in spots if spot]
        if not known or not self._touches(known):
            return
        self._note_address(tags, _middle(known))
        drawn = area_drawn(tags)
        if drawn:
            try:
                geometry = self._geometry.create_multipolygon(area)
            except (RuntimeError, osmium.InvalidLocationError):  # an outline the extract cuts off
                return
            self._write(drawn, tags, geometry)

    def _touches(self, spots: list[Spot]) -> bool:
        """Whether what is around the spots reaches into the box."""
        lon, lat = spots[0]
        if self._west <= lon <= self._east and self._south <= lat <= self._north:
            return True
        lons, lats = [spot[0] for spot in spots], [spot[1] for spot in spots]
        return (
            max(lons) >= self._west
            and min(lons) <= self._east
            and max(lats) >= self._south
            and min(lats) <= self._north
        )

    def _write(self, drawn: Drawn | None, tags: Tags, geometry: str) -> None:
        if drawn is None:
            return
        properties = {**drawn.properties, **(names_of(tags) if drawn.is_named else {}), "min_zoom": drawn.min_zoom}
        place = {"layer": drawn.layer, "minzoom": drawn.min_zoom}
        said = json.dumps({"type": "Feature", "tippecanoe": place, "properties": properties}, ensure_ascii=False)
        self._features.write(f'{said[:-1]}, "geometry": {geometry}}}\n')
        self.drawn += 1

    def _note_address(self, tags: Tags, spot: Spot) -> None:
        street = tags.get("addr:street") or tags.get("addr:place") or tags.get("addr:hamlet", "")
        if street and tags.get("addr:housenumber"):
            self._note(tags["addr:housenumber"], street, tags, spot)

    def _note(self, number: str, street: str, tags: Tags, spot: Spot) -> None:
        lon, lat = spot
        if self._west <= lon <= self._east and self._south <= lat <= self._north:
            town = next((tags[key] for key in TOWN_KEYS if tags.get(key)), "")
            line = [number, street, tags.get("addr:postcode", ""), town, round(lat, 6), round(lon, 6)]
            self._addresses.write(json.dumps(line, ensure_ascii=False) + "\n")


def _middle(spots: list[Spot]) -> Spot:
    return (
        (min(spot[0] for spot in spots) + max(spot[0] for spot in spots)) / 2,
        (min(spot[1] for spot in spots) + max(spot[1] for spot in spots)) / 2,
    )


def _draw(asked: Line, report: Callable[[int], None]) -> Iterator[Line]:
    """One line when all is written down: how many features there are, and from when the data are."""
    path = Path(asked["path"])
    features, addresses = Path(asked["features"]), Path(asked["addresses"])
    with features.open("w", encoding="utf-8") as first, addresses.open("w", encoding="utf-8") as second:
        sketch = Sketch(tuple(asked["box"]), first, second)
        seen = 0
        for seen, thing in enumerate(_filtered(path), 1):
            if seen % REPORT_EVERY == 0:
                report(seen)
            if thing.visible and len(thing.tags) <= MOST_TAGS:
                sketch.take(thing, {tag.k: tag.v[:LONGEST_VALUE] for tag in thing.tags})
    if not seen and has_no_objects(path):
        raise EOFError
    yield {"end": sketch.drawn, "data_at": stated_moment(path)}


def _filtered(path: Path) -> Iterator[Any]:
    return iter(
        osmium.FileProcessor(osm_file(path))
        .with_areas(osmium.filter.KeyFilter(*KEYS))
        .with_filter(osmium.filter.EmptyTagFilter())
        .with_filter(osmium.filter.KeyFilter(*KEYS))
    )


if __name__ == "__main__":
    answer(_draw)
