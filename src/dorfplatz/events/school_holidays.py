"""School holidays by region: the table that comes with the product. Pure."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Region:
    """A region with holidays of its own; periods are first and last days, in order."""

    key: str
    name: Mapping[str, str] = field(hash=False)
    periods: tuple[tuple[date, date], ...]

    def is_holiday(self, day: date) -> bool:
        place = bisect_right(self.periods, (day, date.max)) - 1
        return place >= 0 and day <= self.periods[place][1]


@cache
def regions() -> dict[str, Region]:
    raw = tomllib.loads((files("dorfplatz.events") / "school_holidays.toml").read_text("utf-8"))
    return {
        key: Region(
            key,
            said["name"],
            tuple(sorted((date.fromisoformat(a), date.fromisoformat(b)) for a, b in said["periods"])),
        )
        for key, said in raw.items()
    }


def region_of_country(country: str) -> str:
    """The region that comes with the product for a country; "" where there is none."""
    return next((key for key in regions() if key.startswith(f"{country}-")), "")


def holidays_of(key: str) -> Callable[[date], bool]:
    """Whether a day is a school holiday in that region; never in one that nobody knows."""
    region = regions().get(key)
    return region.is_holiday if region else lambda _day: False
