"""What the spine tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class EntryPublished(Fact):
    """An entry can be seen by its audience from now on."""

    entry_id: int
    kind: str


@dataclass(frozen=True)
class EntriesPublished(Fact):
    """The same of all entries published together, told once, for those who would rather hear of many at a time."""

    entry_ids: tuple[int, ...]


@dataclass(frozen=True)
class EntriesHeld(Fact):
    """These entries wait for a look: each with what the gate said."""

    held: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class EntryChanged(Fact):
    """What a published entry says is different now."""

    entry_id: int
    kind: str


@dataclass(frozen=True)
class EntryTranslated(Fact):
    """An entry can be read in another language from now on, or otherwise than before."""

    entry_id: int
    language: str


@dataclass(frozen=True)
class EntriesErased(Fact):
    """These entries are about to be gone for good, rows and all: told while they are still there."""

    entry_ids: tuple[int, ...]


@dataclass(frozen=True)
class EntryWithheld(Fact):
    """An entry was hidden or removed."""

    entry_id: int
    kind: str
