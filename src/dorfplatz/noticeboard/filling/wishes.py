"""Wishes that go on: what the most people join in first."""

from __future__ import annotations

from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import with_words
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.noticeboard.filling.issue import Asked, Candidate, Said
from dorfplatz.noticeboard.filling.spine import public_entries, words_of
from dorfplatz.wishes.enums import KIND, STILL_GOING, Mood
from dorfplatz.wishes.queries import counts_of
from dorfplatz.wishes.room import ROOM
from dorfplatz.wishes.words import joined_in_words, status_in_words

WEIGHT, PER_VOICE, MOST_VOICES = 52, 1.5, 20
MOST, LEAD = 20, 160


def wishes(asked: Asked) -> list[Candidate]:
    """Of one's own village only: the neighbours' wishes are for the neighbours' papers. Four queries."""
    if not asked.site.municipality.has_room(ROOM):
        return []
    found = public_entries(asked).filter(kind=KIND, wish__status__in=STILL_GOING).in_areas(asked.own)
    some = list(with_words(found).select_related("wish").order_by("-published_at", "-pk")[:MOST])
    counts = counts_of([entry.pk for entry in some])
    return sorted(
        (_candidate(entry, counts.get(entry.pk, 0) + entry.wish.on_paper, asked) for entry in some),
        key=lambda candidate: -candidate.weight,
    )


def _candidate(entry: Entry, voices: int, asked: Asked) -> Candidate:
    return Candidate(
        key=f"e{entry.pk}",
        section="wishes",
        weight=WEIGHT + PER_VOICE * min(voices, MOST_VOICES),
        said={code: _said(entry, voices, code) for code in asked.languages},
        path=f"/e/{entry.code}",
        entry_id=entry.pk,
    )


def _said(entry: Entry, voices: int, language: str) -> Said:
    words, wish = words_of(entry, language), entry.wish
    with override(language):
        note = " · ".join(filter(None, [joined_in_words(voices), status_in_words(wish.mood, wish.status)]))
        kicker = str(Mood(wish.mood).label)
    return Said(
        title=words.title, kicker=kicker, text=excerpt(plain(words.body), LEAD), note=note, language=words.language
    )
