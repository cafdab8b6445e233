"""From what an extract says of streets and houses to one row each. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dorfplatz.basemap.drawing.sketch import Spot


@dataclass(frozen=True)
class Lane:
    """One street of one village, with its houses by number."""

    name: str
    place: str
    postcode: str
    lat: float
    lon: float
    houses: dict[str, Spot]


def lanes_of(spots: Iterable[Spot], place_of: Callable[[Spot], str]) -> list[Lane]:
    """The streets with their houses, each once. `place_of` says in which village a spot is, or "".

    A street's middle is the stretch, else the house, nearest to the mean of all of them: a point on the street.
    """
    by_street: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.street:
            by_street[place_of(spot) or spot.town, spot.street].append(spot)
    return [_lane(name, place, by_street[place, name]) for place, name in sorted(by_street)]


def _lane(name: str, place: str, spots: list[Spot]) -> Lane:
    houses: dict[str, Spot] = {}
    for spot in spots:
        if spot.number:
            houses.setdefault(spot.number, spot)
    postcodes = Counter(spot.postcode for spot in spots if spot.postcode)
    middle = _middle([spot for spot in spots if not spot.number] or spots)
    commonest = max(postcodes, key=lambda code: postcodes[code], default="")
    return Lane(name, place, commonest, middle.lat, middle.lon, houses)


def _middle(spots: list[Spot]) -> Spot:
    lat = sum(spot.lat for spot in spots) / len(spots)
    lon = sum(spot.lon for spot in spots) / len(spots)
    return min(spots, key=lambda spot: (spot.lat - lat) ** 2 + (spot.lon - lon) ** 2)
