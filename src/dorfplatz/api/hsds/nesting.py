"""Rows of HSDS put into one another, as its lists and its single things have them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dorfplatz.api.hsds.ids import hsds_id
from dorfplatz.api.hsds.shapes import (
    Json,
    Scene,
    known,
    location_basics,
    location_lists,
    moment,
    organization_basics,
    organization_lists,
    service_basics,
    service_lists,
    status,
)
from dorfplatz.api.queries import Network, Node, Offer, Record


@dataclass(frozen=True)
class Teller:
    """Tells offers and organisations of one network. The records are those of `ids_needed`."""

    network: Network
    records: Mapping[int, Record]
    scene: Scene

    def service(self, offer: Offer, *, full: bool) -> Json:
        """A list's service has its organisation's row beside its own; a full one has everything."""
        record, organization = self.records[offer.node.id], self._organization(offer.organization_id)
        said = service_basics(record, organization, self.scene)
        if not full:
            return {**said, **self._row_of(organization)}
        at = [self._at_location(offer, pk, full=True, within_service=True) for pk in offer.location_ids]
        return {
            **said,
            **service_lists(record, self.scene),
            **known({"service_at_locations": at, "organization": self._full_organization(organization)}),
        }

    def service_at_location(self, offer: Offer, location_id: int, *, full: bool) -> Json:
        return self._at_location(offer, location_id, full=full, within_service=False)

    def organization(self, node: Node, *, full: bool, full_service: bool) -> Json:
        """A full one names its services, or has each of them in full."""
        record = self.records[node.id]
        if not full:
            return organization_basics(record, self.scene, self._organization(record.parent_id))
        offers = self.network.offers_by_organization.get(node.id, ())
        services = [self._service_of(offer, full=full_service) for offer in offers]
        return {**self._full_organization(record), **known({"services": services})}

    def _service_of(self, offer: Offer, *, full: bool) -> Json:
        """A service inside its organisation, which it does not repeat."""
        if not full:
            return minimal(offer)
        said = self.service(offer, full=True)
        said.pop("organization", None)
        return said

    def _at_location(self, offer: Offer, location_id: int, *, full: bool, within_service: bool) -> Json:
        location, service = self.records[location_id], self.records[offer.node.id]
        keeper = self._organization(self.network.nodes[location_id].organization_id)
        place = location_basics(location, keeper)
        said: Json = {
            "id": hsds_id("service_at_location", service.code, location.code),
            "service_id": hsds_id("service", service.code),
            "location_id": place["id"],
            "location": {**place, **location_lists(location, self.scene)} if full else place,
        }
        if within_service:
            return said
        organization = self._organization(offer.organization_id)
        told = service_basics(service, organization, self.scene)
        if full:
            told = {**told, **service_lists(service, self.scene), **self._row_of(organization)}
        return {**said, "service": told, "last_modified": moment(max(service.changed_at, location.changed_at))}

    def _full_organization(self, record: Record | None) -> Json:
        if record is None:
            return {}
        places = (self.records[pk] for pk in self.network.locations_of_organization(record.id))
        locations = [{**location_basics(place, record), **location_lists(place, self.scene)} for place in places]
        said = organization_basics(record, self.scene, self._organization(record.parent_id))
        return {**said, **organization_lists(record, self.scene), **known({"locations": locations})}

    def _row_of(self, organization: Record | None) -> Json:
        if organization is None:
            return {}
        parent = self._organization(organization.parent_id)
        return {"organization": organization_basics(organization, self.scene, parent)}

    def _organization(self, pk: int | None) -> Record | None:
        return self.records.get(pk) if pk is not None else None


def minimal(offer: Offer) -> Json:
    """As little of a service as tells somebody who keeps a copy what has changed."""
    node = offer.node
    changed = moment(node.changed_at)
    return {
        "id": hsds_id("service", node.code),
        "name": node.title,
        "status": status(node.status, is_missing=node.missing_since is not None),
        "last_modified": changed,
        "modified_date": changed,
    }


def ids_needed(network: Network, offers: Iterable[Offer], organizations: Iterable[Node] = ()) -> set[int]:
    """Entries whose records are needed to tell these in full."""
    some = [*offers, *(o for node in organizations for o in network.offers_by_organization.get(node.id, ()))]
    clubs = {offer.organization_id for offer in some if offer.organization_id} | {node.id for node in organizations}
    places = {pk for offer in some for pk in offer.location_ids}
    places |= {pk for club in clubs for pk in network.locations_of_organization(club)}
    keepers = {network.nodes[pk].organization_id for pk in places} | {network.nodes[pk].parent_id for pk in clubs}
    ids = {offer.node.id for offer in some} | clubs | places | {pk for pk in keepers if pk}
    return ids & network.nodes.keys()
