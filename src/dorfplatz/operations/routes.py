"""All addresses the installation answers to, walked from the resolver: for the start-up check and the review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from dorfplatz.kernel.access import Access


@dataclass(frozen=True)
class Route:
    """One address: its full name (“places:map”, "" when it has none), its pattern and the view behind it."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def access(self) -> Access | None:
        return getattr(self.view, "access", None)


def routes(resolver: URLResolver | None = None) -> Iterator[Route]:
    """Every address under the resolver, by default the installation's, in its order."""
    return _below(resolver or get_resolver(), "", ())


def _below(resolver: URLResolver, prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _below(entry, pattern, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name)) if entry.name else ""
            yield Route(name, pattern, entry.callback)


def said_access(access: Access) -> str:
    """An access in the words of docs/access.csv: anyone, member, or needs:capability."""
    return f"needs:{access.capability}" if access.who == "capability" else access.who
