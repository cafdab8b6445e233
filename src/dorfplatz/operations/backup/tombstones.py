"""The list of what was erased for good: ids, verbs and moments, nothing else. It lies beside the archives, not in them.

A backup made before an erasure still has what was erased. Who restores it has all of it erased again that this list
knows to be later than the backup. Each line is one of the journal, known by its seal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.utils.translation import gettext as _

from dorfplatz.kernel.verdict import Problem

LIST = "erased.jsonl"
# In the home, between a restore and the moment at which all of it has been erased again.
PENDING = "erase-again.jsonl"
LOCK = ".erased.lock"
# What an action that had begun before the backup did after it. Erasing twice does no harm.
OVERLAP = timedelta(hours=1)
# Longer than any archive is kept.
LISTED_FOR = timedelta(days=40)


@dataclass(frozen=True)
class Tombstone:
    """One erasure, as the journal has it."""

    seal: str
    at: str
    verb: str
    thing: str
    details: dict[str, Any] = field(compare=False, hash=False)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


def read_list(path: Path) -> list[Tombstone]:
    """The list in the order of its lines; none where there is no such file. Raises Problem for one it cannot read."""
    try:
        lines = path.read_text().splitlines()
        found = [Tombstone(**json.loads(line)) for line in lines if line]
        if any(stone.moment.tzinfo is None for stone in found):
            raise ValueError("a moment without a zone")
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, OSError) as error:
        raise Problem(_("The list of what was erased, %(file)s, cannot be read.") % {"file": path}) from error
    return found


def write_list(path: Path, stones: Iterable[Tombstone]) -> None:
    """All at once, readable by the owner only, and safe on the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
        try:
            file.writelines(json.dumps(asdict(stone), sort_keys=True) + "\n" for stone in stones)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def merged(*lists: Iterable[Tombstone], since: datetime) -> list[Tombstone]:
    """Each erasure once, the oldest first, those before `since` left out."""
    found = {stone.seal: stone for stones in lists for stone in stones if stone.moment >= since}
    return sorted(found.values(), key=lambda stone: (stone.moment, stone.seal))


def lists_beside(archive: Path | None, backups: Path) -> Iterator[Path]:
    """Where the list may lie: beside the archive that is restored, and where this home keeps its own backups."""
    if archive is not None:
        yield archive.resolve().parent / LIST
    yield backups / LIST
