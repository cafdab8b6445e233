"""What somebody asks of HSDS's lists, as it stands in the address. Pure; what cannot be used is a Problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from dorfplatz.api.hsds.ids import hsds_id
from dorfplatz.api.hsds.terms import CATEGORIES, SOURCES, Vocabulary
from dorfplatz.api.queries import Network, Node, Offer
from dorfplatz.kernel.geo import Point, distance_m
from dorfplatz.kernel.verdict import Problem

LONGEST = 200
FARTHEST_M = 100_000
TRUE, FALSE = ("true", "1"), ("false", "0", "")

Test = Callable[[Offer], bool]


@dataclass(frozen=True)
class Asked:
    """The filters of HSDS 3.0. Empty asks nothing."""

    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    postcode: str = ""
    proximity_m: float | None = None
    full: bool = False
    full_service: bool = False
    minimal: bool = False
    top_only: bool = False
    parent_id: str = ""


def read_asked(parameters: Mapping[str, str]) -> Asked:
    """Flags are true or false, a moment is ISO 8601, and JSON is the only format."""
    if parameters.get("format", "json") not in {"json", ""}:
        raise Problem(_("These data are offered as JSON only."))
    return Asked(
        search=_text(parameters, "search"),
        taxonomy_term_id=_text(parameters, "taxonomy_term_id").lower(),
        taxonomy_id=_text(parameters, "taxonomy_id").lower(),
        organization_id=_text(parameters, "organization_id").lower(),
        modified_after=_moment(_text(parameters, "modified_after")),
        postcode=_text(parameters, "postcode"),
        proximity_m=_metres(_text(parameters, "proximity")),
        full=_flag(parameters, "full"),
        full_service=_flag(parameters, "full_service"),
        minimal=_flag(parameters, "minimal"),
        top_only=_flag(parameters, "top_only"),
        parent_id=_text(parameters, "parent_id").lower(),
    )


def offers_asked(
    asked: Asked,
    *,
    network: Network,
    vocabulary: Vocabulary,
    categories: Mapping[int, frozenset[int]],
    found: frozenset[int] | None,
) -> list[Offer]:
    """Those offers that answer every question. `found`: the entries with the words searched for; None asks nothing."""
    tests = [
        *_tests_of_links(asked, network),
        *_tests_of_terms(asked, vocabulary, categories),
        *([] if found is None else [_said_in(found, network)]),
    ]
    return [offer for offer in network.offers if all(test(offer) for test in tests)]


def organizations_asked(
    asked: Asked,
    *,
    network: Network,
    vocabulary: Vocabulary,
    categories: Mapping[int, frozenset[int]],
    found: frozenset[int] | None,
) -> list[Node]:
    tests = _tests_of_terms(asked, vocabulary, categories)
    return [
        node
        for node in network.organizations
        if (found is None or node.id in found) and all(test(Offer(node, node.id, ())) for test in tests)
    ]


def _tests_of_links(asked: Asked, network: Network) -> list[Test]:
    tests: list[Test] = []
    if asked.organization_id:
        club = next(
            (n.id for n in network.organizations if hsds_id("organization", n.code) == asked.organization_id), 0
        )
        tests.append(lambda offer: offer.organization_id == club)
    if asked.modified_after:
        since = asked.modified_after
        tests.append(lambda offer: any(node.changed_at >= since for node in _nodes(offer, network)))
    if asked.postcode:
        tests.append(_near(asked, network))
    return tests


def _tests_of_terms(asked: Asked, vocabulary: Vocabulary, categories: Mapping[int, frozenset[int]]) -> list[Test]:
    """Every entry has a category and a source, so a taxonomy alone leaves all or nothing."""
    tests: list[Test] = []
    if asked.taxonomy_id:
        is_known = asked.taxonomy_id in {vocabulary.taxonomy_id(name) for name in (CATEGORIES, SOURCES)}
        tests.append(lambda _offer: is_known)
    if asked.taxonomy_term_id:
        wanted = vocabulary.ids_below(asked.taxonomy_term_id)
        by_source = asked.taxonomy_term_id if wanted is None else ""
        tests.append(
            lambda offer: (
                bool(categories.get(offer.node.id, frozenset()) & wanted)
                if wanted is not None
                else vocabulary.source_term_of(offer.node.origin) == by_source
            )
        )
    return tests


def _said_in(found: frozenset[int], network: Network) -> Test:
    """Words in the offer's own entry, in one it is shown with, or in its organisation's."""
    return lambda offer: bool(
        found & {node.id for node in _nodes(offer, network)} | (found & {offer.node.lead_id or 0})
    )


def _near(asked: Asked, network: Network) -> Test:
    """At a place with that postcode; with a distance, around the middle of the places that have it."""
    points = [n.point for n in network.nodes.values() if n.postcode == asked.postcode and n.point]
    if asked.proximity_m is None:
        return lambda offer: any(node.postcode == asked.postcode for node in _nodes(offer, network))
    if not points:
        return lambda _offer: False
    middle = Point(sum(p.lat for p in points) / len(points), sum(p.lon for p in points) / len(points))
    metres = asked.proximity_m
    return lambda offer: any(
        n.point is not None and distance_m(middle, n.point) <= metres for n in _nodes(offer, network)
    )


def _nodes(offer: Offer, network: Network) -> Sequence[Node]:
    return [offer.node, *(network.nodes[pk] for pk in offer.location_ids)]


def _text(parameters: Mapping[str, str], name: str) -> str:
    return " ".join(parameters.get(name, "").replace("\0", "").split())[:LONGEST]


def _flag(parameters: Mapping[str, str], name: str) -> bool:
    said = parameters.get(name, "").lower()
    if said not in (*TRUE, *FALSE):
        raise Problem(_("“%(name)s” is true or false.") % {"name": name})
    return said in TRUE


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment, day = parse_datetime(text.replace(" ", "+")), parse_date(text)
    except ValueError:
        moment = day = None
    if moment is None and day is not None:
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if moment is None:
        raise Problem(_("“modified_after” is a moment like 2026-11-23T10:00:00Z."))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _metres(text: str) -> float | None:
    if not text:
        return None
    if not (text.isascii() and text.replace(".", "", 1).isdigit() and 0 <= float(text) <= FARTHEST_M):
        raise Problem(_("“proximity” is a number of metres up to %(most)d.") % {"most": FARTHEST_M})
    return float(text)
