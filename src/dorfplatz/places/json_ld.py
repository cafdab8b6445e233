"""What search engines and other machines read of an entry: schema.org as JSON-LD. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from dorfplatz.kernel.text import Markup, excerpt, plain
from dorfplatz.places.enums import PlaceKind, Status, StepFree
from dorfplatz.places.hours import read_hours
from dorfplatz.places.hours_weekly import to_week
from dorfplatz.places.queries import PlacePage

LONGEST = 500
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What could end the script element or begin a comment in it is written as an escape, which JSON reads back.
ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_ld(page: PlacePage, *, url: str, is_business: bool) -> Markup:
    """The entry as one JSON object that is safe inside a script element."""
    return Markup(json.dumps(described(page, url=url, is_business=is_business), ensure_ascii=False).translate(ESCAPES))


def described(page: PlacePage, *, url: str, is_business: bool) -> dict[str, Any]:
    """The entry as schema.org says it; what is not known is left out."""
    listing, kind = page.listing, page.entry.kind
    said = {
        "@context": "https://schema.org",
        "@type": _type(kind, is_business),
        "@id": url,
        "url": url,
        "name": page.words.title,
        "description": excerpt(plain(page.words.body), LONGEST),
        "inLanguage": page.words.language if kind == PlaceKind.SERVICE else "",
        "telephone": listing.phone,
        "email": listing.email,
        "sameAs": listing.website,
        "address": _address(page) if kind != PlaceKind.SERVICE else "",
        "geo": _geo(page) if kind != PlaceKind.SERVICE else "",
        "areaServed": [str(area) for area in page.service_area],
        "availableLanguage": list(listing.spoken_languages) if kind == PlaceKind.SERVICE else "",
        "isAccessibleForFree": listing.is_free,
        "openingHoursSpecification": _hours(listing.opening_hours) if kind != PlaceKind.SERVICE else "",
        "hoursAvailable": _hours(listing.opening_hours) if kind == PlaceKind.SERVICE else "",
        "amenityFeature": _step_free(listing.step_free) if kind == PlaceKind.LOCATION else "",
    }
    if listing.status == Status.CLOSED:
        said.pop("openingHoursSpecification")
    if kind == PlaceKind.ORGANIZATION and not is_business:
        # Only a LocalBusiness or a Place has opening hours and a point.
        for name in ("openingHoursSpecification", "geo", "isAccessibleForFree"):
            said.pop(name, None)
    if kind == PlaceKind.SERVICE:
        for name in ("telephone", "email", "isAccessibleForFree"):
            said.pop(name, None)
    return {name: value for name, value in said.items() if value not in ("", None, [], {})}


def _type(kind: str, is_business: bool) -> str:
    if kind == PlaceKind.ORGANIZATION:
        return "LocalBusiness" if is_business else "Organization"
    return "Service" if kind == PlaceKind.SERVICE else "Place"


def _address(page: PlacePage) -> Mapping[str, str]:
    listing = page.listing
    parts = {"streetAddress": listing.street, "postalCode": listing.postcode, "addressLocality": listing.town}
    known = {name: value for name, value in parts.items() if value}
    country = page.areas[0].country if page.areas else ""
    return {"@type": "PostalAddress", **known, "addressCountry": country} if known else {}


def _geo(page: PlacePage) -> Mapping[str, Any]:
    point = page.entry.point
    return {"@type": "GeoCoordinates", "latitude": point.lat, "longitude": point.lon} if point else {}


def _hours(opening_hours: str) -> list[dict[str, str]]:
    """Of hours that a plain week can hold; others are left to readers of text."""
    week = to_week(read_hours(opening_hours).hours)
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{WEEKDAYS[day]}",
            "opens": f"{start:%H:%M}",
            "closes": f"{end:%H:%M}",
        }
        for day, start, end in (week.spans if week else ())
    ]


def _step_free(step_free: str) -> list[dict[str, Any]]:
    if step_free not in {StepFree.YES, StepFree.NO}:
        return []
    value = step_free == StepFree.YES
    return [{"@type": "LocationFeatureSpecification", "name": "wheelchairAccessible", "value": value}]
