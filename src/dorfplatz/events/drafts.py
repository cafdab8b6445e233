"""What somebody, or an import, states about an event; plain values without a table."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.events.civil import Span
from dorfplatz.events.enums import Status
from dorfplatz.events.recurrence import Rule
from dorfplatz.events.series import Single
from dorfplatz.places.enums import StepFree


@dataclass(frozen=True)
class EventFacts:
    """Columns of an event that people and sources fill in; names and meaning as in models.Event."""

    place_id: int | None = None
    place_words: str = ""
    organiser_id: int | None = None
    theme_id: int | None = None
    generations: int = 0
    is_free: bool | None = None
    cost_note: str = ""
    step_free: str = StepFree.UNKNOWN
    spoken_languages: Sequence[str] = ()
    registration: str = ""
    takes_names: bool = True
    capacity: int | None = None

    def columns(self) -> dict[str, Any]:
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return {**values, "spoken_languages": list(self.spoken_languages)}


@dataclass(frozen=True)
class EventDraft:
    """All that is said about one event. `singles` None means: what is said of single dates stays."""

    words: Draft
    span: Span
    rule: Rule | None = None
    holiday_region: str = ""
    facts: EventFacts = field(default_factory=EventFacts)
    singles: Sequence[Single] | None = None
    uid: str = ""
    status: Status = Status.PLANNED
    status_word: str = ""

    def columns(self) -> dict[str, Any]:
        """The values as the table stores them; the name in other calendars and the state are not among them."""
        return {
            "starts_on": self.span.starts_on,
            "starts_time": self.span.starts_time,
            "ends_on": self.span.ends_on,
            "ends_time": self.span.ends_time,
            "zone": self.span.zone,
            "rule": str(self.rule) if self.rule else "",
            "holiday_region": self.holiday_region if self.rule else "",
            **self.facts.columns(),
        }
