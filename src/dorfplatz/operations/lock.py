"""One at a time on this home: starts, restores, the list of what was erased."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(folder: Path, name: str = "start.lock") -> Iterator[None]:
    """Waits until no other process on this home prepares itself; the lock ends with the process at the latest."""
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
