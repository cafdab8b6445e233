"""What members offers: apps name their capabilities here, and the roles that carry them from the start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.registry import Registry
from dorfplatz.members.enums import Role


@dataclass(frozen=True)
class Capability:
    """Something a role allows in an area, in words for the page of roles."""

    label: str | Promise
    roles: frozenset[Role]


capabilities: Registry[Capability] = Registry("capabilities")


def offer_capability(name: str, label: str | Promise, *roles: Role) -> None:
    """Plug a capability; operators always hold it."""
    capabilities.plug(name, Capability(label, frozenset({*roles, Role.OPERATOR})))


def capabilities_of(role: str) -> frozenset[str]:
    return frozenset(name for name, capability in capabilities.items() if role in capability.roles)


Row = Mapping[str, Any]
File = tuple[str, Callable[[], bytes]]


def _no_files(_identity_id: int) -> Iterable[File]:
    return ()


@dataclass(frozen=True)
class Part:
    """One kind of what the square has about a person, in the hands of the app that keeps it.

    `fields` are the keys of a row in order, with words for readers; `rows` and `files` hand out what there is about the
    identity with that id. `let_go` erases it, or takes the name off; None where it goes with the person's own row.
    `stays` says in a sentence what remains, without a name. `words` are labels of values, by key. What `is_raw` is
    meant for machines: pages tell only how much of it there is.
    """

    label: str | Promise
    fields: Mapping[str, str | Promise]
    rows: Callable[[int], Iterable[Row]]
    let_go: Callable[[int, Actor, datetime], None] | None = None
    stays: str | Promise = ""
    files: Callable[[int], Iterable[File]] = _no_files
    words: Mapping[str, Mapping[str, str | Promise]] = field(default_factory=dict)
    is_raw: bool = False


personal_data: Registry[Part] = Registry("parts of what is known about a person")
