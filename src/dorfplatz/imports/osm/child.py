"""The child process that reads an extract: `python -m dorfplatz.imports.osm.child`. Imports nothing of Django."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from dorfplatz.basemap.osm.answering import Line, answer
from dorfplatz.imports.osm.reading import data_moment, read_rows


def _things(asked: Line, report: Callable[[int], None]) -> Iterator[Line]:
    """Each thing, then how many there were and from when the data are."""
    path = Path(asked["path"])
    rows = read_rows(path, asked["patterns"], report)
    moment = data_moment(path, rows)
    for row in rows:
        yield {"thing": row}
    yield {"end": len(rows), "data_at": moment}


if __name__ == "__main__":
    answer(_things)
