"""What search engines read of an event: schema.org/Event as JSON-LD. Pure."""

from __future__ import annotations

import json
from typing import Any

from dorfplatz.events.enums import Change, Status
from dorfplatz.events.queries.page import EventPage
from dorfplatz.kernel.text import Markup, excerpt, plain
from dorfplatz.places.json_ld import ESCAPES

LONGEST = 500


def json_ld(page: EventPage, *, url: str) -> Markup:
    """The date that is shown as one JSON object that is safe inside a script element."""
    return Markup(json.dumps(_described(page, url), ensure_ascii=False).translate(ESCAPES))


def _described(page: EventPage, url: str) -> dict[str, Any]:
    event, shown, line = page.event, page.shown, page.line
    is_off = event.status == Status.CANCELLED or (shown is not None and shown.change == Change.CANCELLED)
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": url,
        "url": url,
        "name": page.words.title,
        "description": excerpt(plain(page.words.body), LONGEST),
        "inLanguage": page.words.language,
        "startDate": (shown.starts_at.isoformat() if event.starts_time else shown.first_on.isoformat())
        if shown
        else "",
        "endDate": (shown.ends_at.isoformat() if event.starts_time else shown.last_on.isoformat()) if shown else "",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if is_off else 'Scheduled'}",
        "location": {"@type": "Place", "name": line.place} if line and line.place else "",
        "isAccessibleForFree": event.is_free,
    }
    return {key: value for key, value in said.items() if value not in ("", None)}
