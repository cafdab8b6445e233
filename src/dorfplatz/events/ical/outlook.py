"""Names of time zones in other people's calendars: IANA's own, also with a prefix, and Outlook's. Pure."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import available_timezones

# Of Unicode's list of Windows zones (CLDR windowsZones), those that clubs hereabouts can be in.
WINDOWS = {
    "w. europe standard time": "Europe/Berlin",
    "romance standard time": "Europe/Paris",
    "central europe standard time": "Europe/Budapest",
    "central european standard time": "Europe/Warsaw",
    "gmt standard time": "Europe/London",
    "greenwich standard time": "Atlantic/Reykjavik",
    "e. europe standard time": "Europe/Chisinau",
    "fle standard time": "Europe/Kyiv",
    "gtb standard time": "Europe/Bucharest",
    "turkey standard time": "Europe/Istanbul",
    "utc": "UTC",
    "gmt": "UTC",
    "coordinated universal time": "UTC",
    "eastern standard time": "America/New_York",
    "pacific standard time": "America/Los_Angeles",
}
# What Outlook writes as people read it: “(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien”.
CITIES = {
    "amsterdam": "Europe/Berlin",
    "berlin": "Europe/Berlin",
    "brüssel": "Europe/Brussels",
    "brussel": "Europe/Brussels",
    "paris": "Europe/Paris",
    "london": "Europe/London",
    "belgrad": "Europe/Belgrade",
    "sarajevo": "Europe/Sarajevo",
}
LONGEST = 120


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


@lru_cache(maxsize=512)
def zone_of(name: str, usual: str) -> str:
    """The IANA zone that a TZID means; the usual one where it says nothing we know."""
    plain = name.strip().strip('"').casefold()[:LONGEST]
    if not plain:
        return usual
    if plain in WINDOWS:
        return WINDOWS[plain]
    parts = plain.strip("/").split("/")
    for length in (3, 2, 1):
        found = _known().get("/".join(parts[-length:]))
        if found:
            return found
    return next((zone for city, zone in CITIES.items() if city in plain), usual)
