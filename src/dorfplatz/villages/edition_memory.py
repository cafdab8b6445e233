"""What is made of a municipality's public content, kept in the memory of one process until its next edition. Pure."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class EditionMemory(Generic[T]):
    """Holds values up to a sum of their sizes, the least asked for put away first. Safe for threads.

    A value must follow from its edition and its key alone. What a viewer may see belongs into the key.
    """

    def __init__(self, most: int, size_of: Callable[[T], int] = lambda _value: 1) -> None:
        self._most, self._size_of, self._size = most, size_of, 0
        self._kept: OrderedDict[Hashable, tuple[int, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, edition: int | None, make: Callable[[], T]) -> T:
        """The value kept under the key, if it is of this edition; else made, and kept unless the edition is None."""
        found = self.find(key, edition)
        if found is None:
            found = make()
            self.keep(key, edition, found)
        return found

    def find(self, key: Hashable, edition: int | None) -> T | None:
        """The value kept under the key, if it is of this edition."""
        if edition is None:
            return None
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] != edition:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def keep(self, key: Hashable, edition: int | None, value: T) -> None:
        """Keep a value that was read after its edition was; an edition of None keeps nothing."""
        if edition is None:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            if before is not None:
                self._size -= self._size_of(before[1])
            self._kept[key] = edition, value
            self._size += self._size_of(value)
            while self._size > self._most and len(self._kept) > 1:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= self._size_of(gone)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0

    def __len__(self) -> int:
        return len(self._kept)
