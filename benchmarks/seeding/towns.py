"""Municipalities on a grid along the border, each with its villages, and neighbours in the next one."""

from __future__ import annotations

from collections.abc import Sequence

from dorfplatz.kernel.geo import Point
from dorfplatz.villages.description import Description, VillageDescription
from dorfplatz.villages.models import Area, AreaLink, Municipality

A_ROW = 10  # municipalities side by side
WIDE, HIGH = 0.2, 0.12  # degrees of one municipality
BEGINNINGS = ("Nieder", "Ober", "Alt", "Neu", "Groß", "Klein", "Sankt", "Hoch", "Wester", "Oster", "Mittel", "Kranen")
ENDINGS = ("dorf", "wyler", "burg", "feld", "moor", "bruch", "donk", "loo", "hausen", "kamp")
RING = ((0.0, 0.0), (0.55, -0.02), (1.0, 0.05), (0.97, 0.5), (1.0, 0.96), (0.5, 1.0), (0.02, 0.95), (0.04, 0.5))


def describe(number: int, villages: int) -> Description:
    """The municipality with that number. Every second one is Dutch."""
    country = "NL" if number % 2 else "DE"
    west, south = _corner(number)
    return Description(
        slug=f"stadt-{number}",
        name={"und": f"{BEGINNINGS[number % len(BEGINNINGS)]}stadt {number}"},
        country=country,
        official_key="05154040" if country == "DE" else "",
        languages=("de", "nl", "en"),
        timezone="Europe/Berlin",
        hosts=(f"m{number}.bench.test",),
        ring=tuple((west + x * WIDE, south + y * HIGH) for x, y in RING),
        villages=tuple(_village(number, place, villages) for place in range(villages)),
        foreign_areas=(),
    )


def _corner(number: int) -> tuple[float, float]:
    return 6.0 + (number % A_ROW) * WIDE, 51.0 + (number // A_ROW) * HIGH


def _village(number: int, place: int, villages: int) -> VillageDescription:
    west, south = _corner(number)
    column, row = place % 3, place // 3
    name = f"{BEGINNINGS[(number + place) % len(BEGINNINGS)]}{ENDINGS[place % len(ENDINGS)]}"
    return VillageDescription(
        slug=f"{name.lower().replace('ß', 'ss')}-{number}",
        name={"und": name},
        point=Point(south + (row + 0.5 + column * 0.07) * HIGH / 4, west + (column + 0.5 + row * 0.05) * WIDE / 3),
        inhabitants=3000 - place * (2400 // villages),
    )


def link_across(towns: Sequence[Municipality]) -> None:
    """Two villages of each municipality name one of the next as a neighbour, and are named by it."""
    villages = [list(Area.objects.villages().within(town.path).order_by("pk")) for town in towns]
    links = []
    for number in range(len(towns)):
        here, there = villages[number], villages[(number + 1) % len(towns)]
        if len(towns) > 1:
            links += [(here[-1], there[0]), (there[0], here[-1]), (here[-2], there[0]), (there[0], here[-2])]
    rows = [AreaLink(area=area, neighbour=other, position=9) for area, other in dict.fromkeys(links)]
    AreaLink.objects.bulk_create(rows, ignore_conflicts=True)
