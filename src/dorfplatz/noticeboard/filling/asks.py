"""Asks and offers that are still open."""

from __future__ import annotations

from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import with_words
from dorfplatz.exchange.enums import STILL_GOING, Direction, Step
from dorfplatz.exchange.models import Exchange
from dorfplatz.exchange.room import ROOM
from dorfplatz.exchange.words import kicker, route_in_words, when_in_words
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.noticeboard.filling.issue import Asked, Candidate, Said
from dorfplatz.noticeboard.filling.spine import public_entries, words_of

ASK, OFFER, AROUND, PER_STEP = 92, 76, 34, 4
MOST = 40
LEAD = 190


def asks_and_offers(asked: Asked) -> list[Candidate]:
    """Asks before offers, one's own village first, the newest first. Four queries."""
    if not asked.site.municipality.has_room(ROOM):
        return []
    found = public_entries(asked).filter(kind__in=Direction.values, exchange__step__in=STILL_GOING)
    near = with_words(found.in_areas(asked.everywhere)).select_related("exchange").order_by("-published_at", "-pk")
    some = [_candidate(entry, asked) for entry in near[:MOST]]
    return sorted(some, key=lambda candidate: -candidate.weight)


def _candidate(entry: Entry, asked: Asked) -> Candidate:
    exchange: Exchange = entry.exchange
    exchange.entry = entry
    areas = [placement.area_id for placement in entry.placements.all()]
    distance = asked.distance(areas)
    weight = ASK if entry.kind == Direction.ASK else OFFER
    weight -= (AROUND + PER_STEP * distance) if distance else 0
    weight -= 15 if exchange.step != Step.OPEN else 0
    return Candidate(
        key=f"e{entry.pk}",
        section="exchange",
        weight=weight,
        said={code: _said(entry, asked, asked.names(areas, code), code) for code in asked.languages},
        path=f"/e/{entry.code}",
        entry_id=entry.pk,
    )


def _said(entry: Entry, asked: Asked, origin: str, language: str) -> Said:
    words = words_of(entry, language)
    with override(language):
        when = when_in_words(entry.exchange, now=asked.now, language=language)
        return Said(
            title=words.title,
            kicker=" · ".join(filter(None, [kicker(entry.exchange), origin])),
            note=" · ".join(filter(None, [route_in_words(entry.exchange), when])),
            text=excerpt(plain(words.body), LEAD),
            language=words.language,
        )
