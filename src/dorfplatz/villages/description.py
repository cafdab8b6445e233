"""A municipality's description file: read, checked and turned into plain values, without a database."""

from __future__ import annotations

import json
import re
import tomllib
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dorfplatz.kernel.geo import Point, outline_of, ring_outline, rounded
from dorfplatz.kernel.text import ANY_LANGUAGE
from dorfplatz.kernel.verdict import Problem

KNOWN_LANGUAGES = ("de", "nl", "en")
LARGEST_FILE_BYTES = 1_000_000
LARGEST_OUTLINES_BYTES = 50_000_000
LONGEST_NAME = 120
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
HOST = re.compile(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")


@dataclass(frozen=True)
class VillageDescription:
    slug: str
    name: Mapping[str, str]
    point: Point
    inhabitants: int | None = None
    neighbours: tuple[str, ...] | None = None
    outline: dict[str, Any] | None = None


@dataclass(frozen=True)
class ForeignArea:
    """A neighbour outside the municipality, also across the border."""

    slug: str
    name: Mapping[str, str]
    country: str
    point: Point
    municipality: str


@dataclass(frozen=True)
class Description:
    slug: str
    name: Mapping[str, str]
    country: str
    official_key: str
    languages: tuple[str, ...]
    timezone: str
    hosts: tuple[str, ...]
    ring: tuple[tuple[float, float], ...] | None
    villages: tuple[VillageDescription, ...]
    foreign_areas: tuple[ForeignArea, ...]


def read_description(path: Path) -> Description:
    """The description in a TOML file and the outlines beside it. Raises Problem with one sentence."""
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise Problem(_("“%(file)s” is too large for a description.") % {"file": path.name})
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Problem(_("“%(file)s” cannot be read.") % {"file": path.name}) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem(
            _("“%(file)s” is not a TOML file: %(why)s") % {"file": path.name, "why": str(error)[:200]}
        ) from error
    outlines: dict[str, dict[str, Any]] = {}
    named = _table(raw, "municipality").get("outlines")
    if named:
        outlines = read_outlines(path.parent / str(named))
    return parse_description(raw, outlines)


def read_outlines(path: Path) -> dict[str, dict[str, Any]]:
    """Outlines by the property `slug` of a GeoJSON FeatureCollection. Raises Problem."""
    try:
        if path.stat().st_size > LARGEST_OUTLINES_BYTES:
            raise Problem(_("“%(file)s” is too large for outlines.") % {"file": path.name})
        collection = json.loads(path.read_text("utf-8"))
        features = collection["features"]
        return {str(f["properties"]["slug"]): _polygon(f["geometry"]) for f in features if f["geometry"]}
    except OSError as error:
        raise Problem(_("“%(file)s” cannot be read.") % {"file": path.name}) from error
    except Problem:
        raise
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Problem(
            _("“%(file)s” is not a GeoJSON collection of polygons with a “slug” each.") % {"file": path.name}
        ) from error


def _polygon(geometry: Mapping[str, Any]) -> dict[str, Any]:
    return rounded(outline_of(geometry).__geo_interface__)


def parse_description(raw: Mapping[str, Any], outlines: Mapping[str, dict[str, Any]]) -> Description:
    """Check every value. Raises Problem that names the place and says what is expected."""
    head = _table(raw, "municipality")
    languages = tuple(_words(head, "languages", KNOWN_LANGUAGES))
    if not languages or not set(languages) <= set(KNOWN_LANGUAGES) or len(set(languages)) < len(languages):
        raise Problem(_("“languages” may hold %(known)s.") % {"known": ", ".join(KNOWN_LANGUAGES)})
    timezone = str(head.get("timezone", "Europe/Berlin"))
    if timezone not in zoneinfo.available_timezones():
        raise Problem(_("“%(name)s” is not a time zone.") % {"name": timezone})
    villages = tuple(_village(item, outlines) for item in _tables(raw, "village"))
    if not villages:
        raise Problem(_("A municipality needs at least one [[village]]."))
    foreign = tuple(_foreign_area(item) for item in _tables(raw, "foreign_area"))
    _check_slugs([v.slug for v in villages] + [f.slug for f in foreign])
    _check_neighbours(villages, foreign)
    return Description(
        slug=_slug(head),
        name=_name(head),
        country=_country(head),
        official_key=str(head.get("key", ""))[:20],
        languages=languages,
        timezone=timezone,
        hosts=tuple(_host(host) for host in _words(head, "hosts")),
        ring=_ring(head.get("ring")),
        villages=villages,
        foreign_areas=foreign,
    )


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    if not isinstance(found, Mapping):
        raise Problem(_("The description has no [%(name)s] part.") % {"name": name})
    return found


def _tables(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = raw.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, Mapping) for item in found):
        raise Problem(_("Write [[%(name)s]] with two brackets, once for each.") % {"name": name})
    return found


