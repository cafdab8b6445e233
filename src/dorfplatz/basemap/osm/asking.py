"""The parent's side: has a file read in a child process that may use only so much, so that no file can do harm."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from dorfplatz.basemap.osm.faults import Fault, Unreadable

MEGABYTE = 1024 * 1024
# Seconds of computing and bytes of memory: a floor for small files, and so much more for each megabyte.
CPU_FLOOR_S, CPU_PER_MEGABYTE_S = 5, 4
MEMORY_FLOOR, MEMORY_PER_MEGABYTE = 256 * MEGABYTE, 24 * MEGABYTE
# Waiting for a disk is no computing: by the wall clock a reading may take this much longer.
PATIENCE = 10

Progress = Callable[[int, float | None], None]
T = TypeVar("T")


def ask_child(
    module: str,
    path: Path,
    question: Mapping[str, Any],
    hear: Callable[[dict[str, Any]], T | None],
    progress: Progress | None = None,
) -> T:
    """What `hear` makes of the lines in which the module, run as a child process, answers about the file.

    `hear` is given each line but those of progress, and returns something when it was the last. `progress` is told how
    many objects were looked at, and what share of the file was read where that is known. Raises Unreadable.
    """
    if not path.is_file():
        raise Unreadable(Fault.MISSING)
    megabytes = path.stat().st_size / MEGABYTE
    cpu_seconds = int(CPU_FLOOR_S + CPU_PER_MEGABYTE_S * megabytes)
    memory_bytes = int(MEMORY_FLOOR + MEMORY_PER_MEGABYTE * megabytes)
    asked = {**question, "path": str(path.resolve()), "cpu_seconds": cpu_seconds, "memory_bytes": memory_bytes}
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:  # noqa: S603  this very Python, nobody's words
        alarm = threading.Timer(cpu_seconds * PATIENCE, child.kill)
        alarm.start()
        try:
            return _conversation(child, asked, hear, progress)
        finally:
            alarm.cancel()
            child.kill()


def _conversation(
    child: subprocess.Popen[bytes],
    asked: Mapping[str, Any],
    hear: Callable[[dict[str, Any]], T | None],
    progress: Progress | None,
) -> T:
    if child.stdin is None or child.stdout is None:
        raise Unreadable(Fault.TOO_MUCH)
    try:
        child.stdin.write(json.dumps(asked).encode() + b"\n")
        child.stdin.close()
        for line in child.stdout:
            heard = _heard(json.loads(line), hear, progress)
            if heard is not None:
                return heard
    except (BrokenPipeError, json.JSONDecodeError) as error:
        raise Unreadable(Fault.TOO_MUCH) from error
    # No last line: a limit ended the child.
    raise Unreadable(Fault.TOO_MUCH)


def _heard(said: dict[str, Any], hear: Callable[[dict[str, Any]], T | None], progress: Progress | None) -> T | None:
    if "fault" in said:
        raise Unreadable(Fault(said["fault"]))
    if "seen" in said:
        if progress:
            progress(said["seen"], said["share"])
        return None
    return hear(said)


def parsed_moment(text: str) -> datetime | None:
    """The moment an extract states, as UTC; None for anything else."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
