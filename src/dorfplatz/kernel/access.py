"""Each view declares who may reach it; an undeclared one fails the start-up check and is answered 404."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """What a view asks of its visitor before it runs. Rights over a single object remain the view's own to ask."""

    who: str  # "anyone", "member" or "capability"
    capability: str = ""


def public(view: V) -> V:
    """Anyone may call this view."""
    view.access = Access("anyone")  # type: ignore[attr-defined]  # a function may carry notes
    return view


def members_only(view: V) -> V:
    """Only somebody logged in; others are sent to the login page."""
    view.access = Access("member")  # type: ignore[attr-defined]  # a function may carry notes
    return view


def needs(capability: str) -> Callable[[V], V]:
    """Only somebody with this capability in some area of the municipality; others get 404."""

    def declare(view: V) -> V:
        view.access = Access("capability", capability)  # type: ignore[attr-defined]  # a function may carry notes
        return view

    return declare