def _words(item: Mapping[str, Any], name: str, default: Sequence[str] = ()) -> list[str]:
    found = item.get(name, list(default))
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise Problem(_('Write “%(name)s” as a list: ["…", "…"].') % {"name": name})
    return found


def _slug(item: Mapping[str, Any]) -> str:
    slug = str(item.get("slug", ""))
    if not SLUG.match(slug) or len(slug) > 60:
        raise Problem(_("“%(slug)s” cannot be a slug: use a–z, 0–9 and hyphens.") % {"slug": slug[:80]})
    return slug


def _name(item: Mapping[str, Any]) -> dict[str, str]:
    name = item.get("name", "")
    if isinstance(name, Mapping):
        names = {str(code): str(text).strip()[:LONGEST_NAME] for code, text in name.items() if str(text).strip()}
        if names and set(names) <= set(KNOWN_LANGUAGES):
            return names
    elif str(name).strip():
        return {ANY_LANGUAGE: str(name).strip()[:LONGEST_NAME]}
    raise Problem(_("“%(slug)s” has no name.") % {"slug": item.get("slug", "?")})


def _country(item: Mapping[str, Any]) -> str:
    country = str(item.get("country", "")).upper()
    if len(country) != 2 or not country.isalpha():
        raise Problem(_("“country” of “%(slug)s” must be two letters such as DE.") % {"slug": item.get("slug", "?")})
    return country


def _point(item: Mapping[str, Any]) -> Point:
    try:
        return Point(float(item["lat"]), float(item["lon"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Problem(_("“%(slug)s” needs lat and lon in degrees.") % {"slug": item.get("slug", "?")}) from error


def _host(host: str) -> str:
    name = host.strip().lower().rstrip(".")
    if not HOST.match(name) or len(name) > 253:
        raise Problem(_("“%(host)s” is not a host name.") % {"host": name[:80]})
    return name


def _ring(ring: object) -> tuple[tuple[float, float], ...] | None:
    if ring is None:
        return None
    try:
        points = tuple((float(lon), float(lat)) for lon, lat in ring)  # type: ignore[attr-defined]  # or it fails
        ring_outline(points)
    except (TypeError, ValueError) as error:
        raise Problem(_("“ring” must be a list of [longitude, latitude] pairs around the municipality.")) from error
    return points


def _village(item: Mapping[str, Any], outlines: Mapping[str, dict[str, Any]]) -> VillageDescription:
    slug = _slug(item)
    inhabitants = item.get("inhabitants")
    if inhabitants is not None and (type(inhabitants) is not int or not 0 <= inhabitants < 100_000_000):
        raise Problem(_("“inhabitants” of “%(slug)s” must be a whole number.") % {"slug": slug})
    return VillageDescription(
        slug=slug,
        name=_name(item),
        point=_point(item),
        inhabitants=inhabitants,
        neighbours=tuple(dict.fromkeys(_words(item, "neighbours"))) if "neighbours" in item else None,
        outline=outlines.get(slug),
    )


def _foreign_area(item: Mapping[str, Any]) -> ForeignArea:
    return ForeignArea(
        slug=_slug(item),
        name=_name(item),
        country=_country(item),
        point=_point(item),
        municipality=str(item.get("municipality", "")).strip()[:120] or str(item.get("slug")),
    )


def _check_slugs(slugs: list[str]) -> None:
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if twice:
        raise Problem(_("The slug “%(slug)s” is there twice.") % {"slug": twice[0]})


def _check_neighbours(villages: tuple[VillageDescription, ...], foreign: tuple[ForeignArea, ...]) -> None:
    known = {v.slug for v in villages} | {f.slug for f in foreign}
    for village in villages:
        for neighbour in village.neighbours or ():
            if neighbour not in known or neighbour == village.slug:
                raise Problem(
                    _("“%(slug)s” names the neighbour “%(neighbour)s”, which is not described.")
                    % {"slug": village.slug, "neighbour": neighbour[:80]}
                )
