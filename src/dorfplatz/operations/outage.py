"""When the database is away or the disk is full: known by the error, and not waited for again by the next request."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Iterator
from enum import Enum

from django.db import DatabaseError, InterfaceError, OperationalError, connection

# While the database is away, it is looked for this often; everybody else is told at once.
LOOKED_FOR_EVERY_S = 0.5
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
SQLITE_FULL = 13
POSTGRES_FULL = "53100"


class Lack(Enum):
    """What a request needed and did not get, as the status that says so."""

    DATABASE = 503
    ROOM = 507


def lack_of(error: BaseException | None) -> Lack | None:
    """What is behind an error that no view has caught; None for a fault of ours."""
    chain = list(_chain(error))
    if any(_is_no_room(found) for found in chain):
        return Lack.ROOM
    if any(isinstance(found, OperationalError | InterfaceError) for found in chain):
        return Lack.DATABASE
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_no_room(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    if getattr(error, "sqlite_errorcode", None) == SQLITE_FULL:
        return True
    return getattr(error, "sqlstate", None) == POSTGRES_FULL


class Lookout:
    """Knows whether a database on the network is away, so that of many requests only one waits for it.

    A database in a file is never waited for: asking it again costs nothing.
    """

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._look_at: float | None = None

    def report_away(self) -> None:
        """Somebody has waited in vain, or the line broke."""
        if connection.vendor != "sqlite":
            self._look_at = time.monotonic() + LOOKED_FOR_EVERY_S

    def is_away(self) -> bool:
        """Whether to do without the database. When it is time to look again, this call looks, and may wait for it."""
        due = self._look_at
        if due is None:
            return False
        if time.monotonic() < due or not self._turn.acquire(blocking=False):
            return True
        try:
            answers = _answers()
            self._look_at = None if answers else time.monotonic() + LOOKED_FOR_EVERY_S
            return not answers
        finally:
            self._turn.release()


lookout = Lookout()


def _answers() -> bool:
    try:
        connection.ensure_connection()
        if connection.is_usable():
            return True
    except DatabaseError:
        pass
    connection.close()
    return False
