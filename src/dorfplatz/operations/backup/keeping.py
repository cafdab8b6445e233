"""How long archives are kept that nobody asked for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

NIGHTLY, BEFORE_UPDATE = "nightly", "before-update"
# How many of each are kept.
KEPT = {NIGHTLY: 7, BEFORE_UPDATE: 5}
# Nothing that somebody has had erased lives on for longer than this.
LONGEST_KEPT = timedelta(days=35)


def forget_all_old(folder: Path) -> None:
    """Remove what nobody asked for and is not needed any more."""
    for kind, kept in KEPT.items():
        forget_old(folder, kind, kept)


def forget_old(folder: Path, kind: str, kept: int) -> None:
    """Remove the archives of this kind but the newest, and those too when they are too old."""
    oldest = (timezone.now() - LONGEST_KEPT).timestamp()
    for number, path in enumerate(sorted(folder.glob(f"{kind}-*.tar"), reverse=True)):
        if number >= kept or path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
