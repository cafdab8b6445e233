"""Our own interface: entries, categories and villages, under the filters of the social map, as to a visitor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.api.answers import (
    FOR_EVERYBODY,
    base_of,
    bytes_answer,
    json_answer,
    language_of,
    machine_readable,
    need_social_map,
)
from dorfplatz.api.document import document
from dorfplatz.api.paging import read_paging
from dorfplatz.api.queries import Record, records_of
from dorfplatz.api.sources import Source, licence_urls, sources_of, square_source
from dorfplatz.api.telling import SEPARATORS, Speaker, table
from dorfplatz.entries.queries import entry_by_code
from dorfplatz.kernel.access import public
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.map_filter import read_map_filter
from dorfplatz.places.queries import Terms, social_map, terms_of_municipality
from dorfplatz.places.queries.rows import holiday_regions
from dorfplatz.villages.request import SquareRequest
from dorfplatz.villages.sockets import village_pages

CSV = "text/csv; charset=utf-8; header=present"
# A table has no pages; it is read in parts, each a fixed number of queries.
PART = 1_000


@public
@machine_readable
def openapi(request: SquareRequest) -> HttpResponse:
    return _answer(request, document(base_of(request)), ())


@public
@machine_readable
def entries(request: SquareRequest) -> HttpResponse:
    """A page of the social map, in the order of its own page."""
    need_social_map(request)
    paging, now = read_paging(request.GET), timezone.now()
    speaker = _speaker(request, now)
    ids = _ids(request, speaker.terms, now)
    records = list(_records(paging.of(ids), speaker, now))
    sources = sources_of((record.origin for record in records), speaker.square)
    page = {"total": len(ids), "page": paging.page, "per_page": paging.per_page, "pages": paging.pages(len(ids))}
    return _answer(request, {**page, "entries": [speaker.entry(record) for record in records]}, sources)


@public
@machine_readable
def entry(request: SquareRequest, code: str) -> HttpResponse:
    """One entry by its public code."""
    need_social_map(request)
    now = timezone.now()
    found, speaker = entry_by_code(code, VISITOR, now=now), _speaker(request, now)
    records = list(_records([found.pk] if found else [], speaker, now))
    if not records:
        raise Http404
    sources = sources_of([records[0].origin], speaker.square)
    return _answer(request, speaker.entry(records[0]), sources, changed_at=records[0].changed_at)


@public
@machine_readable
def places_csv(request: SquareRequest) -> HttpResponse:
    """The whole result of a filter as a table, for spreadsheets."""
    need_social_map(request)
    separator, now = SEPARATORS.get(request.GET.get("separator", "comma")), timezone.now()
    if separator is None:
        raise Problem(_("“separator” is comma or semicolon."))
    speaker = _speaker(request, now)
    records = list(_records(_ids(request, speaker.terms, now), speaker, now))
    body = table((speaker.row(record) for record in records), separator=separator)
    sources = sources_of((record.origin for record in records), speaker.square)
    response = bytes_answer(request, body, content_type=CSV, licences=licence_urls(sources))
    slug = request.municipality.area.slug
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    response["Cache-Control"] = FOR_EVERYBODY
    return response


@public
@machine_readable
def categories(request: SquareRequest) -> HttpResponse:
    """The two levels of the taxonomy, as this municipality calls and orders them."""
    need_social_map(request)
    speaker = _speaker(request, timezone.now())
    shown = [term for branch in speaker.terms.branches for term in (branch.term, *branch.below)]
    slugs = {term.id: term.slug for term in shown}
    rows = [
        {**speaker.category(term.id), "parent": slugs.get(term.parent_id or 0), "own": term.is_own} for term in shown
    ]
    return _answer(request, {"categories": rows}, (speaker.square,))


@public
@machine_readable
def villages(request: SquareRequest) -> HttpResponse:
    """The villages of the square, and their neighbours outside it."""
    speaker, site, page = _speaker(request, timezone.now()), request.site, village_pages.get("home")
    own = {area.pk for area in site.villages}
    rows = [
        {
            **speaker.village(area),
            "country": area.country,
            "lat": area.lat,
            "lon": area.lon,
            "inhabitants": area.inhabitants,
            "outside": area.pk not in own,
            "neighbours": [neighbour.slug for neighbour in site.neighbours(area)],
            "url": f"{speaker.base}{page(area.slug)}" if page and area.pk in own else None,
        }
        for area in (*site.listed, *site.outside)
    ]
    return _answer(request, {"villages": rows}, (speaker.square,))


@public
@machine_readable
def nothing(_request: SquareRequest, rest: str) -> HttpResponse:
    """An address below ours that leads nowhere is told so in a machine's own format."""
    del rest
    raise Http404


def _speaker(request: SquareRequest, now: datetime) -> Speaker:
    municipality, language, base = request.municipality, language_of(request), base_of(request)
    return Speaker(
        terms=terms_of_municipality(municipality),
        language=language,
        square=square_source(in_language(municipality.area.name, language), base),
        base=base,
        local=now.astimezone(ZoneInfo(municipality.timezone)),
        regions=holiday_regions(request.site),
        country=municipality.area.country,
    )


def _ids(request: SquareRequest, terms: Terms, now: datetime) -> list[int]:
    asked = read_map_filter(request.GET)
    return social_map(request.village_filter, asked, terms, viewer=VISITOR, now=now, with_counts=False).ids


def _records(ids: Sequence[int], speaker: Speaker, now: datetime) -> Iterator[Record]:
    """Records in the order of the ids."""
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        found = records_of(part, viewer=VISITOR, language=speaker.language, now=now)
        yield from (found[pk] for pk in part if pk in found)


def _answer(
    request: SquareRequest, content: dict[str, Any], sources: tuple[Source, ...], *, changed_at: datetime | None = None
) -> HttpResponse:
    named = {
        "attribution": "; ".join(source.attribution for source in sources),
        "sources": [source.as_json() for source in sources],
    }
    said = {**(named if sources else {}), **content}
    response = json_answer(request, said, licences=licence_urls(sources), changed_at=changed_at)
    response["Cache-Control"] = FOR_EVERYBODY
    return response
