"""Where kept pages lie: in the memory of one process, the least asked for put away first. Pure."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

OVERHEAD_BYTES = 1_500  # of a page's headers, its key and Python's own book-keeping
LARGEST_PART = 8  # a page takes at most this part of a shelf


class Asked(NamedTuple):
    """All of a visitor's request that a page may depend on. What is not here, no kept page may look at."""

    scheme: str
    host: str
    path: str
    query: str
    is_fragment: bool
    is_large_print: bool
    villages: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it goes out, compressed. `until` is a Unix time; `remember` the village filter its cookie keeps."""

    municipality_id: int
    edition: int
    until: float
    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    remember: str | None

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD_BYTES


class Shelf:
    """Holds pages up to so many bytes. Safe for threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._pages: OrderedDict[Asked, KeptPage] = OrderedDict()
        self._lock = Lock()

    def get(self, asked: Asked) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(asked)
            if page is not None:
                self._pages.move_to_end(asked)
            return page

    def put(self, asked: Asked, page: KeptPage) -> bool:
        """Whether it was small enough to be kept."""
        if page.size * LARGEST_PART > self._most_bytes:
            return False
        with self._lock:
            before = self._pages.pop(asked, None)
            self._bytes += page.size - (before.size if before else 0)
            self._pages[asked] = page
            while self._bytes > self._most_bytes:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= gone.size
        return True

    def __len__(self) -> int:
        return len(self._pages)

    @property
    def bytes(self) -> int:
        return self._bytes
