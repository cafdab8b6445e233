"""The entries of the demonstration's social map as its files state them: plain values, checked, without a database."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dorfplatz.kernel.geo import METRES_PER_DEGREE, Point
from dorfplatz.places.enums import SPOKEN_LANGUAGES, Generation, OfferedBy, PlaceKind, StepFree
from dorfplatz.places.hours import read_hours
from dorfplatz.places.taxonomy import Term, standard_taxonomy
from dorfplatz.portal.demo.reading import FaultyData, check_names, entry_files, read_toml, rows_of, words

# The whole municipality, where others name their village.
MUNICIPALITY = "municipality"
FIELDS = frozenset({
    "key", "kind", "category", "language", "title", "text", "at", "street", "phone", "email", "website", "hours",
    "hours_note", "free", "cost", "step_free", "access", "generations", "ages", "spoken", "offered_by", "alert",
    "confirmed", "by", "part_of", "organization", "serves", "founded", "capacity", "apply", "keeper",
    "in_municipality", "illustration",
})  # fmt: skip
# How many days ago an entry was confirmed for which the file does not say.
USUAL_AGES = (9, 16, 23, 31, 42, 56, 68, 79, 95, 110, 128, 150)


@dataclass(frozen=True)
class EntryData:
    """One entry. `village` is a slug or MUNICIPALITY; `at` is metres to the east and to the north of its centre.

    `part_of` is the key of the entry it is shown with, `organization` of the one that runs it, both of that village.
    """

    key: str
    village: str
    kind: PlaceKind
    category: str
    language: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    at: tuple[float, float] | None
    hours: str
    generations: int
    offered_by: str
    confirmed_days_ago: int
    confirmed_by: str
    part_of: str
    organization: str
    keeper: str
    serves: tuple[str, ...]
    illustration: str
    said: Mapping[str, Any] = field(repr=False)

    @property
    def uri(self) -> str:
        """By which a later run knows the entry again."""
        return f"demo:{self.village}/{self.key}"

    @property
    def needs(self) -> set[str]:
        """Uris of entries that must be there before."""
        return {f"demo:{self.village}/{key}" for key in (self.part_of, self.organization) if key}

    def point(self, centre: Point | None) -> Point | None:
        """Where it is, given the centre of its village."""
        if self.at is None or centre is None:
            return None
        east, north = self.at
        squeeze = math.cos(math.radians(centre.lat))
        lat = centre.lat + north / METRES_PER_DEGREE
        lon = centre.lon + east / (METRES_PER_DEGREE * squeeze)
        return Point(round(lat, 6), round(lon, 6))


def read_entries() -> list[EntryData]:
    """All entries of all files. Raises FaultyData that names the file and the entry."""
    found = [entry for name in entry_files() for entry in _entries_of(name)]
    by_uri = {entry.uri: entry for entry in found}
    if len(by_uri) < len(found):
        uris = [entry.uri for entry in found]
        raise FaultyData(f"{next(uri for uri in uris if uris.count(uri) > 1)}: the key is there twice")
    for entry in found:
        for needed in entry.needs:
            if needed not in by_uri or by_uri[needed].needs:
                raise FaultyData(f"{entry.uri}: “{needed}” is not there, or hangs on another itself")
    return found


def _entries_of(name: str) -> list[EntryData]:
    raw = read_toml(name)
    village = str(raw.get("village", ""))
    if not village:
        raise FaultyData(f"{name}: no village")
    return [_entry(row, village, f"{name}, “{row.get('key', '?')}”") for row in rows_of(raw, "entry", name)]


def _entry(row: Mapping[str, Any], village: str, where: str) -> EntryData:
    check_names(row, FIELDS, where)
    key, category = str(row.get("key", "")), str(row.get("category", ""))
    if not key or category not in standard_taxonomy():
        raise FaultyData(f"{where}: an entry needs a key and a category of the taxonomy, not “{category}”")
    term = standard_taxonomy()[category]
    keeper = str(row.get("keeper", ""))
    return EntryData(
        key=key,
        village=MUNICIPALITY if row.get("in_municipality") else village,
        kind=_one_of(PlaceKind, row.get("kind", term.kind), where),
        category=category,
        language=str(row.get("language", "de")),
        title=words(row, "title", where),
        text=words(row, "text", where),
        at=_offset(row, where),
        hours=_hours(str(row.get("hours", "")), where),
        generations=_generations(row, term, where),
        offered_by=_one_of(OfferedBy, row.get("offered_by", term.offered_by), where),
        confirmed_days_ago=int(row.get("confirmed", _usual_age(village, key))),
        confirmed_by=str(row.get("by", "keeper" if keeper else "connector")),
        part_of=str(row.get("part_of", "")),
        organization=str(row.get("organization", "")),
        keeper=keeper,
        serves=tuple(str(slug) for slug in row.get("serves", ())),
        illustration=str(row.get("illustration", "")),
        said=_checked(row, where),
    )


def _one_of(choices: Any, value: object, where: str) -> Any:
    try:
        return choices(value)
    except ValueError as error:
        raise FaultyData(f"{where}: “{value}” is none of {', '.join(choices.values)}") from error


def _offset(row: Mapping[str, Any], where: str) -> tuple[float, float] | None:
    if row.get("in_municipality"):
        return None
    at = row.get("at")
    if not isinstance(at, list) or len(at) != 2:
        raise FaultyData(f"{where}: “at” is two numbers, metres to the east and to the north")
    return float(at[0]), float(at[1])


def _hours(text: str, where: str) -> str:
    read = read_hours(text)
    if read.note:
        raise FaultyData(f"{where}: these are no opening hours: {text}")
    return read.hours


def _generations(row: Mapping[str, Any], term: Term, where: str) -> int:
    names = [str(name).upper() for name in row.get("generations", term.generations)]
    if not set(names) <= set(Generation.__members__):
        raise FaultyData(f"{where}: “generations” may hold {', '.join(Generation.__members__).lower()}")
    return sum({Generation[name].value for name in names})


def _checked(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What goes into the listing as it is said."""
    _one_of(StepFree, row.get("step_free", StepFree.UNKNOWN), where)
    if not set(row.get("spoken", ())) <= set(SPOKEN_LANGUAGES):
        raise FaultyData(f"{where}: “spoken” may hold {', '.join(SPOKEN_LANGUAGES)}")
    if row.get("language", "de") not in {"de", "nl"}:
        raise FaultyData(f"{where}: an original is German or Dutch")
    notes = {name: words(row, name, where, needed=False) for name in ("cost", "access", "hours_note", "alert", "apply")}
    return {**row, **notes}


def _usual_age(village: str, key: str) -> int:
    """The same for an entry in every run, and different from entry to entry."""
    digest = hashlib.sha256(f"{village}/{key}".encode()).digest()
    return USUAL_AGES[digest[0] % len(USUAL_AGES)]
