"""Writing a backup: everything as it is at one moment, while the square goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from dorfplatz import __version__
from dorfplatz.kernel.verdict import Problem
from dorfplatz.operations.backup.archive import SECRET, Contents, Opening, Writer, read_opening
from dorfplatz.operations.backup.files import LEFT_BEHIND_S, Held, holding
from dorfplatz.operations.backup.snapshot import apps_at, migrations_of, snapshot
from dorfplatz.operations.backup.tables import Table, tables, write_table
from dorfplatz.operations.terminal import Tell, silent

PARTIAL = ".dorfplatz-partial-"


@dataclass(frozen=True)
class Saved:
    """What went into a backup, and its size."""

    rows: int
    files: int
    size: int


def save_backup(path: Path, *, now: datetime, tell: Tell = silent) -> Saved:
    """Write everything into the file, readable by its owner only. It appears when it is whole, or not at all.

    An older backup of that name is replaced, any other file is not. Raises Problem when it cannot be written.
    """
    _require_replaceable(path)
    with _said(path), _appearing(path) as file:
        contents = write_backup(file, home=Path(settings.HOME), now=now, tell=tell)
    return Saved(contents.rows, len(contents.files), path.stat().st_size)


def write_backup(stream: BinaryIO, *, home: Path, now: datetime, tell: Tell = silent) -> Contents:
    """Write everything to a stream, which is left open."""
    with holding(home) as kept:
        kept.hold()
        with snapshot() as alias:
            migrations = migrations_of(alias)
            if not migrations:
                raise Problem(_("There is nothing to back up yet: the database is empty."))
            kept.hold()
            writer = Writer(stream, Opening(__version__, now, migrations))
            found, files = tables(apps_at(migrations)), kept.files()
            total = len(found) + len(files)
            for done, (name, table) in enumerate(found.items()):
                tell(done, total)
                _add_table(writer, name, table, alias)
        for done, held in enumerate(files):
            tell(len(found) + done, total)
            _add_file(writer, held)
        _add_secret(writer, home)
        tell(total, total)
        return writer.close()


def _add_table(writer: Writer, name: str, table: Table, alias: str) -> None:
    with TemporaryFile() as packed:
        file: Any = packed
        writer.contents.tables[name] = write_table(table, using=alias, to=file)
        writer.add(f"tables/{name}.jsonl.gz", file)


def _add_file(writer: Writer, held: Held) -> None:
    file = held.open()
    if file is not None:
        with file:
            writer.add(held.name, file)


def _add_secret(writer: Writer, home: Path) -> None:
    """The key that was made for this home: with it, people stay logged in. One given by a variable is not ours."""
    path = home / SECRET
    if not settings.ENV.secret_key and path.exists():
        with path.open("rb") as file:
            writer.add(SECRET, file)


def _require_replaceable(path: Path) -> None:
    if not path.exists():
        return
    try:
        with path.open("rb") as file:
            read_opening(file)
    except (Problem, OSError) as error:
        raise Problem(_("%(file)s exists and is no backup; it is not written over.") % {"file": path}) from error


@contextmanager
def _appearing(path: Path) -> Iterator[BinaryIO]:
    """A file beside `path` that takes its name in the end, once it is safe on the disk."""
    for left in path.parent.glob(f"{PARTIAL}*"):
        if time.time() - left.stat().st_mtime > LEFT_BEHIND_S:
            left.unlink(missing_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=PARTIAL, delete=False) as file:
        try:
            stream: Any = file
            yield stream
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _said(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        values = {"file": path, "why": error.strerror or type(error).__name__}
        raise Problem(_("The backup %(file)s cannot be written: %(why)s.") % values) from error
