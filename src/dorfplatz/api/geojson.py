"""The social map and the areas of the square as GeoJSON (RFC 7946). Pure: values in, plain JSON out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from dorfplatz.api.sources import Source, source_of
from dorfplatz.kernel.text import in_language
from dorfplatz.places.queries import Pin
from dorfplatz.villages.models import Area


def collection(features: Iterable[dict[str, Any]], *, sources: tuple[Source, ...]) -> dict[str, Any]:
    """A FeatureCollection with foreign members (section 6.1): what is to be shown beside the data, and in full."""
    return {
        "type": "FeatureCollection",
        "attribution": "; ".join(source.attribution for source in sources),
        "sources": [source.as_json() for source in sources],
        "features": list(features),
    }


def map_collection(pins: Iterable[Pin], *, base: str, sources: tuple[Source, ...]) -> dict[str, Any]:
    """Entries as points. Addresses are absolute, since the file is read elsewhere too."""
    return collection((_entry(pin, base, sources[0]) for pin in pins), sources=sources)


def _entry(pin: Pin, base: str, square: Source) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [pin.lon, pin.lat]},
        "properties": {
            "id": str(pin.id),
            "code": pin.code,
            "kind": pin.kind,
            "name": pin.name,
            "category": pin.category,
            "villages": list(pin.villages),
            "url": f"{base}{pin.url}",
            "open": pin.open,
            "confirmed_on": pin.confirmed_on.isoformat() if pin.confirmed_on else None,
            "source": source_of(pin.origin, square).key,
            "shape": pin.shape,
            "colour": pin.colour,
            "icon": pin.icon,
        },
    }


def area_feature(area: Area, *, language: str, url: str) -> dict[str, Any]:
    """A village with its outline; without one its centre, so that its name can still be written there."""
    centre = {"type": "Point", "coordinates": [area.lon, area.lat]} if area.point else None
    return {
        "type": "Feature",
        "geometry": wound(area.outline) if area.outline else centre,
        "properties": {
            "name": in_language(area.name, language),
            "slug": area.slug,
            "approximate": area.is_approximate,
            "tint": area.tint,
            "country": area.country,
            "lat": area.lat,
            "lon": area.lon,
            "url": url,
        },
    }


def wound(outline: Mapping[str, Any]) -> dict[str, Any]:
    """The outline with its outer rings counterclockwise and holes clockwise (section 3.1.6), however it was given."""
    polygons = outline["coordinates"] if outline["type"] == "MultiPolygon" else [outline["coordinates"]]
    turned = [[_turned(ring, left=number == 0) for number, ring in enumerate(polygon)] for polygon in polygons]
    return {"type": outline["type"], "coordinates": turned if outline["type"] == "MultiPolygon" else turned[0]}


def _turned(ring: Sequence[Sequence[float]], *, left: bool) -> list[Sequence[float]]:
    twice_the_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return list(ring) if (twice_the_area > 0) is left else list(reversed(ring))
