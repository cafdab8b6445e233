"""What somebody, or an import, states about a thing of the social map; plain values without a table."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dorfplatz.places.enums import PlaceKind, Status, StepFree


@dataclass(frozen=True)
class ListingFacts:
    """The columns of a listing that people and sources fill in; names and meaning as in models.Listing."""

    offered_by: str = ""
    status: str = Status.ACTIVE
    is_free: bool | None = None
    cost_note: Mapping[str, str] = field(default_factory=dict)
    step_free: str = StepFree.UNKNOWN
    access_note: Mapping[str, str] = field(default_factory=dict)
    generations: int = 0
    minimum_age: int | None = None
    maximum_age: int | None = None
    spoken_languages: Sequence[str] = ()
    opening_hours: str = ""
    hours_note: Mapping[str, str] = field(default_factory=dict)
    alert: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    website: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""

    def columns(self) -> dict[str, Any]:
        """The values as the table stores them."""
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return {
            name: dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }


@dataclass(frozen=True)
class KindFacts:
    """What only one kind knows. `organization_id` is the entry id of who runs a service or a location."""

    organization_id: int | None = None
    location_ids: tuple[int, ...] = ()
    how_to_apply: Mapping[str, str] = field(default_factory=dict)
    capacity: int | None = None
    founded_in: int | None = None
    legal_status: str = ""

    def columns(self, kind: str) -> dict[str, Any]:
        """The values that kind's own table has."""
        if kind == PlaceKind.ORGANIZATION:
            return {"parent_id": self.organization_id, "founded_in": self.founded_in, "legal_status": self.legal_status}
        if kind == PlaceKind.LOCATION:
            return {"organization_id": self.organization_id, "capacity": self.capacity}
        return {"organization_id": self.organization_id, "how_to_apply": dict(self.how_to_apply)}
