"""What villages tells: something about the tree has changed."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class MunicipalitySetUp(Fact):
    """A municipality was created or brought up to date from its description."""

    municipality_id: int


@dataclass(frozen=True)
class MunicipalityChanged(Fact):
    """Names, look, languages or rooms of a municipality are others now."""

    municipality_id: int


@dataclass(frozen=True)
class VillageChanged(Fact):
    """A village's words, centre, colour, picture or neighbours are others now."""

    area_id: int


@dataclass(frozen=True)
class OutlinesChanged(Fact):
    """The outlines of some of the municipality's villages are others now."""

    municipality_id: int
