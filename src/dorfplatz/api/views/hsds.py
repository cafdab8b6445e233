"""The read API of Open Referral HSDS 3.0: what everybody may see, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dorfplatz.api.answers import (
    FOR_EVERYBODY,
    base_of,
    json_answer,
    language_of,
    machine_readable,
    need_social_map,
)
from dorfplatz.api.hsds.asking import Asked, offers_asked, organizations_asked, read_asked
from dorfplatz.api.hsds.document import VERSION, document
from dorfplatz.api.hsds.ids import hsds_id
from dorfplatz.api.hsds.nesting import Teller, ids_needed, minimal
from dorfplatz.api.hsds.shapes import Json, Scene, known, latest
from dorfplatz.api.hsds.terms import Vocabulary
from dorfplatz.api.paging import MOST_PER_PAGE, Paging, read_paging
from dorfplatz.api.queries import Network, Node, Offer, categories_of, network_of, records_of
from dorfplatz.api.sources import OSM_ORIGIN, licence_urls, sources_of, square_source
from dorfplatz.kernel.access import public
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.text import in_language
from dorfplatz.places.hours import holiday_region
from dorfplatz.places.map_filter import MapFilter
from dorfplatz.places.queries import social_map, terms_of_municipality
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.request import SquareRequest

PROFILE = "https://docs.openreferral.org/"
# Who keeps a copy asks for all identifiers and times at once.
MOST_MINIMAL = 5_000


@dataclass(frozen=True)
class Desk:
    """What every answer needs, read once."""

    request: SquareRequest
    asked: Asked
    network: Network
    scene: Scene
    now: datetime

    def teller(self, ids: Iterable[int]) -> Teller:
        records = records_of(ids, viewer=VISITOR, language=self.scene.language, now=self.now)
        return Teller(self.network, records, self.scene)

    def offers(self) -> list[Offer]:
        return offers_asked(self.asked, **self._shared())

    def organizations(self) -> list[Node]:
        return organizations_asked(self.asked, **self._shared())

    def _shared(self) -> dict[str, Any]:
        return {
            "network": self.network,
            "vocabulary": self.scene.vocabulary,
            "categories": categories_of(self.network) if self.asked.taxonomy_term_id else {},
            "found": self._found(),
        }

    def _found(self) -> frozenset[int] | None:
        """Entries with the words searched for, as the social map finds them."""
        if not self.asked.search:
            return None
        villages, terms = VillageFilter(self.request.site), self.scene.vocabulary.terms
        some = social_map(
            villages, MapFilter(q=self.asked.search), terms, viewer=VISITOR, now=self.now, with_counts=False
        )
        return frozenset(some.ids)


def _desk(request: SquareRequest) -> Desk:
    need_social_map(request)
    asked, now = read_asked(request.GET), timezone.now()
    return Desk(request, asked, network_of(request.site, viewer=VISITOR, now=now), _scene(request, now), now)


def _scene(request: SquareRequest, now: datetime) -> Scene:
    municipality, language = request.municipality, language_of(request)
    area = municipality.area
    return Scene(
        vocabulary=_vocabulary(request),
        language=language,
        zone=municipality.timezone,
        country=area.country,
        state=_state(area.country, municipality.official_key),
        base=base_of(request),
        now=now,
    )


def _state(country: str, official_key: str) -> str:
    region = holiday_region(country, official_key)
    return region if region != country else ""


def _vocabulary(request: SquareRequest) -> Vocabulary:
    language, base, area = language_of(request), base_of(request), request.municipality.area
    square = square_source(in_language(area.name, language), base)
    terms, is_demonstration = terms_of_municipality(request.municipality), request.municipality.is_demonstration
    return Vocabulary(terms, language, square, area.slug, base, is_demonstration)


@public
@machine_readable
def about(request: SquareRequest) -> HttpResponse:
    """Which version of HSDS this is, and by whom."""
    need_social_map(request)
    base, area = base_of(request), request.municipality.area
    name = in_language(area.name, language_of(request))
    sources = sources_of([OSM_ORIGIN], square_source(name, base))
    content = {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": f"{base}/hsds/openapi.json",
        "description": _("The social map of %(place)s: clubs, help, shops and places.") % {"place": name},
        "publisher": {"name": name, "website": f"{base}/"},
        "sources": [source.as_json() for source in sources],
    }
    return _answer(request, content, licences=licence_urls(sources))


@public
@machine_readable
def openapi(request: SquareRequest) -> HttpResponse:
    return _answer(request, document(base_of(request)))


@public
@machine_readable
def services(request: SquareRequest) -> HttpResponse:
    """All services; with `full`, each as its own address has it; with `minimal`, only what a copy needs."""
    desk = _desk(request)
    some = desk.offers()
    if desk.asked.minimal:
        return _page(desk, some, lambda shown: [minimal(offer) for offer in shown], most=MOST_MINIMAL)
    full = desk.asked.full

    def told(shown: Sequence[Offer]) -> list[Json]:
        teller = desk.teller(ids_needed(desk.network, shown))
        return [teller.service(offer, full=full) for offer in shown]

    return _page(desk, some, told)


@public
@machine_readable
def service(request: SquareRequest, id: str) -> HttpResponse:  # noqa: A002  HSDS's name for it
    desk, wanted = _desk(request), id.lower()
    offer = _first(o for o in desk.network.offers if hsds_id("service", o.node.code) == wanted)
    teller = desk.teller(ids_needed(desk.network, [offer]))
    return _one(desk, teller, teller.service(offer, full=True))


@public
@machine_readable
def organizations(request: SquareRequest) -> HttpResponse:
    desk = _desk(request)
    full, full_service = desk.asked.full, desk.asked.full_service

    def told(shown: Sequence[Node]) -> list[Json]:
        teller = desk.teller(ids_needed(desk.network, [], shown))
        return [teller.organization(node, full=full or full_service, full_service=full_service) for node in shown]

    return _page(desk, desk.organizations(), told)


@public
@machine_readable
def organization(request: SquareRequest, id: str) -> HttpResponse:  # noqa: A002  HSDS's name for it
    desk, wanted = _desk(request), id.lower()
    node = _first(n for n in desk.network.organizations if hsds_id("organization", n.code) == wanted)
    teller = desk.teller(ids_needed(desk.network, [], [node]))
    return _one(desk, teller, teller.organization(node, full=True, full_service=desk.asked.full_service))


@public
@machine_readable
def service_at_locations(request: SquareRequest) -> HttpResponse:
    desk = _desk(request)
    some = [(offer, pk) for offer in desk.offers() for pk in offer.location_ids]

    def told(shown: Sequence[tuple[Offer, int]]) -> list[Json]:
        teller = desk.teller(ids_needed(desk.network, [offer for offer, _pk in shown]))
        return [teller.service_at_location(offer, pk, full=desk.asked.full) for offer, pk in shown]

    return _page(desk, some, told)


@public
@machine_readable
def service_at_location(request: SquareRequest, id: str) -> HttpResponse:  # noqa: A002  HSDS's name for it
    desk, wanted = _desk(request), id.lower()
    nodes = desk.network.nodes
    offer, pk = _first(
        (offer, pk)
        for offer in desk.network.offers
        for pk in offer.location_ids
        if hsds_id("service_at_location", offer.node.code, nodes[pk].code) == wanted
    )
    teller = desk.teller(ids_needed(desk.network, [offer]))
    return _one(desk, teller, teller.service_at_location(offer, pk, full=True))


@public
@machine_readable
def taxonomies(request: SquareRequest) -> HttpResponse:
    vocabulary, asked = _terms(request)
    some = [row for row in vocabulary.taxonomies() if _says(row, asked.search)]
    return _list(request, vocabulary, some, list, read_paging(request.GET))


@public
@machine_readable
def taxonomy(request: SquareRequest, id: str) -> HttpResponse:  # noqa: A002  HSDS's name for it
    vocabulary, _asked = _terms(request)
    return _answer(request, _first(row for row in vocabulary.taxonomies() if row["id"] == id.lower()))


@public
@machine_readable
def taxonomy_terms(request: SquareRequest) -> HttpResponse:
    vocabulary, asked = _terms(request)
    some = [
        row
        for row in vocabulary.all_terms()
        if _says(row, asked.search)
        and (not asked.taxonomy_id or row["taxonomy_id"] == asked.taxonomy_id)
        and (not asked.parent_id or row.get("parent_id") == asked.parent_id)
        and not (asked.top_only and "parent_id" in row)
    ]
    return _list(request, vocabulary, some, list, read_paging(request.GET))


@public
@machine_readable
def taxonomy_term(request: SquareRequest, id: str) -> HttpResponse:  # noqa: A002  HSDS's name for it
    """A term with its taxonomy."""
    vocabulary, _asked = _terms(request)
    row = _first(row for row in vocabulary.all_terms() if row["id"] == id.lower())
    detail = _first(other for other in vocabulary.taxonomies() if other["id"] == row["taxonomy_id"])
    return _answer(request, {**row, "taxonomy_detail": detail})


def _terms(request: SquareRequest) -> tuple[Vocabulary, Asked]:
    need_social_map(request)
    return _vocabulary(request), read_asked(request.GET)


def _says(row: Json, search: str) -> bool:
    said = f"{row['name']} {row['description']} {row.get('code', '')}".casefold()
    return all(word in said for word in search.casefold().split())


def _first(found: Iterable[Any]) -> Any:
    for thing in found:
        return thing
    raise Http404


def _page(
    desk: Desk, some: Sequence[Any], told: Callable[..., list[Json]], *, most: int = MOST_PER_PAGE
) -> HttpResponse:
    paging = read_paging(desk.request.GET, most=most)
    return _list(desk.request, desk.scene.vocabulary, some, told, paging)


def _list(
    request: SquareRequest, vocabulary: Vocabulary, some: Sequence[Any], told: Callable[..., list[Json]], paging: Paging
) -> HttpResponse:
    """HSDS's page, and whom to name."""
    shown = paging.of(some)
    pages = max(1, paging.pages(len(some)))
    sources = sources_of([OSM_ORIGIN], vocabulary.square)
    content = {
        "total_items": len(some),
        "total_pages": pages,
        "page_number": paging.page,
        "size": len(shown),
        "first_page": paging.page == 1,
        "last_page": paging.page >= pages,
        "empty": not shown,
        "attribution": "; ".join(source.attribution for source in sources),
        "contents": told(shown),
    }
    return _answer(request, content, licences=licence_urls(sources))


def _one(desk: Desk, teller: Teller, content: Json) -> HttpResponse:
    sources = sources_of((record.origin for record in teller.records.values()), desk.scene.vocabulary.square)
    changed = latest(teller.records.values())
    return _answer(desk.request, known(content), licences=licence_urls(sources), changed_at=changed)


def _answer(request: SquareRequest, content: Json, **values: Any) -> HttpResponse:
    response = json_answer(request, content, **values)
    response["Cache-Control"] = FOR_EVERYBODY
    return response
