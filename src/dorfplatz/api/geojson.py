"""The social map and the areas of the square as GeoJSON (RFC 7946). Pure: values in, plain JSON out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dorfplatz.kernel.text import in_language
from dorfplatz.places.queries import Pin
from dorfplatz.villages.models import Area

OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0, https://www.openstreetmap.org/copyright"


def collection(features: Iterable[dict[str, Any]], *, attribution: str) -> dict[str, Any]:
    """A FeatureCollection; `attribution` is a foreign member (section 6.1), to be shown wherever the data are."""
    return {"type": "FeatureCollection", "attribution": attribution, "features": list(features)}


def map_collection(pins: Iterable[Pin], *, base: str, square: str) -> dict[str, Any]:
    """Entries as points. Addresses are absolute, since the file is read elsewhere too."""
    some = list(pins)
    sources = [square, *([OSM_ATTRIBUTION] if any(pin.is_from_osm for pin in some) else [])]
    return collection((_entry(pin, base) for pin in some), attribution="; ".join(sources))


def _entry(pin: Pin, base: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [pin.lon, pin.lat]},
        "properties": {
            "id": str(pin.id),
            "kind": pin.kind,
            "name": pin.name,
            "category": pin.category,
            "villages": list(pin.villages),
            "url": f"{base}{pin.url}",
            "open": pin.open,
            "confirmed_on": pin.confirmed_on.isoformat() if pin.confirmed_on else None,
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
        "geometry": area.outline or centre,
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
