"""Who acts and who looks, as the lower floors know them: grants of capabilities in areas, no tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

NOBODY = 0  # no row has this id


@dataclass(frozen=True)
class Grant:
    """One role held in one area. `area_path` like "/1/4/9/" contains every area whose path starts with it."""

    role: str
    area_path: str
    capabilities: frozenset[str]


@dataclass(frozen=True)
class Actor:
    """A visitor, a member with grants, or the system itself. Built afresh for each request."""

    identity_id: int | None = None
    grants: tuple[Grant, ...] = ()
    home_area_id: int | None = None
    language: str = "de"
    system: str = ""
    # Paths of the municipalities where this person is one of the neighbours: what is “for members” there is for her.
    member_paths: tuple[str, ...] = ()
    # Paths of the municipalities for which this person acts as an officer: she reads there what is meant for them.
    office_paths: tuple[str, ...] = ()
    # Whether neighbours know this person: by a card, their word or an organisation. Else she has fewer rights.
    is_known: bool = True
    # Where this person is at home without being known yet: only what is public is for her to read.
    newcomer_paths: tuple[str, ...] = ()
    is_minor: bool = False
    # What was taken from this person for a while: "write" (nothing set out on the square), "letters".
    curbs: frozenset[str] = frozenset()
    # Ids of people between whom and this one a block stands, whoever set it: neither sees the other.
    apart_from: frozenset[int] = frozenset()
    # Whose hand it is, where somebody acts for a person without internet: what is done is that person's.
    hand_id: int | None = None

    @property
    def is_member(self) -> bool:
        return self.identity_id is not None

    @property
    def is_system(self) -> bool:
        return bool(self.system)

    @property
    def sight(self) -> Actor:
        """Anybody who sees alike: a member with the same roles, homes and blocks, of whom nothing is her own."""
        return replace(self, identity_id=NOBODY) if self.is_member else self

    def holds(self, capability: str, area_path: str) -> bool:
        """Whether a grant in that area or above it carries the capability. The system holds all."""
        return self.is_system or any(
            capability in grant.capabilities and area_path.startswith(grant.area_path) for grant in self.grants
        )

    def belongs_to(self, area_path: str) -> bool:
        """Whether this person is a neighbour in the municipality in which that area lies."""
        return self.is_system or any(area_path.startswith(path) for path in self.member_paths)

    def is_newcomer_in(self, area_path: str) -> bool:
        """Whether this person is at home in the municipality in which that area lies, and not known there yet."""
        return any(area_path.startswith(path) for path in self.newcomer_paths)

    def acts_for(self, area_path: str) -> bool:
        """Whether this person is an officer of the municipality in which that area lies."""
        return any(area_path.startswith(path) for path in self.office_paths)

    def holds_anywhere(self, capability: str) -> bool:
        return self.is_system or any(capability in grant.capabilities for grant in self.grants)

    def holds_within(self, capability: str, area_path: str) -> bool:
        """Whether the capability is held in that area, above it, or in some area below it."""
        return self.holds(capability, area_path) or any(
            capability in grant.capabilities and grant.area_path.startswith(area_path) for grant in self.grants
        )

    def paths_with(self, capability: str) -> Iterator[str]:
        """Paths of the areas in which a grant carries the capability."""
        return (grant.area_path for grant in self.grants if capability in grant.capabilities)


VISITOR = Actor()


def system(name: str, language: str = "de") -> Actor:
    """The installation itself acting: an import, the demonstration, a retention clock. `name` goes into the journal."""
    return Actor(system=name, language=language)
