"""How long archives are kept that nobody asked for."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

# Nothing that somebody has had erased lives on for longer than this.
LONGEST_KEPT = timedelta(days=35)


def forget_old(folder: Path, kind: str, kept: int) -> None:
    """Remove the archives of this kind but the newest, and those too when they are too old."""
    oldest = (timezone.now() - LONGEST_KEPT).timestamp()
    for number, path in enumerate(sorted(folder.glob(f"{kind}-*.tar"), reverse=True)):
        if number >= kept or path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
