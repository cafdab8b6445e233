"""Languages in which neighbours read, beyond those of the square's own pages: an entry's words only, each on a page."""

from __future__ import annotations

from collections.abc import Sequence

from dorfplatz.entries.models import Entry
from dorfplatz.entries.wishing import engine_for

# By what their readers call them.
READERS = {"en": "English", "pl": "Polski", "uk": "Українська", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})


def direction_of(language: str) -> str:
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def other_readers(entry: Entry, own: Sequence[str]) -> list[tuple[str, str]]:
    """Languages beyond the square's own in which this entry can be read, or could be at once; code and name."""
    others = [code for code in READERS if code not in own and code != entry.language]
    there = {text.language for text in entry.texts.all()}
    engine = engine_for(entry) if any(code not in there for code in others) else None
    return [
        (code, READERS[code])
        for code in others
        if code in there or (engine is not None and engine.route(entry.language, code) is not None)
    ]
