"""Making a base map: from an extract to a file that is whole, and rows. Changes nothing that is there already."""

from __future__ import annotations

import fcntl
import hashlib
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import shapely
from django.utils.translation import gettext as _

from dorfplatz.basemap.drawing.sketch import Box, Spot, sketch
from dorfplatz.basemap.drawing.tiles import NoTiles, write_tiles
from dorfplatz.basemap.gathering import Lane, lanes_of
from dorfplatz.basemap.osm.asking import Progress
from dorfplatz.basemap.osm.faults import Fault, Unreadable
from dorfplatz.basemap.queries import maps_folder
from dorfplatz.kernel.geo import DEFAULT_REACH_M, METRES_PER_DEGREE, OutlineIndex, Point, outline_of
from dorfplatz.kernel.text import in_language
from dorfplatz.kernel.verdict import Problem
from dorfplatz.villages.queries import Site

# Counts up when the same extract gives another map or other addresses.
WAY_OF_DRAWING = 1
AROUND_M = 3_000
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Made:
    """A base map that is whole, in a working folder still. `file` is the name it will have."""

    tiles: Path
    file: str
    made_of: str
    data_at: datetime | None
    lanes: list[Lane]


def surroundings(site: Site) -> Box:
    """The municipality with some ground around it. Raises Problem when nobody has said where it is."""
    shapes = [outline_of(village.outline).envelope for village in site.villages if village.outline]
    points = [shapely.Point(v.point.lon, v.point.lat) for v in site.villages if v.point]
    if not shapes and not points:
        raise Problem(_("Nobody has said yet where the villages are: without that, no map can be cut out."))
    west, south, east, north = shapely.unary_union([*shapes, *points]).bounds
    around = (AROUND_M if shapes else AROUND_M + DEFAULT_REACH_M) / METRES_PER_DEGREE
    sideways = around / max(math.cos(math.radians((south + north) / 2)), 0.1)
    edges = (west - sideways, south - around, east + sideways, north + around)
    return tuple(round(edge, 5) for edge in edges)  # type: ignore[return-value]  # four of them


def fingerprint(path: Path, box: Box) -> str:
    """The same for what would give the same map. Raises Unreadable."""
    digest = hashlib.sha256(f"{WAY_OF_DRAWING} {box}".encode())
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
    except OSError as error:
        raise Unreadable(Fault.MISSING) from error
    return digest.hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two who make base maps at one moment wait for each other: the later one's map stays."""
    folder = maps_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def making(
    path: Path, site: Site, folder: Path, *, reading: Progress | None = None, drawing: Callable[[float], None]
) -> Iterator[Made]:
    """A base map of the extract, whole, for as long as the block lasts. Raises Problem, and then nothing is left."""
    folder.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        yield _make(path, site, work, reading, drawing)
    except Unreadable as fault:
        raise Problem(fault.sentence) from fault
    except NoTiles as fault:
        raise Problem(_("The map could not be drawn. Is there room on the disk?")) from fault
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _make(path: Path, site: Site, work: Path, reading: Progress | None, drawing: Callable[[float], None]) -> Made:
    box, slug = surroundings(site), site.municipality.area.slug
    made_of = fingerprint(path, box)
    sketched = sketch(path, box, work, reading)
    if not sketched.count:
        raise Problem(
            _("The file has nothing near %(name)s. Is it the right extract?")
            % {"name": in_language(site.municipality.area.name, "und")}
        )
    tiles = work / "map.pmtiles"
    write_tiles(sketched.features, tiles, box, name=slug, progress=drawing)
    with tiles.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    lanes = lanes_of(sketched.spots, _villages_by_point(site))
    return Made(tiles, f"{slug}-{digest[:16]}.pmtiles", made_of, sketched.data_at, lanes)


def _villages_by_point(site: Site) -> Callable[[Spot], str]:
    language = site.municipality.default_language
    index = OutlineIndex({village.pk: village.outline for village in site.villages if village.outline})
    names = {village.pk: in_language(village.name, language) for village in site.villages}

    def place_of(spot: Spot) -> str:
        return names.get(index.at(Point(spot.lat, spot.lon)) or 0, "")

    return place_of
