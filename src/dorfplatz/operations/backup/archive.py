"""The archive: a tar with a word about itself at the front and the list of all its parts at the end.

It knows no database. Written and read from front to back, so that it may come and go through a pipe, and in constant
memory. What is read goes into a folder of its own and counts only when the list at the end agrees with every byte.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem

FORMAT = 1
FIRST = "dorfplatz-backup.json"
LAST = "manifest.json"
SECRET = "secret-key"  # noqa: S105  a name
# Nothing else is taken from an archive: no absolute path, no "..", no hidden file.
TABLE = re.compile(r"tables/([a-z][a-z0-9_]{0,62})\.jsonl\.gz")
STORED = re.compile(r"files/(media|quarantine|maps)(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}){1,6}")
LARGEST_LIST = 256 * 1024 * 1024
PIECE = 1024 * 1024
DAMAGED = (
    *(tarfile.TarError, zlib.error, EOFError, ValueError, OverflowError, RecursionError),
    *(KeyError, TypeError, AttributeError),  # JSON of another shape than ours
)


@dataclass(frozen=True)
class Opening:
    """What stands at the front: who wrote this, when, and how the tables looked then."""

    program: str
    made_at: datetime
    migrations: tuple[tuple[str, str], ...]

    def text(self) -> bytes:
        said = {
            "dorfplatz_backup": FORMAT,
            "program": self.program,
            "made_at": self.made_at.isoformat(),
            "migrations": self.migrations,
        }
        return json.dumps(said, indent=1).encode()

    @classmethod
    def read(cls, text: bytes) -> Opening:
        said = json.loads(text)
        if said["dorfplatz_backup"] != FORMAT:
            raise Problem(_("This backup was written by a newer version of Dorfplatz. Please install that one first."))
        migrations = tuple((str(app), str(name)) for app, name in said["migrations"])
        return cls(str(said["program"]), datetime.fromisoformat(said["made_at"]), migrations)


@dataclass(frozen=True)
class TableFacts:
    """What one table held: its rows, a digest of them that is the same on every database, the last number given."""

    rows: int
    sha256: str
    last_id: int | None = None


@dataclass
class Contents:
    """What an archive carries. `parts` has the SHA-256 and the size of every part but the list itself."""

    opening: Opening
    parts: dict[str, tuple[str, int]] = field(default_factory=dict)
    tables: dict[str, TableFacts] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def files(self) -> list[str]:
        return [name for name in self.parts if STORED.fullmatch(name)]


class Hashing:
    """Reads from a stream and remembers what has gone through."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        piece: bytes = self._stream.read(size)
        self.digest.update(piece)
        self.size += len(piece)
        return piece


class Writer:
    """Writes an archive part by part; without `close` it is none."""

    def __init__(self, stream: BinaryIO, opening: Opening) -> None:
        self.contents = Contents(opening)
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  closed by close
        self.add(FIRST, io.BytesIO(opening.text()))

    def add(self, name: str, source: BinaryIO) -> None:
        """One part, from the beginning of a stream that can be measured."""
        source.seek(0, io.SEEK_END)
        info = self._info(name, source.tell())
        source.seek(0)
        hashing = Hashing(source)
        self._tar.addfile(info, hashing)
        self.contents.parts[name] = (hashing.digest.hexdigest(), hashing.size)

    def close(self) -> Contents:
        said = {
            "parts": {name: list(part) for name, part in self.contents.parts.items()},
            "tables": {name: [t.rows, t.sha256, t.last_id] for name, t in self.contents.tables.items()},
        }
        text = json.dumps(said, indent=0).encode()
        self._tar.addfile(self._info(LAST, len(text)), io.BytesIO(text))
        self._tar.close()
        return self.contents

    def _info(self, name: str, size: int) -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, int(self.contents.opening.made_at.timestamp())
        return info


def read_opening(stream: BinaryIO) -> Opening:
    """What stands at the front. Raises Problem when this is none of ours."""
    with _refusing(), _opened(stream) as tar:
        return Opening.read(_opening(tar))


def unpack(stream: BinaryIO, folder: Path, tell: Callable[[int], None] = lambda _: None) -> Contents:
    """Take every part into `folder`, which is empty and nobody's. `tell` hears how many bytes have been read.

    Raises Problem for an archive that is not ours, not whole, or not as it was written; the caller then removes the
    folder. Nothing is ever written outside of it.
    """
    with _refusing(), _opened(stream) as tar:
        first = _opening(tar)
        contents = Contents(Opening.read(first))
        contents.parts[FIRST] = (hashlib.sha256(first).hexdigest(), len(first))
        while (member := tar.next()) is not None and member.name != LAST:
            _take(tar, member, folder, contents)
            tell(tar.offset)
        _compare(_text(tar, member), contents)
        if tar.next() is not None:
            raise ValueError("something stands behind the list")
        return contents


def _opening(tar: tarfile.TarFile) -> bytes:
    member = tar.next()
    if member is None or member.name != FIRST:
        raise Problem(_("This file is not a backup of a Dorfplatz."))
    return _text(tar, member)


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[tarfile.TarFile]:
    try:
        tar = tarfile.open(fileobj=stream, mode="r|")  # noqa: SIM115  closed below; its first look is the question
    except DAMAGED as error:
        raise Problem(_("This file is not a backup of a Dorfplatz.")) from error
    with tar:
        yield tar


def _text(tar: tarfile.TarFile, member: tarfile.TarInfo | None) -> bytes:
    if member is None or not member.isreg() or member.size > LARGEST_LIST:
        raise ValueError("the list is missing")
    return _content(tar, member).read()


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = tar.extractfile(member)
    if stream is None:
        raise ValueError("no content")
    return stream


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, contents: Contents) -> None:
    name = member.name
    known = name == SECRET or TABLE.fullmatch(name) or STORED.fullmatch(name)
    if not known or not member.isreg() or member.issparse() or name in contents.parts:
        raise ValueError("a part that no backup of ours has")
    source = _content(tar, member)
    target = folder / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashing = Hashing(source)
    with target.open("xb") as file:
        while piece := hashing.read(PIECE):
            file.write(piece)
    contents.parts[name] = (hashing.digest.hexdigest(), hashing.size)


def _compare(text: bytes, contents: Contents) -> None:
    said = json.loads(text)
    if {name: (sha256, size) for name, (sha256, size) in said["parts"].items()} != contents.parts:
        raise ValueError("not what was written")
    contents.tables = {
        str(name): TableFacts(int(rows), str(sha256), None if last_id is None else int(last_id))
        for name, (rows, sha256, last_id) in said["tables"].items()
    }
    if {f"tables/{name}.jsonl.gz" for name in contents.tables} != {n for n in contents.parts if TABLE.fullmatch(n)}:
        raise ValueError("a table without a word about it")


class _refusing:  # noqa: N801  a context, read as a verb
    """Whatever goes wrong while reading is said in one sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, DAMAGED) and not isinstance(error, Problem):
            raise Problem(_("This backup is damaged or not complete. Nothing has been taken from it.")) from error
