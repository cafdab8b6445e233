"""Events for tests, made through the action."""

from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from typing import Any

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.enums import Audience
from dorfplatz.events.actions import add_event
from dorfplatz.events.civil import Span
from dorfplatz.events.drafts import EventDraft, EventFacts
from dorfplatz.events.models import Event
from dorfplatz.events.recurrence import read_rule
from dorfplatz.kernel.actor import Actor
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW

_numbers = itertools.count(1)
TODAY = date(2026, 11, 23)
BERLIN = "Europe/Berlin"


def span(on: date = TODAY, begins: str = "19:00", ends: str = "21:00", *, days: int = 0, zone: str = BERLIN) -> Span:
    """Hours as text; "" for all day, or for an open end."""
    first = time.fromisoformat(begins) if begins else None
    last = time.fromisoformat(ends) if ends and begins else None
    return Span(on, first, on + timedelta(days=days), last, zone)


def event_draft(
    *areas: Area,
    title: str = "",
    body: str = "",
    when: Span | None = None,
    rule: str = "",
    language: str = "de",
    texts: dict[str, tuple[str, str]] | None = None,
    audience: Audience = Audience.PUBLIC,
    holiday_region: str = "",
    **facts: Any,
) -> EventDraft:
    return EventDraft(
        words=Draft(
            title=title or f"Termin {next(_numbers):03}",
            body=body,
            language=language,
            areas=areas,
            texts=texts,
            audience=audience,
        ),
        span=when or span(),
        rule=read_rule(rule) if rule else None,
        holiday_region=holiday_region,
        facts=EventFacts(**facts),
    )


def event(*areas: Area, by: Actor = INSTALLER, now: datetime = NOW, **said: Any) -> Event:
    """One published event."""
    return add_event(event_draft(*areas, **said), by=by, now=now)
