"""What a thing is on the map: its layer, its kind, and from which zoom on it is drawn. Pure.

Layers and kinds are those of the Protomaps basemap, so that styles made for it understand ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Tags = Mapping[str, str]
LANGUAGES = ("de", "nl", "en", "fr")
LONGEST_NAME = 120
NEAREST_ZOOM = 14

_MAJOR = {"trunk": 7, "primary": 8, "secondary": 9, "tertiary": 10}
_MINOR = {"residential": 12, "unclassified": 11, "living_street": 12, "road": 12, "service": 13}
_PATHS = {
    "pedestrian": 12,
    "track": 12,
    "cycleway": 12,
    "path": 13,
    "footway": 13,
    "bridleway": 13,
    "steps": 14,
}
_ROADS = {
    "motorway": ("highway", 8),
    **{detail: ("major_road", zoom) for detail, zoom in _MAJOR.items()},
    **{detail: ("minor_road", zoom) for detail, zoom in _MINOR.items()},
    **{detail: ("path", zoom) for detail, zoom in _PATHS.items()},
}
_RAILS = {"rail": 9, "light_rail": 11, "narrow_gauge": 11, "tram": 12, "subway": 12}
_WATERWAYS = {"river": 8, "canal": 9, "stream": 12, "ditch": 13, "drain": 13}
_WATERS = frozenset({"lake", "river", "pond", "canal", "basin", "reservoir", "oxbow", "lagoon", "stream", "moat"})
_BOUNDARIES = {"2": ("country", 8), "4": ("region", 8), "6": ("county", 8), "7": ("county", 9), "8": ("locality", 10)}
# What the ground is: tag to kind and the zoom from which it is worth its ink.
_GROUND: dict[tuple[str, str], tuple[str, int]] = {
    **{("landuse", kind): (kind, 8) for kind in ("forest", "residential", "industrial")},
    **{("landuse", kind): (kind, 10) for kind in ("farmland", "meadow", "orchard", "vineyard", "quarry", "military")},
    **{("landuse", kind): (kind, 11) for kind in ("commercial", "retail", "cemetery", "allotments", "farmyard")},
    **{("landuse", kind): (kind, 12) for kind in ("grass", "recreation_ground", "village_green", "plant_nursery")},
    **{("natural", kind): (kind, 8) for kind in ("wood", "heath", "wetland")},
    **{("natural", kind): (kind, 10) for kind in ("grassland", "scrub", "beach", "sand")},
    **{("leisure", kind): (kind, 11) for kind in ("park", "golf_course", "sports_centre")},
    **{("leisure", kind): (kind, 13) for kind in ("garden", "pitch", "playground")},
    **{("amenity", kind): (kind, 12) for kind in ("school", "kindergarten", "university", "college", "hospital")},
    ("amenity", "grave_yard"): ("cemetery", 12),
    ("amenity", "parking"): ("parking", 14),
    ("highway", "pedestrian"): ("pedestrian", 13),
}
# Which tag decides where a thing has several: the smaller thing before the large ground under it.
_GROUND_KEYS = ("leisure", "amenity", "highway", "natural", "landuse")
# kind_detail: kind, rank among the settlements, zoom
_PLACES = {
    "city": ("locality", 11, 8),
    "town": ("locality", 8, 8),
    "village": ("locality", 5, 10),
    "hamlet": ("locality", 3, 12),
    "suburb": ("neighbourhood", 3, 11),
    "quarter": ("neighbourhood", 2, 13),
    "neighbourhood": ("neighbourhood", 2, 13),
    "isolated_dwelling": ("locality", 1, 14),
    "farm": ("locality", 1, 14),
    "locality": ("locality", 0, 14),
}
KEYS = (
    *("building", "highway", "railway", "waterway", "natural", "water", "landuse", "leisure", "amenity"),
    *("place", "boundary", "route", "addr:housenumber"),
)


@dataclass(frozen=True)
class Drawn:
    """A feature's layer, its properties without names, and the farthest zoom at which it is drawn."""

    layer: str
    properties: dict[str, str | int | bool]
    min_zoom: int
    is_named: bool = True


