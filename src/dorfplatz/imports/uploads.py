"""Files that somebody has handed in on the page of imports and that wait to be read. Kept until then, no longer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from dorfplatz.imports.enums import SourceKind

MOST_BYTES = 100 * 1024 * 1024
TABLE_ENDINGS = (".csv", ".tsv", ".txt")
CALENDAR_ENDINGS = (".ics", ".ical", ".ifb")


def kind_of(name: str) -> SourceKind:
    """What a file is, by its name."""
    if name.lower().endswith(CALENDAR_ENDINGS):
        return SourceKind.ICS
    return SourceKind.CSV if name.lower().endswith(TABLE_ENDINGS) else SourceKind.OSM


def source_path(reading_id: int) -> Path:
    return _folder() / f"{reading_id}.source"


def mapping_path(reading_id: int) -> Path:
    return _folder() / f"{reading_id}.mapping"


def keep(pairs: Iterable[tuple[Path, UploadedFile[Any] | None]]) -> None:
    """Put uploaded files where the worker finds them."""
    for path, upload in pairs:
        if upload is None:
            continue
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.writelines(upload.chunks())


def forget(reading_id: int) -> None:
    """Remove the files of a reading that is over."""
    source_path(reading_id).unlink(missing_ok=True)
    mapping_path(reading_id).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.HOME) / "imports"
