"""How the entries of one municipality hang together as HSDS has it: who offers what, and where. Two queries.

HSDS knows a place or a club only through its services. Where somebody has written a service, that is it; a club without
one, or a place that no service uses, stands for one service of its own, so that all that is on the social map is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.geo import Point
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.models import ListingCategory, Service
from dorfplatz.villages.queries import Site

COLUMNS = (
    "pk", "code", "kind", "title", "origin", "changed_at", "lat", "lon", "listing__street", "listing__postcode",
    "listing__status", "listing__missing_since", "listing__shown_with_id", "organization__parent_id",
    "service__organization_id", "location__organization_id",
)  # fmt: skip


@dataclass(frozen=True)
class Node:
    """One entry as far as links and filters need it. `lead_id`: the entry it is shown with."""

    id: int
    code: str
    kind: str
    title: str
    origin: str
    changed_at: datetime
    lat: float | None
    lon: float | None
    street: str
    postcode: str
    status: str
    missing_since: datetime | None
    lead_id: int | None
    parent_id: int | None
    organization_id: int | None

    @property
    def point(self) -> Point | None:
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None

    @property
    def is_somewhere(self) -> bool:
        return self.lat is not None or bool(self.street)


@dataclass(frozen=True)
class Offer:
    """A service as HSDS has it. A location may be the entry of a club or service itself, where it has no other."""

    node: Node
    organization_id: int | None
    location_ids: tuple[int, ...]


@dataclass(frozen=True)
class Network:
    """All entries that everybody may see, and the pairs of service and location that people have made."""

    nodes: Mapping[int, Node]
    pairs: Mapping[int, tuple[int, ...]]

    @cached_property
    def organizations(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes.values() if node.kind == PlaceKind.ORGANIZATION)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """All services, in the order in which their entries were made."""
        written = [self._written(node) for node in self.nodes.values() if node.kind == PlaceKind.SERVICE]
        busy = {offer.organization_id for offer in written}
        clubs = [Offer(o, o.id, self._where(o)) for o in self.organizations if o.id not in busy]
        used = {pk for offer in (*written, *clubs) for pk in offer.location_ids}
        places = [
            Offer(node, self._known(node.organization_id), (node.id,))
            for node in self.nodes.values()
            if node.kind == PlaceKind.LOCATION and node.id not in used
        ]
        return tuple(sorted((*written, *clubs, *places), key=lambda offer: offer.node.id))

    @cached_property
    def offers_by_organization(self) -> Mapping[int, tuple[Offer, ...]]:
        found: dict[int, tuple[Offer, ...]] = {}
        for offer in self.offers:
            if offer.organization_id is not None:
                found[offer.organization_id] = (*found.get(offer.organization_id, ()), offer)
        return found

    def locations_of_organization(self, pk: int) -> tuple[int, ...]:
        """Where it is: its own places, else itself."""
        return self._where(self.nodes[pk])

    @cached_property
    def _below(self) -> Mapping[int, tuple[int, ...]]:
        """By entry, the places that belong to it or are shown with it."""
        found: dict[int, list[int]] = {}
        for node in self.nodes.values():
            if node.kind == PlaceKind.LOCATION:
                for pk in {node.organization_id, node.lead_id} - {None}:
                    found.setdefault(pk, []).append(node.id)  # type: ignore[arg-type]  # None is taken out above
        return {pk: tuple(places) for pk, places in found.items()}

    def _written(self, node: Node) -> Offer:
        lead = self.nodes.get(node.lead_id or 0)
        leading = lead.id if lead is not None and lead.kind == PlaceKind.ORGANIZATION else None
        return Offer(node, self._known(node.organization_id) or leading, self._where(node))

    def _where(self, node: Node) -> tuple[int, ...]:
        lead = self.nodes.get(node.lead_id or 0)
        with_it = [lead.id] if lead is not None and lead.kind == PlaceKind.LOCATION else []
        paired = (pk for pk in self.pairs.get(node.id, ()) if pk in self.nodes)
        found = tuple(dict.fromkeys([*paired, *self._below.get(node.id, ()), *with_it]))
        return found or ((node.id,) if node.is_somewhere else ())

    def _known(self, pk: int | None) -> int | None:
        return pk if pk in self.nodes else None


def network_of(site: Site, *, viewer: Actor, now: datetime) -> Network:
    """What the municipality's own villages have set out; neighbours outside publish theirs themselves."""
    areas = frozenset({site.municipality.area.pk, *(area.pk for area in site.rolled_up)})
    visible = Entry.objects.in_areas(areas).visible_to(viewer, now=now).filter(listing__isnull=False)
    rows: Iterable[tuple[Any, ...]] = visible.order_by("pk").values_list(*COLUMNS)
    nodes = {row[0]: Node(*[*row[:14], row[14] or row[15]]) for row in rows}
    links = Service.locations.through.objects.filter(service__entry__in=visible)
    return Network(nodes, _grouped(links.order_by("location_id").values_list("service_id", "location_id")))


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return {one: tuple(others) for one, others in found.items()}


def categories_of(network: Network) -> dict[int, frozenset[int]]:
    """By entry, the categories it is in. One query."""
    pairs = ListingCategory.objects.filter(listing_id__in=list(network.nodes)).values_list("listing_id", "category_id")
    return {pk: frozenset(some) for pk, some in _grouped(pairs).items()}