def area_drawn(tags: Tags) -> Drawn | None:
    """What a closed outline is."""
    if tags.get("building", "no") not in ("no", "entrance"):
        return Drawn("buildings", {"kind": "building"}, 13, is_named=False)
    if tags.get("natural") == "water" or tags.get("waterway") == "riverbank" or _is_basin(tags):
        water = tags.get("water", "")
        return Drawn("water", {"kind": water if water in _WATERS else "water"}, 8)
    for key in _GROUND_KEYS:
        found = _GROUND.get((key, tags.get(key, "")))
        if found:
            return Drawn("landuse", {"kind": found[0]}, found[1], is_named=False)
    return None


def line_drawn(tags: Tags) -> Drawn | None:
    """What a line is."""
    if tags.get("area") == "yes":
        return None
    if "highway" in tags:
        return _road(tags)
    return _rail(tags) or _stream(tags) or _border(tags)


def node_drawn(tags: Tags) -> Drawn | None:
    """What a point is: a settlement with a name, or nothing the ground shows."""
    found = _PLACES.get(tags.get("place", ""))
    if not found or "name" not in tags:
        return None
    kind, rank, zoom = found
    people = tags.get("population", "")
    properties: dict[str, str | int | bool] = {"kind": kind, "kind_detail": tags["place"], "population_rank": rank}
    if people.isdecimal() and len(people) < 9:
        properties["population"] = int(people)
    return Drawn("places", properties, zoom)


def names_of(tags: Tags) -> dict[str, str]:
    """Its name, and what it is called in the languages read here where that differs."""
    name = tags.get("name", "")[:LONGEST_NAME]
    others = {f"name:{code}": tags[f"name:{code}"][:LONGEST_NAME] for code in LANGUAGES if tags.get(f"name:{code}")}
    return {key: text for key, text in {"name": name, **others}.items() if text and (key == "name" or text != name)}


def _road(tags: Tags) -> Drawn | None:
    detail = tags.get("highway", "")
    found = _ROADS.get(detail.removesuffix("_link"))
    if not found:
        return None
    kind, zoom = found
    properties: dict[str, str | int | bool] = {"kind": kind, "kind_detail": detail, **_over(tags)}
    if detail.endswith("_link"):
        properties, zoom = {**properties, "is_link": True}, max(zoom, 11)
    if detail == "service" and tags.get("service") in ("parking_aisle", "driveway"):
        zoom = NEAREST_ZOOM
    return Drawn("roads", properties, zoom)


def _rail(tags: Tags) -> Drawn | None:
    if tags.get("railway") in _RAILS:
        rail = tags["railway"]
        zoom = 13 if "service" in tags else _RAILS[rail]
        return Drawn("roads", {"kind": "rail", "kind_detail": rail, **_over(tags)}, zoom)
    return Drawn("roads", {"kind": "ferry"}, 10) if tags.get("route") == "ferry" else None


def _stream(tags: Tags) -> Drawn | None:
    way = tags.get("waterway", "")
    if way in _WATERWAYS and tags.get("tunnel", "no") == "no":
        return Drawn("water", {"kind": way}, _WATERWAYS[way])
    return None


def _border(tags: Tags) -> Drawn | None:
    level = tags.get("admin_level", "")
    if tags.get("boundary") == "administrative" and level in _BOUNDARIES:
        kind, zoom = _BOUNDARIES[level]
        return Drawn("boundaries", {"kind": kind, "kind_detail": int(level)}, zoom, is_named=False)
    return None


def _over(tags: Tags) -> dict[str, str | int | bool]:
    found: dict[str, str | int | bool] = {}
    if tags.get("bridge", "no") != "no":
        found["is_bridge"] = True
    if tags.get("tunnel", "no") != "no":
        found["is_tunnel"] = True
    return found


def _is_basin(tags: Tags) -> bool:
    return tags.get("landuse") in ("basin", "reservoir") or tags.get("waterway") == "dock"
