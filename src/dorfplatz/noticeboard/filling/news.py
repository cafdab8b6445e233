"""What neighbours have told since the last paper."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import first_pictures, with_words
from dorfplatz.kernel.text import excerpt, plain
from dorfplatz.media.models import Picture
from dorfplatz.noticeboard.filling.issue import Asked, Candidate, Said
from dorfplatz.noticeboard.filling.spine import public_entries, words_of
from dorfplatz.square.enums import KIND, Sort
from dorfplatz.square.room import ROOM

# Who is missing, and warnings of today, are over before ink is dry, and must not hang about.
NEVER = (Sort.MISSING, Sort.WARNING)
# Imported by the hundred, and no news.
BY_PEOPLE = ("", "demo")
WEIGHTS = {Sort.BEREAVEMENT: 94, Sort.NEWS: 84, Sort.NOTICE: 86, Sort.STORY: 72, Sort.THANKS: 66, Sort.LOST: 60}
AROUND, PER_STEP, PER_DAY = 36, 4, 0.8
MOST = 40
LEAD = 340
LOOK_BACK = timedelta(days=14)


def news(asked: Asked) -> list[Candidate]:
    """The weightiest first. Six queries."""
    if not asked.site.municipality.has_room(ROOM):
        return []
    found = public_entries(asked).filter(
        kind=KIND, origin__in=BY_PEOPLE, post__settled_at__isnull=True,
        published_at__gt=asked.now - LOOK_BACK - (asked.until - asked.since),
    )  # fmt: skip
    near = found.exclude(post__sort__in=NEVER).in_areas(asked.everywhere)
    some = list(with_words(near.order_by("-published_at", "-pk")).select_related("post")[:MOST])
    pictures = first_pictures([entry.pk for entry in some])
    made = [_candidate(e, pictures[e.pk].picture if e.pk in pictures else None, asked) for e in some]
    return sorted(made, key=lambda candidate: -candidate.weight)


def _candidate(entry: Entry, picture: Picture | None, asked: Asked) -> Candidate:
    areas = [placement.area_id for placement in entry.placements.all()]
    distance = asked.distance(areas)
    age = (asked.now - entry.published_at).days if entry.published_at else 0
    weight = WEIGHTS.get(Sort(entry.post.sort), 60) - PER_DAY * age
    weight -= (AROUND + PER_STEP * distance) if distance else 0
    return Candidate(
        key=f"e{entry.pk}",
        section="news",
        weight=weight,
        said={code: _said(entry, asked.names(areas, code), code) for code in asked.languages},
        path=f"/e/{entry.code}",
        entry_id=entry.pk,
        picture=picture if entry.post.sort != Sort.BEREAVEMENT else None,
    )


def _said(entry: Entry, origin: str, language: str) -> Said:
    words = words_of(entry, language)
    with override(language):
        sort = str(Sort(entry.post.sort).label)
    lead = excerpt(plain(words.body), LEAD)
    same = lead.rstrip("…") == words.title.rstrip("…")
    return Said(
        title=words.title,
        kicker=" · ".join(filter(None, [sort, origin])),
        text="" if same else lead,
        language=words.language,
    )
