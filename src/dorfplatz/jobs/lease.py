"""How a worker holds what it works on, and how others notice that it is gone.

Each worker keeps a lock on a file in the home folder. The operating system lets go of it however the process ends,
so that on one machine a killed worker is known at once. Workers on other machines are known by their heartbeat.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from dorfplatz.jobs.models import Worker

FOLDER = "workers"


class Lease:
    """This process's standing as a worker, from `take` to `leave`."""

    def __init__(self, home: Path, worker: Worker, handle: int) -> None:
        self.home = home
        self.worker = worker
        self._handle = handle

    @classmethod
    def take(cls, home: Path, now: datetime) -> Lease:
        worker = Worker(started_at=now, beat_at=now)
        handle = _locked(_lock_path(home, worker.id))
        worker.save(force_insert=True)
        return cls(home, worker, handle)

    def beat(self, now: datetime) -> None:
        """Show that this worker lives; also to those who, after a long silence, had buried it."""
        self.worker.beat_at = now
        self.worker.save()

    def leave(self) -> None:
        """End without leaving a trace. All jobs must be over."""
        path = _lock_path(self.home, self.worker.id)
        self.worker.delete()
        path.unlink(missing_ok=True)
        os.close(self._handle)


def dead_workers(home: Path, now: datetime, besides: str = "") -> Iterator[Worker]:
    """Workers that have ended without saying so."""
    for worker in Worker.objects.exclude(pk=besides):
        held = _is_held(_lock_path(home, worker.id))
        if held is False or (held is None and worker.is_silent(now)):
            yield worker


def clear_locks(home: Path) -> None:
    """Remove lock files that nobody holds and no row knows."""
    known = set(Worker.objects.values_list("pk", flat=True))
    for path in _lock_folder(home).glob("*.lock"):
        if path.stem not in known:
            _is_held(path, remove=True)


def _lock_folder(home: Path) -> Path:
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _lock_path(home: Path, worker_id: str) -> Path:
    return _lock_folder(home) / f"{worker_id}.lock"


def _locked(path: Path) -> int:
    """The file, locked for this process; made anew where somebody has cleared it away before it was locked."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_ino == os.fstat(handle).st_ino:
                return handle
        os.close(handle)


def _is_held(path: Path, *, remove: bool = False) -> bool | None:
    """Whether a process holds the lock; None when the file is not on this machine.

    With `remove`, a file nobody holds is removed while it is ours, so that no one can lock it in between.
    """
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if remove:
            path.unlink(missing_ok=True)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
