"""What villages offers: rooms that a municipality may close, pages of its settings, a village's own page; and a word on
where a thing shows, and when it shows otherwise without being changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest
from django.utils.functional import Promise

from dorfplatz.kernel.registry import Registry
from dorfplatz.villages.enums import MANAGE


@dataclass(frozen=True)
class Room:
    """A room of the square, plugged in under its app's label, which is what `Municipality.rooms_off` holds."""

    label: str | Promise
    help: str | Promise
    icon: str


@dataclass(frozen=True)
class SettingsPage:
    """A line on the overview of settings, shown to those who hold the capability in the municipality."""

    label: str | Promise
    help: str | Promise
    icon: str
    url: Callable[[HttpRequest], str]
    capability: str = MANAGE


@dataclass(frozen=True)
class Whereabouts:
    """In which areas things of a sort show: `thing` is the journal's word for them, “entry” of “entry:12”.

    Several may know of one sort. `areas_of` is given ids and names areas, in few queries for any number; without it,
    things of that sort show on no public page. Of what nobody knows, the journal's own area holds, else everywhere.
    """

    thing: str
    areas_of: Callable[[Collection[int]], Iterable[int]] | None


class Moments(Protocol):
    """Every moment after `since`, up to `until`, from which on something a site shows is said otherwise by itself.

    One too many makes pages anew for nothing; one too few shows what was. `site` is a queries.Site.
    """

    def __call__(self, site: Any, since: datetime, until: datetime) -> Iterable[datetime]: ...


rooms: Registry[Room] = Registry("rooms")
settings_pages: Registry[SettingsPage] = Registry("settings pages")
# slug -> address of a village's own page; the home pages plug in under "home".
village_pages: Registry[Callable[[str], str]] = Registry("village pages")
whereabouts: Registry[Whereabouts] = Registry("whereabouts of things")
moments: Registry[Moments] = Registry("moments at which pages change by themselves")
