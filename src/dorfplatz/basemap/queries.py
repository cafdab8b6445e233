"""What there is of a base map, and where an address is. Open data: the same for every viewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dorfplatz.basemap.matching import Name, best, fold, name_of, number_rank, split_number
from dorfplatz.basemap.models import BaseMap, House, Street
from dorfplatz.villages.edition_memory import EditionMemory

MOST_STREETS, MOST_HOUSES = 8, 12
# Names of streets, of all municipalities together, in the memory of one process: some 1 kB each.
_names: EditionMemory[tuple[Name, ...]] = EditionMemory(40_000, len)


@dataclass(frozen=True)
class Found:
    """A street or a house. `key` names it in a form: “street-12”, “house-345”."""

    key: str
    street: str
    number: str
    postcode: str
    place: str
    lat: float
    lon: float

    @property
    def line(self) -> str:
        return f"{self.street} {self.number}".strip()


def maps_folder() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "maps"


def base_map_of(municipality_id: int) -> BaseMap | None:
    return BaseMap.objects.filter(pk=municipality_id).first()


def shown_file(municipality_id: int) -> str:
    """The name of the file of tiles that pages show, or ""."""
    return BaseMap.objects.filter(pk=municipality_id, is_on=True).values_list("file", flat=True).first() or ""


def has_addresses(municipality_id: int) -> bool:
    return BaseMap.objects.filter(pk=municipality_id, streets_count__gt=0).exists()


def streets_in(municipality_id: int, places: Collection[str]) -> list[tuple[str, str]]:
    """Village and name of each street there, by name. One query."""
    rows = Street.objects.filter(municipality_id=municipality_id, place__in=places).order_by("name")
    return list(rows.values_list("place", "name"))


def find_addresses(municipality_id: int, text: str) -> list[Found]:
    """Streets that may be meant; houses where a number stands behind the street, or the street where it has no such."""
    streets = find_streets(municipality_id, text)
    street, number = split_number(text)
    if not number or any(fold(found.street) == fold(text) for found in streets):
        return streets
    meant = find_streets(municipality_id, street)
    houses = [house for found in meant for house in find_houses(municipality_id, _pk(found.key), number)]
    return houses[:MOST_HOUSES] or meant


def find_streets(municipality_id: int, text: str) -> list[Found]:
    """The streets that may be meant, likeliest first."""
    ids = best(_names_of(municipality_id), text[:120], MOST_STREETS)
    found = Street.objects.in_bulk(ids) if ids else {}
    return [_street(found[pk]) for pk in ids if pk in found]


def find_houses(municipality_id: int, street_id: int, begins: str = "") -> list[Found]:
    """The houses of a street whose number begins so, as one walks along it; the number itself first."""
    houses = House.objects.filter(street_id=street_id, street__municipality_id=municipality_id).select_related("street")
    street = houses[0].street.name if houses else ""
    wanted = _squeezed(begins.strip().removeprefix(street))
    fitting = [house for house in houses if _squeezed(house.number).startswith(wanted)]
    fitting.sort(key=lambda house: number_rank(house.number))
    return [_house(house) for house in fitting[:MOST_HOUSES]]


def address_named(municipality_id: int, key: str) -> Found | None:
    """The street or house of that key; None where there is none here."""
    kind, _dash, pk = key.partition("-")
    if not (pk.isdecimal() and len(pk) < 19):
        return None
    if kind == "street":
        street = Street.objects.filter(pk=int(pk), municipality_id=municipality_id).first()
        return _street(street) if street else None
    house = House.objects.filter(pk=int(pk), street__municipality_id=municipality_id).select_related("street").first()
    return _house(house) if house and kind == "house" else None


def _names_of(municipality_id: int) -> Iterable[Name]:
    made = BaseMap.objects.filter(pk=municipality_id).values_list("made_at", flat=True).first()
    if made is None:
        return ()
    return _names.get(municipality_id, int(made.timestamp() * 1_000_000), lambda: _read_names(municipality_id))


def _read_names(municipality_id: int) -> tuple[Name, ...]:
    rows = Street.objects.filter(municipality_id=municipality_id).values_list("pk", "name", "place")
    return tuple(name_of(pk, name, place) for pk, name, place in rows.iterator())


def _street(street: Street) -> Found:
    key = f"street-{street.pk}"
    return Found(key, street.name, "", street.postcode, street.place, street.lat, street.lon)


def _house(house: House) -> Found:
    street = house.street
    key, postcode = f"house-{house.pk}", house.postcode or street.postcode
    return Found(key, street.name, house.number, postcode, street.place, house.lat, house.lon)


def _pk(key: str) -> int:
    return int(key.partition("-")[2])


def _squeezed(number: str) -> str:
    return "".join(number.casefold().split())
