"""Where uploads wait: a folder nobody serves, with names nobody chose."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from dorfplatz.media.enums import Refusal
from dorfplatz.media.workshop import FileRefused

UPLOAD_BYTES = 15 * 1024 * 1024
WORK = ".work-"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")


def folder() -> Path:
    path = Path(settings.HOME) / "quarantine"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(token: str) -> Path:
    """Where the upload with this token waits. Raises ValueError for anything that is no token of ours."""
    if not TOKEN.fullmatch(token):
        raise ValueError("not a token")
    return folder() / token


def put(token: str, chunks: Iterable[bytes]) -> str:
    """Write an upload, readable by nobody else, and return its SHA-256. Raises FileRefused; nothing remains then."""
    digest, written = hashlib.sha256(), 0
    path = path_of(token)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                written += len(chunk)
                if written > UPLOAD_BYTES:
                    raise FileRefused(Refusal.TOO_HEAVY)
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if not written:
            raise FileRefused(Refusal.EMPTY)
    except BaseException:
        discard(token)
        raise
    return digest.hexdigest()


def discard(token: str) -> None:
    path_of(token).unlink(missing_ok=True)


def waiting_since() -> Iterator[tuple[str, datetime]]:
    """Each upload's token and since when it lies here."""
    for path in sorted(folder().iterdir()):
        if TOKEN.fullmatch(path.name):
            yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)


def discard_work(before: datetime) -> None:
    """Remove working folders that a crash has left."""
    for path in folder().glob(f"{WORK}*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
            shutil.rmtree(path, ignore_errors=True)
