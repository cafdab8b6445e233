"""What search offers: a kind says more words of its own, and themes (as categories are) can be found by their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dorfplatz.kernel.registry import Registry
from dorfplatz.villages.models import Municipality


@dataclass(frozen=True)
class Said:
    """What a kind says of one entry besides title and text: words that count little, and the keys of its themes."""

    words: Sequence[str] = ()
    themes: Sequence[str] = ()
    wide_themes: Sequence[str] = ()


@dataclass(frozen=True)
class Source:
    """How one kind takes part, plugged in under its key; each function answers for many ids in few queries.

    `stand_ins` maps an entry to the one that is shown for it, or to None where it is not to be shown at all; what it
    does not mention stands for itself. `nudges` are factors close to 1 for what is more useful at this moment.
    """

    words: Callable[[Collection[int]], Mapping[int, Said]]
    stand_ins: Callable[[Collection[int]], Mapping[int, int | None]] = lambda _ids: {}
    nudges: Callable[[Collection[int], datetime], Mapping[int, float]] = lambda _ids, _now: {}


@dataclass(frozen=True)
class Theme:
    """Something entries are about: found by its names in every language, with a page of its own."""

    key: str
    names: Mapping[str, str]
    icon: str
    url: str
    is_wide: bool = False


# What passes comes after what stays, where both answer alike: who asks for billiards wants the club first.
PASSING = 0.7


def as_passing(ids: Collection[int], _now: datetime) -> Mapping[int, float]:
    """Nudges of kinds that are there for a while only."""
    return dict.fromkeys(ids, PASSING)


sources: Registry[Source] = Registry("sources of words")
themes: Registry[Callable[[Municipality], Sequence[Theme]]] = Registry("themes")
