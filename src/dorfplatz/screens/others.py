"""What rooms without a slide of their own have to show: entries of any other kind, as the spine knows them."""

from __future__ import annotations

from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import first_pictures, with_words
from dorfplatz.entries.sockets import kinds
from dorfplatz.events.enums import KIND as EVENT
from dorfplatz.exchange.enums import Direction
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.media.models import Picture
from dorfplatz.noticeboard.filling import Asked, Candidate, Said
from dorfplatz.noticeboard.filling.spine import public_entries, words_of
from dorfplatz.places.enums import PlaceKind
from dorfplatz.square.enums import KIND as POST

WITH_SLIDES = {EVENT, POST, *Direction.values, *PlaceKind.values}
MOST, LEAD = 10, 240


def others(asked: Asked) -> list[Candidate]:
    """The newest, of the area and of the whole municipality. No query where there is no such kind."""
    municipality = asked.site.municipality
    open_kinds = [kind.key for kind in kinds if kind.key not in WITH_SLIDES and municipality.has_room(kind.room)]
    if not open_kinds:
        return []
    found = public_entries(asked).filter(kind__in=open_kinds).in_areas(asked.own)
    some = list(with_words(found.order_by("-published_at", "-pk"))[:MOST])
    pictures = first_pictures([entry.pk for entry in some])
    return [_candidate(e, pictures[e.pk].picture if e.pk in pictures else None, asked) for e in some]


def _candidate(entry: Entry, picture: Picture | None, asked: Asked) -> Candidate:
    said = {code: _said(entry, code) for code in asked.languages}
    return Candidate(f"e{entry.pk}", "other", 0, said, f"/e/{entry.code}", entry_id=entry.pk, picture=picture)


def _said(entry: Entry, code: str) -> Said:
    words = words_of(entry, code)
    with override(code):
        label = str(kinds[entry.kind].label)
    return Said(title=words.title, kicker=label, text=excerpt(plain(words.body), LEAD), language=words.language)
