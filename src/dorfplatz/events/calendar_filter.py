"""What somebody asks of the calendar, as it stands in the address. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Protocol

from dorfplatz.places.map_filter import GENERATIONS

LIST, DAY, WEEK, MONTH = "list", "day", "week", "month"
VIEWS = (LIST, DAY, WEEK, MONTH)
LONGEST_QUESTION = 200
MOST_VALUES = 40
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)


class Parameters(Protocol):
    """What a QueryDict offers."""

    def get(self, key: str, default: str) -> str: ...

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class CalendarFilter:
    """All but the villages, which are a filter of their own. `since` and `until` are the first and the last day."""

    since: date | None = None
    until: date | None = None
    themes: tuple[str, ...] = ()
    generations: tuple[str, ...] = ()
    free: bool = False
    q: str = ""
    view: str = LIST

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """As in the address, in a fixed order."""
        pairs = [("view", self.view)] if self.view != LIST else []
        pairs += [("from", self.since.isoformat())] if self.since else []
        pairs += [("to", self.until.isoformat())] if self.until else []
        pairs += [("theme", theme) for theme in self.themes]
        pairs += [("generation", generation) for generation in self.generations]
        pairs += [("free", "1")] if self.free else []
        return [*pairs, ("q", self.q)] if self.q else pairs

    @property
    def narrows(self) -> bool:
        """Whether something but the days is asked."""
        return bool(self.themes or self.generations or self.free or self.q)

    @property
    def generation_bits(self) -> int:
        return sum(int(GENERATIONS[name]) for name in self.generations)

    def with_(self, **changes: Any) -> CalendarFilter:
        return replace(self, **changes)

    def span(self, today: date) -> tuple[date, date | None]:
        """The first and the last day shown; a list without `to` has no last one."""
        since = self.since or today
        if self.view == DAY:
            return since, since
        if self.view == WEEK:
            monday = since - timedelta(days=since.weekday())
            return monday, monday + timedelta(days=6)
        if self.view == MONTH:
            first = since.replace(day=1)
            return first, next_month(first) - timedelta(days=1)
        return since, self.until


def next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def previous_month(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def read_calendar_filter(parameters: Parameters, themes: Iterable[str]) -> CalendarFilter:
    """The filter an address states. What is not understood is not asked; nothing raises."""
    since, until = _day(parameters.get("from", "")), _day(parameters.get("to", ""))
    view = parameters.get("view", "")
    return CalendarFilter(
        since=since,
        until=until if until and (since is None or until >= since) else None,
        themes=_known(parameters.getlist("theme"), themes),
        generations=_known(parameters.getlist("generation"), GENERATIONS),
        free=parameters.get("free", "") == "1",
        q=" ".join(parameters.get("q", "").replace("\0", "").split())[:LONGEST_QUESTION],
        view=view if view in VIEWS else LIST,
    )


def _known(values: list[str], known: Iterable[str]) -> tuple[str, ...]:
    allowed = set(known)
    return tuple(value for value in dict.fromkeys(values[:MOST_VALUES]) if value in allowed)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
