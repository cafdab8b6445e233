"""What villages offers: rooms that a municipality may close, pages of its settings, and a village's own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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


rooms: Registry[Room] = Registry("rooms")
settings_pages: Registry[SettingsPage] = Registry("settings pages")
# slug -> address of a village's own page; the home pages plug in under "home".
village_pages: Registry[Callable[[str], str]] = Registry("village pages")
