"""What stands in a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import override

from dorfplatz.channels.enums import Rhythm
from dorfplatz.channels.issue import Asked, Face, Issue, Line, Part, Taste, area_names
from dorfplatz.channels.queries.wishes import Reader
from dorfplatz.channels.sockets import Section, sections
from dorfplatz.entries.enums import State
from dorfplatz.entries.models import Entry
from dorfplatz.entries.queries import reading, with_words
from dorfplatz.entries.sockets import kinds
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import excerpt, in_language
from dorfplatz.members.queries import connectors_of
from dorfplatz.villages.models import Area
from dorfplatz.villages.queries import Site

MOST_LINES = 6
MOST_READ = 60
MOST_FACES = 3
LEAD = 140
# What was imported comes by the hundred and is no news. The demonstration’s entries stand for people’s.
BY_PEOPLE = ("", "demo")


def taste_of(reader: Reader, site: Site) -> Taste:
    """What this person reads on this square; a system query."""
    chosen, home = reader.preferences, reader.identity.home_area_id
    looked_at = [area for area in (*site.villages, *site.outside) if not area.is_preparing]
    known = [area for area in looked_at if area.pk in chosen.areas or area.pk == home]
    own = [area for area in known if area.pk in chosen.areas] or known
    around = _around(own, site) if chosen.with_neighbours else []
    actor = reader.actor
    return Taste(
        own=tuple(area.pk for area in own),
        around=tuple(area.pk for area in around),
        left_out=frozenset(chosen.left_out),
        language=reader.identity.language,
        sees=Actor(member_paths=actor.member_paths, apart_from=actor.apart_from, language=actor.language),
    )


def _around(own: Sequence[Area], site: Site) -> list[Area]:
    """Neighbours first, then all other villages of the municipality, none twice."""
    here = {area.pk for area in own}
    naming = [area for area in site.rolled_up for other in own if other in site.neighbours(area)]
    near = [neighbour for area in own for neighbour in site.neighbours(area)] + naming + list(site.rolled_up)
    return list({area.pk: area for area in near if area.pk not in here}.values())


def issue_for(asked: Asked, *, viewer: Actor) -> Issue:
    """The letter for that taste, in its language; `viewer` is `asked.taste.sees`."""
    site, taste = asked.site, asked.taste
    own = [site.by_id[pk] for pk in taste.own]
    with override(taste.language):
        return Issue(
            place=area_names(own) or in_language(site.municipality.area.name, taste.language),
            square=in_language(site.municipality.area.name, taste.language),
            home_url=asked.origin + (site.url_of(own[0]) if own else f"/{taste.language}/"),
            parts=[
                part
                for key, section in sections.items()
                if key not in taste.left_out and (part := _part(key, section, asked, viewer)).lines
            ],
            faces=[
                Face(face.name, str(face.area), in_language(face.introduction, taste.language))
                for face in connectors_of(own, viewer)[:MOST_FACES]
            ],
        )


def _part(key: str, section: Section, asked: Asked, viewer: Actor) -> Part:
    read = section.lines or recent_lines
    lines = read(section, asked, viewer)
    return Part(key, str(section.label), lines[:MOST_LINES], max(0, len(lines) - MOST_LINES))


def recent_lines(section: Section, asked: Asked, viewer: Actor) -> Sequence[Line]:
    """What was set out since the last letter, what is near first. Three queries."""
    since = asked.now - timedelta(days=asked.days)
    shown = [kind for kind in section.kinds if kind in kinds and _is_open(kind, asked.site)]
    found = Entry.objects.filter(
        kind__in=shown, state=State.PUBLISHED, published_at__gt=since, published_at__lte=asked.now, origin__in=BY_PEOPLE
    )
    near = found.visible_to(viewer, now=asked.now).in_areas(frozenset(asked.area_ids))
    some = list(with_words(near.order_by("-published_at", "-pk"))[:MOST_READ])
    return entry_lines(some, asked)


def entry_lines(entries: Sequence[Entry], asked: Asked) -> list[Line]:
    """These entries, read with their words, as lines: what is near first, else in the order given."""
    placed = {entry.pk: [placement.area for placement in entry.placements.all()] for entry in entries}
    rank = {pk: asked.rank([area.pk for area in areas]) for pk, areas in placed.items()}
    return [
        entry_line(entry, asked, "" if rank[entry.pk] == 0 else area_names(placed[entry.pk]))
        for entry in sorted(entries, key=lambda entry: rank[entry.pk])
    ]


def entry_line(entry: Entry, asked: Asked, origin: str, *, when: str = "") -> Line:
    words = reading(entry, asked.taste.language)
    path = reverse("entries:entry", kwargs={"code": entry.code, "words": entry.title_words})
    return Line(
        title=words.title,
        url=asked.origin + path,
        when=when,
        lead=excerpt(words.body, LEAD),
        origin=origin,
        kind=str(kinds[entry.kind].label),
        language="" if words.language == asked.taste.language else words.language,
    )


def _is_open(kind: str, site: Site) -> bool:
    return site.municipality.has_room(kinds[kind].room)


def days_of(rhythm: str) -> int:
    """How far a letter looks back for whom it comes that often."""
    return 1 if rhythm == Rhythm.DAILY else 7
