"""Reads an extract in a child process that may use only so much, so that no file can harm the installation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dorfplatz.basemap.osm.asking import Progress, ask_child, parsed_moment
from dorfplatz.basemap.osm.faults import Fault, Unreadable
from dorfplatz.imports.osm.things import Extract, OsmThing

MOST_THINGS = 500_000


def read_extract(path: Path, patterns: Sequence[str], progress: Progress | None = None) -> Extract:
    """All things in the file that one of the tag patterns matches. Raises Unreadable, and then nothing was read.

    `progress` is told how many objects were looked at, and what share of the file was read where that is known.
    """
    things: list[OsmThing] = []

    def hear(said: dict[str, Any]) -> Extract | None:
        if "thing" in said:
            things.append(_thing(said["thing"]))
            if len(things) > MOST_THINGS:
                raise Unreadable(Fault.TOO_MUCH)
        elif said.get("end") == len(things):
            return Extract(tuple(things), parsed_moment(said["data_at"]))
        return None

    return ask_child("dorfplatz.imports.osm.child", path, {"patterns": list(patterns)}, hear, progress)


def _thing(row: dict[str, Any]) -> OsmThing:
    box = row.get("box")
    return OsmThing(row["key"], row["tags"], row["lat"], row["lon"], row["version"], tuple(box) if box else None)
