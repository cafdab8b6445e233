"""Time as people say it: local days and hours in a zone; and the moments they are. Pure.

What begins at an hour that the clocks leave out (half past two, the last Sunday of March) begins as much after the hour
before as it says; of an hour that comes twice the first is meant (RFC 5545, section 3.3.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LONGEST_DAYS = 366


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@dataclass(frozen=True)
class Span:
    """From a local day and hour to another. All day without `starts_time`; without `ends_time` the end is open."""

    starts_on: date
    starts_time: time | None
    ends_on: date
    ends_time: time | None
    zone: str

    @property
    def is_all_day(self) -> bool:
        return self.starts_time is None

    @property
    def starts_at(self) -> datetime:
        """The moment it begins; all day from midnight."""
        return moment(self.starts_on, self.starts_time or time.min, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The moment it is over; never before it begins."""
        if self.is_all_day:
            return max(moment(self.ends_on + DAY, time.min, self.zone), self.starts_at)
        if self.ends_time is None:
            return self.starts_at
        return max(moment(self.ends_on, self.ends_time, self.zone), self.starts_at)

    @property
    def last_on(self) -> date:
        """The last day on which one can be there: what ends in the night was the evening before."""
        if self.ends_time is not None and self.ends_on > self.starts_on and self.ends_time <= time(6):
            return self.ends_on - DAY
        return max(self.ends_on, self.starts_on)

    @property
    def days(self) -> list[date]:
        """Every day of it, for the calendar."""
        count = min((self.last_on - self.starts_on).days, LONGEST_DAYS - 1) + 1
        return [self.starts_on + DAY * number for number in range(max(count, 1))]

    def moved_to(self, day: date) -> Span:
        """The same hours, beginning on another day."""
        return replace(self, starts_on=day, ends_on=day + (self.ends_on - self.starts_on))


def moment(day: date, at: time, zone: str) -> datetime:
    """The moment in UTC."""
    return datetime.combine(day, at.replace(tzinfo=None, fold=0), zone_named(zone)).astimezone(UTC)
