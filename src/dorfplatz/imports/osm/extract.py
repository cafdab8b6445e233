"""Reads an extract in a child process that may use only so much, so that no file can harm the installation."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dorfplatz.imports.osm.things import Extract, Fault, OsmThing, Unreadable

MEGABYTE = 1024 * 1024
# Seconds of computing and bytes of memory: a floor for small files, and so much more for each megabyte.
CPU_FLOOR_S, CPU_PER_MEGABYTE_S = 5, 4
MEMORY_FLOOR, MEMORY_PER_MEGABYTE = 256 * MEGABYTE, 24 * MEGABYTE
# Waiting for a disk is no computing: by the wall clock a reading may take this much longer.
PATIENCE = 10
MOST_THINGS = 500_000

Progress = Callable[[int, float | None], None]


def read_extract(path: Path, patterns: Sequence[str], progress: Progress | None = None) -> Extract:
    """All things in the file that one of the tag patterns matches. Raises Unreadable, and then nothing was read.

    `progress` is told how many objects were looked at, and what share of the file was read where that is known.
    """
    if not path.is_file():
        raise Unreadable(Fault.MISSING)
    megabytes = path.stat().st_size / MEGABYTE
    cpu_seconds = int(CPU_FLOOR_S + CPU_PER_MEGABYTE_S * megabytes)
    asked = {
        "path": str(path.resolve()),
        "patterns": list(patterns),
        "cpu_seconds": cpu_seconds,
        "memory_bytes": int(MEMORY_FLOOR + MEMORY_PER_MEGABYTE * megabytes),
    }
    command = [sys.executable, "-m", "dorfplatz.imports.osm.child"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603  this very Python, nobody's words
        alarm = threading.Timer(cpu_seconds * PATIENCE, child.kill)
        alarm.start()
        try:
            return _conversation(child, asked, progress)
        finally:
            alarm.cancel()
            child.kill()


def _conversation(child: subprocess.Popen[bytes], asked: dict[str, Any], progress: Progress | None) -> Extract:
    if child.stdin is None or child.stdout is None:
        raise Unreadable(Fault.TOO_MUCH)
    things: list[OsmThing] = []
    try:
        child.stdin.write(json.dumps(asked).encode() + b"\n")
        child.stdin.close()
        for line in child.stdout:
            extract = _hear(json.loads(line), things, progress)
            if extract:
                return extract
    except (BrokenPipeError, json.JSONDecodeError) as error:
        raise Unreadable(Fault.TOO_MUCH) from error
    # No last line: a limit ended the child.
    raise Unreadable(Fault.TOO_MUCH)


def _hear(said: dict[str, Any], things: list[OsmThing], progress: Progress | None) -> Extract | None:
    """Take down one line; the extract when it was the last. Raises Unreadable for a fault."""
    if "fault" in said:
        raise Unreadable(Fault(said["fault"]))
    if "thing" in said:
        things.append(_thing(said["thing"]))
        if len(things) > MOST_THINGS:
            raise Unreadable(Fault.TOO_MUCH)
    elif "seen" in said and progress:
        progress(said["seen"], said["share"])
    elif said.get("end") == len(things):
        return Extract(tuple(things), _parsed_moment(said["data_at"]))
    return None


def _thing(row: dict[str, Any]) -> OsmThing:
    box = row.get("box")
    return OsmThing(row["key"], row["tags"], row["lat"], row["lon"], row["version"], tuple(box) if box else None)


def _parsed_moment(text: str) -> datetime | None:
    """The moment an extract states, as UTC; None for anything else."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
