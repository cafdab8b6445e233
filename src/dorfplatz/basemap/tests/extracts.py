"""Small OpenStreetMap extracts, written with pyosmium as the tests need them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

STAND = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
Tags = Mapping[str, str]


@dataclass
class Extract:
    """What is to be in the file. Corners of areas get node ids of their own."""

    nodes: dict[int, tuple[float, float, Tags]] = field(default_factory=dict)
    ways: dict[int, tuple[Sequence[int], Tags]] = field(default_factory=dict)
    relations: dict[int, tuple[Sequence[tuple[str, int, str]], Tags]] = field(default_factory=dict)
    _next: int = 1_000_000

    def node(self, pk: int, lat: float, lon: float, **tags: str) -> Extract:
        self.nodes[pk] = (lat, lon, _keys(tags))
        return self

    def line(self, pk: int, points: Sequence[tuple[float, float]], **tags: str) -> Extract:
        self.ways[pk] = ([self._corner(*point) for point in points], _keys(tags))
        return self

    def square(self, pk: int, lat: float, lon: float, side: float = 0.0004, **tags: str) -> Extract:
        """A closed way around its south-western corner's north-east."""
        corners = [(lat, lon), (lat, lon + side), (lat + side, lon + side), (lat + side, lon)]
        refs = [self._corner(*corner) for corner in corners]
        self.ways[pk] = ([*refs, refs[0]], _keys(tags))
        return self

    def relation(self, pk: int, members: Sequence[tuple[str, int, str]], **tags: str) -> Extract:
        self.relations[pk] = (members, _keys(tags))
        return self

    def write(self, path: Path, *, stand: datetime | None = STAND) -> Path:
        header = osmium.io.Header()
        if stand:
            header.set("osmosis_replication_timestamp", stand.strftime("%Y-%m-%dT%H:%M:%SZ"))
        path.unlink(missing_ok=True)
        writer = osmium.SimpleWriter(str(path), header=header)
        said = {"version": 1, "timestamp": "2026-10-01T00:00:00Z", "visible": True}
        for pk, (lat, lon, tags) in sorted(self.nodes.items()):
            writer.add_node(Node(id=pk, location=(lon, lat), tags=dict(tags), **said))
        for pk, (refs, tags) in sorted(self.ways.items()):
            writer.add_way(Way(id=pk, nodes=list(refs), tags=dict(tags), **said))
        for pk, (members, tags) in sorted(self.relations.items()):
            writer.add_relation(Relation(id=pk, members=list(members), tags=dict(tags), **said))
        writer.close()
        return path

    def _corner(self, lat: float, lon: float) -> int:
        self._next += 1
        self.nodes[self._next] = (lat, lon, {})
        return self._next


def _keys(tags: Tags) -> dict[str, str]:
    """`name__nl` stands for name:nl."""
    return {key.replace("__", ":"): value for key, value in tags.items()}
