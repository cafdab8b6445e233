"""Two people at one page: whoever saves second is told before anything of the first is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem
from dorfplatz.ui.said import said_moment
from dorfplatz.villages.models import Area, FreePage


class Stale(Problem):
    """The form was opened before the last change. `version` is the present one: saving with it replaces that change."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


class Versioned(Protocol):
    """What counts its changes."""

    @property
    def version(self) -> int: ...

    @property
    def changed_at(self) -> datetime | None: ...


def require_fresh(row: Versioned, version: int, now: datetime) -> None:
    """Raise Stale unless `version` is the row’s present one. The row must be locked."""
    if row.version == version:
        return
    language = get_language() or "de"
    when = said_moment(row.changed_at, now=now, language=language) if row.changed_at else "–"
    raise Stale(
        _(
            "Somebody else saved this page after you opened it (%(when)s). What you entered is still here: "
            "look it over, and save again to replace the other’s version with yours."
        )
        % {"when": when},
        row.version,
    )


def stamp(row: Area | FreePage, now: datetime) -> None:
    """Count a change; saving is the caller’s."""
    row.version += 1
    row.changed_at = now
