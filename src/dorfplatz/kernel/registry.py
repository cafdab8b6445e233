"""Typed registries: how a lower floor lets higher ones plug in without knowing them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things that higher floors plug in at start-up, in order of rank, then of name.

    A name can be taken once; plugging a second thing under it raises ValueError.
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self._things: dict[str, tuple[int, T]] = {}

    def plug(self, name: str, thing: T, *, rank: int = 100) -> T:
        if name in self._things:
            raise ValueError(f"{self.subject}: “{name}” is plugged in already")
        self._things[name] = (rank, thing)
        return thing

    def __getitem__(self, name: str) -> T:
        return self._things[name][1]

    def get(self, name: str) -> T | None:
        found = self._things.get(name)
        return found[1] if found else None

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __len__(self) -> int:
        return len(self._things)

    def __iter__(self) -> Iterator[T]:
        return (thing for _, thing in self.items())

    def items(self) -> Iterator[tuple[str, T]]:
        for name, (_, thing) in sorted(self._things.items(), key=lambda item: (item[1][0], item[0])):
            yield name, thing
