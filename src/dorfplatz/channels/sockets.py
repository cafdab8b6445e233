"""What channels offers: sorts of things that concern a person, each told in its own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from dorfplatz.channels.enums import Way
from dorfplatz.entries.sockets import kinds
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry


@dataclass(frozen=True)
class Sort:
    """One sort of note. `label` stands where people choose, `sentence` over the title of what it is about.

    `sentence` may name the person it comes from: “%(name)s”. `about` turns the note's own ids and days into a short
    word of its own (“Friday, 4 December”); `url` leads elsewhere than to the entry. `usual` counts until somebody
    chooses otherwise. `mails` are how the keys of mails begin that the room sends itself; without any, it
    is channels that does.
    """

    label: str | Promise
    sentence: str | Promise
    icon: str
    usual: Way
    about: Callable[[Any], str] = lambda _note: ""
    url: Callable[[Any], str] | None = None
    mails: Sequence[str] = ()


class Lines(Protocol):
    """What stands below the heading, as issue.Line; `asked` is an issue.Asked, `viewer` what its readers may see."""

    def __call__(self, section: Section, asked: Any, viewer: Actor) -> Sequence[Any]: ...


@dataclass(frozen=True)
class Section:
    """One heading of the letter, and a thing one can want to hear of: what is in certain rooms.

    Without `lines`, the letter has what was set out since the last one.
    """

    label: str | Promise
    icon: str
    rooms: frozenset[str]
    lines: Lines | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of entries that belong there; none where no such room is installed."""
        return frozenset(key for key, kind in kinds.items() if kind.room in self.rooms)


sorts: Registry[Sort] = Registry("sorts of notes")
sections: Registry[Section] = Registry("sections of the letter")
