"""What a series comes to: its rule, without school holidays, with single dates cancelled, moved and added. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from dorfplatz.events.civil import Span
from dorfplatz.events.enums import Change
from dorfplatz.events.recurrence import MOST_DATES, Rule, dates_of

# A moved date may come from outside of the days asked for.
FARTHEST = timedelta(days=62)


@dataclass(frozen=True)
class Single:
    """What differs on one date: `on` is the day it would have been; `span` when it is instead."""

    on: date
    change: Change
    span: Span | None = None
    word: str = ""


@dataclass(frozen=True)
class Happening:
    """One date as it takes place, or does not. `on` names it within its series and stays, wherever it is moved."""

    on: date
    span: Span
    change: Change | None = None
    word: str = ""


def happenings(
    span: Span,
    rule: Rule | None,
    singles: Collection[Single],
    *,
    since: date,
    until: date,
    is_holiday: Callable[[date], bool] = lambda _day: False,
) -> list[Happening]:
    """All dates that begin within these days, the cancelled among them, in order; at most MOST_DATES."""
    changes = {single.on: single for single in singles}
    days = dates_of(rule, span.starts_on, since=since - FARTHEST, until=until + FARTHEST)
    regular = [day for day in days if day in changes or rule is None or not is_holiday(day)]
    found = [_happening(day, span, changes.pop(day, None)) for day in regular]
    found = [one for one in found if one.change != Change.OMITTED]
    found += [_happening(on, span, single) for on, single in changes.items() if single.change == Change.ADDED]
    inside = [one for one in found if since <= one.span.starts_on <= until]
    return sorted(inside, key=lambda one: (one.span.starts_at, one.on))[:MOST_DATES]


def _happening(on: date, span: Span, single: Single | None) -> Happening:
    if single is None:
        return Happening(on, span.moved_to(on))
    return Happening(on, single.span or span.moved_to(on), single.change, single.word)
