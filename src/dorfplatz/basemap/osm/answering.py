"""The child's side: limits on itself, and lines of JSON on its standard output. Imports nothing of Django.

Asked by one line on its standard input, a child says how far it is, whatever it finds, and one last line that says
“end”, or which fault it met. Whoever hears no last line knows that a limit was hit.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import osmium

from dorfplatz.basemap.osm.formats import NoPlace, NotOsm

# Words by which libosmium says that a file stops early.
_CUT_SHORT = ("unexpected eof", "unclosed token", "read close failed", "unexpected end", "truncated", "inflate failed")
# … and that the memory or the threads it asked for were not granted.
_NO_ROOM = ("resource temporarily unavailable", "cannot allocate", "bad_alloc")

Line = dict[str, Any]


def answer(read: Callable[[Line, Callable[[int], None]], Iterator[Line]]) -> None:
    """Ask `read` for the answer to what is asked and say it, or the fault it ended in.

    `read` is given what was asked and whom to tell how many objects were looked at; before its first line it has read
    all, so that a fault comes alone.
    """
    asked = json.loads(sys.stdin.readline())
    _limit(asked["memory_bytes"], asked["cpu_seconds"])
    path = Path(asked["path"])
    lines = read(asked, lambda seen: say({"seen": seen, "share": _share_read(path)}))
    try:
        first = next(lines)
    except Exception as error:  # whatever a damaged file makes the parser say ends in one known fault
        say({"fault": _fault(error, path)})
        return
    say(first)
    for line in lines:
        say(line)


def say(line: Line, out: TextIO = sys.stdout) -> None:
    out.write(json.dumps(line, separators=(",", ":")) + "\n")
    if "thing" not in line:
        out.flush()


def _fault(error: Exception, path: Path) -> str:
    text = str(error).lower()
    if not path.is_file() or isinstance(error, PermissionError):
        return "missing"
    if isinstance(error, EOFError) or "no element found" in text:
        return "empty"
    if isinstance(error, NoPlace | osmium.InvalidLocationError):
        return "coordinates"
    if isinstance(error, MemoryError) or any(words in text for words in _NO_ROOM):
        return "too_much"
    if not isinstance(error, NotOsm) and any(words in text for words in _CUT_SHORT):
        return "truncated"
    return "not_osm"


def _limit(memory_bytes: int, cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError, OSError):  # not every system knows it
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _share_read(path: Path) -> float | None:
    """How much of the file libosmium has read, by where the system says its descriptor stands; None if it cannot."""
    with suppress(OSError, ValueError, IndexError):
        size = path.stat().st_size
        for entry in Path("/proc/self/fd").iterdir():
            if entry.readlink() == path.resolve():
                position = Path(f"/proc/self/fdinfo/{entry.name}").read_text("ascii").split()[1]
                return min(1.0, int(position) / size)
    return None
