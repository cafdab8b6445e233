"""The files beside the database: pictures and uploads that wait, in the home folder or in object storage."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage

from dorfplatz.operations.backup.archive import STORED

HELD = ".held-"
LEFT_BEHIND_S = 24 * 3600


@dataclass(frozen=True)
class Held:
    """One file as it was when it was held, by its name in the archive. `open` gives None when it has gone since."""

    name: str
    open: Callable[[], Any | None]


class Holding:
    """Keeps files from vanishing while a backup is written.

    Files never change under their names, so a second name on the same disk is enough: `hold` before the database is
    looked at catches what is erased a moment later, `hold` afterwards what has come a moment before.
    """

    def __init__(self, home: Path, folder: Path) -> None:
        self._home = home
        self._folder = folder
        self._names: dict[str, Path] = {}

    def hold(self) -> None:
        for root, place in folders(self._home).items():
            for path in _below(place):
                self._keep(f"files/{root}/{path.relative_to(place).as_posix()}", path)

    def _keep(self, name: str, path: Path) -> None:
        if name in self._names or not STORED.fullmatch(name):
            return  # a working file of somebody's
        kept = self._folder / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # erased this moment
            try:
                os.link(path, kept)
            except FileNotFoundError:
                raise
            except OSError:  # a disk without second names
                shutil.copyfile(path, kept)
            self._names[name] = kept

    def files(self) -> list[Held]:
        """All that were held, in the order of their names; then what lies in object storage."""
        here = [Held(name, partial(Path.open, path, "rb")) for name, path in sorted(self._names.items())]
        return here + list(_elsewhere())


@contextmanager
def holding(home: Path) -> Iterator[Holding]:
    for left in home.glob(f"{HELD}*"):  # by a backup that was killed long ago
        if time.time() - left.stat().st_mtime > LEFT_BEHIND_S:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=HELD, dir=home))
    try:
        yield Holding(home, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def folders(home: Path) -> dict[str, Path]:
    """Where files lie on this machine, by the name of their part of the archive."""
    found = {"quarantine": home / "quarantine", "maps": home / "maps"}
    if is_local():
        found["media"] = Path(settings.MEDIA_ROOT)
    return found


def is_local() -> bool:
    """Whether uploads lie in a folder of this machine; else they are in object storage."""
    return isinstance(default_storage, FileSystemStorage)


def _below(place: Path) -> Iterator[Path]:
    for folder, _folders, names in os.walk(place):
        yield from (Path(folder) / name for name in names)


def _elsewhere() -> Iterator[Held]:
    if not is_local():
        for name in stored_names(""):
            yield Held(f"files/media/{name}", partial(_fetched, name))


def stored_names(folder: str) -> Iterator[str]:
    """All names in object storage below a folder."""
    inner, names = default_storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(names) if name)
    for name in sorted(inner):
        yield from stored_names(prefix + name)


def _fetched(name: str) -> Any | None:
    file: Any = TemporaryFile()  # noqa: SIM115  closed by who reads it
    try:
        with default_storage.open(name) as source:
            shutil.copyfileobj(source, file)
    except FileNotFoundError:
        return None
    return file
