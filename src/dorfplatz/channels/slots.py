"""When letters are due, in civil time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dorfplatz.channels.enums import Rhythm

AT = time(7)
THURSDAY = 3
# A worker that was away on the morning still writes the letter of the week on the next day.
LATE = {Rhythm.WEEKLY: timedelta(hours=36), Rhythm.DAILY: timedelta(hours=12)}


@dataclass(frozen=True)
class Slot:
    """One morning for which letters are written; each person gets one letter for it."""

    rhythm: Rhythm
    on: date

    @property
    def key(self) -> str:
        return f"{self.rhythm}-{self.on:%Y-%m-%d}"

    @property
    def days(self) -> int:
        """How many days the letter looks back, and ahead."""
        return 7 if self.rhythm == Rhythm.WEEKLY else 1


def slots_due(now: datetime, zone: str) -> list[Slot]:
    """The mornings whose letters should be written by now."""
    local = now.astimezone(ZoneInfo(zone))
    today = local.date() if local.time().replace(tzinfo=None) >= AT else local.date() - timedelta(days=1)
    last_thursday = today - timedelta(days=(today.weekday() - THURSDAY) % 7)
    some = [Slot(Rhythm.WEEKLY, last_thursday), Slot(Rhythm.DAILY, today)]
    return [slot for slot in some if now - datetime.combine(slot.on, AT, ZoneInfo(zone)) < LATE[slot.rhythm]]


def slot_of(key: str) -> Slot:
    """The slot with that key."""
    rhythm, _dash, day = key.partition("-")
    return Slot(Rhythm(rhythm), date.fromisoformat(day))
