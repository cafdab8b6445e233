"""What languages tells."""

from dataclasses import dataclass

from dorfplatz.kernel.facts import Fact


@dataclass(frozen=True)
class LocalWordsChanged(Fact):
    """These words are treated otherwise than before, in this municipality: all the forms in which they occur."""

    municipality_id: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class OutsideTranslationDecided(Fact):
    """A municipality lets its public texts be translated outside, or does so no longer."""

    municipality_id: int
    is_allowed: bool
