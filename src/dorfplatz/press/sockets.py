"""What press offers: sheets that others know how to fill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from dorfplatz.kernel.registry import Registry
from dorfplatz.press.engine import Job


@dataclass(frozen=True)
class Composed:
    """A sheet filled with what is on it. `things` are in the journal's words (“entry:12”): when one of them is taken
    away, the file goes too. `told` is kept beside the file and never printed."""

    job: Job
    things: frozenset[str] = frozenset()
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """One kind of printed thing. `compose` gets the plain ids and choices that were ordered, and answers None where
    there is nothing to print (any more)."""

    label: str | Promise
    compose: Callable[[Mapping[str, Any]], Composed | None]


sheets: Registry[Sheet] = Registry("printed sheets")
