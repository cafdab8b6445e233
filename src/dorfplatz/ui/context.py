"""What every page's frame needs: name, languages, doors, large print. Worked out only when a template asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dorfplatz.kernel.registry import Registry
from dorfplatz.kernel.text import in_language
from dorfplatz.ui import sockets
from dorfplatz.ui.parts import Place

LARGE_PRINT_COOKIE = "large-print"
PATHS_KEPT = 4096


@dataclass(frozen=True)
class LanguageChoice:
    """The same page in one of the municipality's languages."""

    code: str
    name: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class OpenDoor:
    """A door of the navigation as this request sees it."""

    key: str
    label: str
    icon: str
    url: str
    is_current: bool


class Shell:
    """The frame of one request's page."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.made: dict[str, SafeString] = {}  # parts of the frame, by template

    @cached_property
    def municipality(self) -> Any:
        return getattr(self._request, "municipality", None)

    @cached_property
    def name(self) -> str:
        """The municipality's name in the reader's language; the product's own where there is none."""
        names = getattr(getattr(self.municipality, "area", None), "name", None)
        return in_language(names, get_language() or settings.LANGUAGE_CODE) if names else "Dorfplatz"

    @cached_property
    def languages(self) -> list[LanguageChoice]:
        current = get_language()
        known = dict(settings.LANGUAGES)
        codes = getattr(self.municipality, "languages", None) or list(known)
        address = self._request.get_full_path()
        return [
            LanguageChoice(code, known[code], address_in(address, code), code == current)
            for code in codes
            if code in known
        ]

    @cached_property
    def place(self) -> Place:
        """Where the reader stands; the municipality itself where no app knows better."""
        known = (place for find in sockets.places if (place := find(self._request)))
        return next(known, Place(self.name, url=self.home_url))

    @cached_property
    def home_url(self) -> str:
        return self._link("home") or f"/{get_language()}/"

    @cached_property
    def look_url(self) -> str:
        """Address of the municipality's stylesheet, "" where nothing overrides our tokens."""
        return self._link("look")

    @cached_property
    def navigation(self) -> list[OpenDoor]:
        return self._open(sockets.navigation)

    @cached_property
    def tools(self) -> list[OpenDoor]:
        return self._open(sockets.tools)

    @cached_property
    def menu(self) -> list[OpenDoor]:
        return self._open(sockets.menu)

    @cached_property
    def account(self) -> list[OpenDoor]:
        return self._open(sockets.account)

    @cached_property
    def is_large_print(self) -> bool:
        return self._request.COOKIES.get(LARGE_PRINT_COOKIE) == "1"

    @cached_property
    def address(self) -> str:
        return self._request.get_full_path()

    @cached_property
    def origin(self) -> str:
        """Scheme and host, for addresses that must be whole; "" where the host is none of ours."""
        try:
            return f"{self._request.scheme}://{self._request.get_host()}"
        except DisallowedHost:
            return ""

    @property
    def style_parts(self) -> list[SafeString]:
        return [piece(self._request, {}) for piece in sockets.style_parts]

    def _link(self, name: str) -> str:
        link = sockets.links.get(name)
        return link(self._request) if link else ""

    def _open(self, doors: Registry[sockets.Door] | Iterable[sockets.Door]) -> list[OpenDoor]:
        rooms_off = getattr(self.municipality, "rooms_off", None) or ()
        opened = []
        for door in doors:
            if door.room in rooms_off or not door.available(self._request):
                continue
            url = door.url(self._request)
            label = door.label(self._request) if callable(door.label) else door.label
            opened.append(OpenDoor(door.key, str(label), door.icon, url, self._is_at(url, door.prefix)))
        return opened

    def _is_at(self, url: str, prefix: bool) -> bool:
        path, here = url.partition("?")[0], self._request.path
        return here.startswith(path) if prefix else here == path


def address_in(address: str, language: str) -> str:
    """The same page, with its query, in another language. What no pattern knows changes its prefix only."""
    path, mark, query = address.partition("?")
    return _path_in(path, language, get_language() or "") + mark + query


@lru_cache(PATHS_KEPT)
def _path_in(path: str, language: str, _active: str) -> str:
    """Patterns do not change while we run, and finding one among hundreds takes long. They depend on the active
    language too.
    """
    if path.split("/", 2)[1:2] == [language]:
        return path
    translated = translate_url(path, language)
    if translated != path:
        return translated
    first, _, rest = path.lstrip("/").partition("/")
    return f"/{language}/{rest}" if first in dict(settings.LANGUAGES) else path


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
