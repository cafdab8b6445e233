import contextlib
import gzip
import time
from datetime import UTC, datetime
from pathlib import Path

import osmium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from osmium.osm.mutable import Node

from dorfplatz.basemap.osm.faults import Fault, Unreadable
from dorfplatz.imports.osm.extract import read_extract
from dorfplatz.imports.osm.things import OsmThing
from dorfplatz.imports.tests.extracts import PATTERNS, STAND, Extract

ENDINGS = ("osm.pbf", "osm", "osm.gz")


def village() -> Extract:
    return (
        Extract()
        .node(1, 51.79, 6.00, amenity="pharmacy", name="Adler")
        .node(2, 51.79, 6.01)
        .node(3, 51.79, 6.02, highway="traffic_signals")
        .square(10, 51.80, 6.00, leisure="playground")
        .line(11, [(51.81, 6.00), (51.81, 6.01), (51.81, 6.02)], leisure="track", sport="running", name="Laufbahn")
        .square(12, 51.82, 6.00, building="yes")
        .square(20, 51.83, 6.00, side=0.003)
        .square(21, 51.831, 6.001, side=0.001)
        .relation(5, [("w", 20, "outer"), ("w", 21, "inner")], type="multipolygon", leisure="park", name="Park")
        .relation(6, [("n", 1, "")], type="route", route="bus", amenity="bus_station", name="Linie 58")
    )


def things(path: Path) -> dict[str, OsmThing]:
    return {thing.key: thing for thing in read_extract(path, PATTERNS).things}


@pytest.mark.parametrize("ending", ENDINGS)
def test_nodes_ways_and_multipolygons_are_read_from_every_format_each_once(tmp_path: Path, ending: str) -> None:
    extract = read_extract(village().write(tmp_path / f"a.{ending}"), PATTERNS)
    assert [thing.key for thing in extract.things] == ["node/1", "relation/5", "way/10", "way/11"]


def test_the_format_is_known_by_what_is_in_the_file_whatever_its_name(tmp_path: Path) -> None:
    path = village().write(tmp_path / "a.osm.pbf").rename(tmp_path / "upload")
    assert "node/1" in things(path)


def test_an_area_stands_inside_its_outline_and_not_in_its_hole(tmp_path: Path) -> None:
    found = things(village().write(tmp_path / "a.osm.pbf"))
    playground, park = found["way/10"], found["relation/5"]
    assert (round(playground.lat, 4), round(playground.lon, 4)) == (51.8002, 6.0002)
    assert playground.box == (6.0, 51.8, 6.0004, 51.8004)
    assert park.box == (6.0, 51.83, 6.003, 51.833)
    assert not (51.831 < park.lat < 51.832 and 6.001 < park.lon < 6.002)


def test_an_open_line_stands_on_itself(tmp_path: Path) -> None:
    track = things(village().write(tmp_path / "a.osm.pbf"))["way/11"]
    assert (track.lat, track.lon, track.box) == (51.81, 6.01, None)


def test_a_park_the_extract_cuts_off_still_arrives(tmp_path: Path) -> None:
    cut = Extract().line(20, [(51.83, 6.0), (51.83, 6.01)])
    cut.relation(5, [("w", 20, "outer"), ("w", 99, "outer")], type="multipolygon", leisure="park", name="Park")
    park = things(cut.write(tmp_path / "a.osm.pbf"))["relation/5"]
    assert (park.lat, round(park.lon, 3)) == (51.83, 6.005)


def test_the_moment_of_the_data_is_the_headers(tmp_path: Path) -> None:
    assert read_extract(village().write(tmp_path / "a.osm.pbf"), PATTERNS).data_at == STAND


def test_the_moment_of_the_data_is_taken_from_overpass_too(tmp_path: Path) -> None:
    text = '<osm version="0.6"><meta osm_base="2026-11-05T10:47:02Z"/><node id="1" lat="1" lon="1" version="1"/></osm>'
    (tmp_path / "a.osm").write_text(text)
    with gzip.open(tmp_path / "b.osm.gz", "wt") as file:
        file.write(text)
    for name in ("a.osm", "b.osm.gz"):
        assert read_extract(tmp_path / name, PATTERNS).data_at == datetime(2026, 11, 5, 10, 47, 2, tzinfo=UTC)


def test_without_a_header_the_latest_change_counts(tmp_path: Path) -> None:
    path = village().write(tmp_path / "a.osm.pbf", stand=None)
    assert read_extract(path, PATTERNS).data_at == datetime(2026, 10, 1, tzinfo=UTC)


def test_of_several_versions_the_newest_stays(tmp_path: Path) -> None:
    nodes = "".join(
        f'<node id="1" version="{n}" lat="51" lon="6"><tag k="shop" v="bakery"/><tag k="name" v="{n}"/></node>'
        for n in (2, 3, 1)
    )
    (tmp_path / "a.osm").write_text(f'<osm version="0.6">{nodes}</osm>')
    assert things(tmp_path / "a.osm")["node/1"].tags["name"] == "3"


def broken_file(folder: Path, name: str) -> Path:
    whole = {ending: village().write(folder / f"whole.{ending}").read_bytes() for ending in ENDINGS}
    node = '<osm version="0.6"><node id="1" version="1" lat="{}" lon="6.0"><tag k="amenity" v="bank"/></node></osm>'
    content = {
        "cut.osm.pbf": whole["osm.pbf"][:-20],
        "cut.osm": whole["osm"][: len(whole["osm"]) // 2],
        "cut.osm.gz": whole["osm.gz"][: len(whole["osm.gz"]) // 2],
        "empty.osm.pbf": b"",
        "empty.osm": b"",
        "empty.osm.gz": gzip.compress(b""),
        "nothing.osm": b'<osm version="0.6"></osm>',
        "page.osm": b"<html><body>404</body></html>",
        "noise.osm.pbf": bytes(range(256)) * 20,
        "noise.osm.gz": gzip.compress(b"hello world" * 100),
        "picture.osm": b"\x89PNG\r\n\x1a\n" + b"x" * 100,
        "entities.osm": b'<!DOCTYPE osm [<!ENTITY a "aaaa">]><osm version="0.6"><note>&a;</note></osm>',
        "id.osm": node.format("51").replace('id="1"', 'id="99999999999999999999999"').encode(),
        "far.osm": node.format("512.0").encode(),
        "huge.osm": node.format("1e300").encode(),
        "nan.osm": node.format("NaN").encode(),
        "word.osm": node.format("north").encode(),
    }
    path = folder / name
    path.write_bytes(content[name])
    return path


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("cut.osm.pbf", Fault.TRUNCATED),
        ("cut.osm", Fault.TRUNCATED),
        ("cut.osm.gz", Fault.TRUNCATED),
        ("empty.osm.pbf", Fault.EMPTY),
        ("empty.osm", Fault.EMPTY),
        ("empty.osm.gz", Fault.EMPTY),
        ("nothing.osm", Fault.EMPTY),
        ("page.osm", Fault.NOT_OSM),
        ("noise.osm.pbf", Fault.NOT_OSM),
        ("noise.osm.gz", Fault.NOT_OSM),
        ("picture.osm", Fault.NOT_OSM),
        ("entities.osm", Fault.NOT_OSM),
        ("id.osm", Fault.NOT_OSM),
        ("far.osm", Fault.COORDINATES),
        ("huge.osm", Fault.COORDINATES),
        ("nan.osm", Fault.COORDINATES),
        ("word.osm", Fault.COORDINATES),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, fault: Fault) -> None:
    with pytest.raises(Unreadable) as caught:
        read_extract(broken_file(tmp_path, name), PATTERNS)
    assert caught.value.fault == fault
    assert caught.value.sentence.endswith((".", "?"))


def test_huge_coordinates_in_binary_are_found_too(tmp_path: Path) -> None:
    writer = osmium.SimpleWriter(str(tmp_path / "a.osm.pbf"))
    writer.add_node(Node(id=1, version=1, location=(500.0, 500.0), tags={"amenity": "bank"}))
    writer.close()
    with pytest.raises(Unreadable) as caught:
        read_extract(tmp_path / "a.osm.pbf", PATTERNS)
    assert caught.value.fault == Fault.COORDINATES


@pytest.mark.parametrize("path", ["/nowhere/a.osm", "/", "/dev/null"])
def test_what_is_no_file_says_so(path: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_extract(Path(path), PATTERNS)
    assert caught.value.fault == Fault.MISSING


def test_a_gzip_bomb_is_stopped_before_it_does_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dorfplatz.basemap.osm.asking.CPU_FLOOR_S", 2)
    monkeypatch.setattr("dorfplatz.basemap.osm.asking.CPU_PER_MEGABYTE_S", 0)
    monkeypatch.setattr("dorfplatz.basemap.osm.asking.PATIENCE", 1000)
    node = b'<node id="1" version="1" lat="51" lon="6"><tag k="shop" v="bakery"/></node>' * 20_000
    with gzip.open(tmp_path / "a.osm.gz", "wb", compresslevel=1) as file:
        file.write(b'<osm version="0.6">')
        for _ in range(200):  # 300 megabytes in a file of two
            file.write(node)
        file.write(b"</osm>")
    begun = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        read_extract(tmp_path / "a.osm.gz", PATTERNS)
    assert caught.value.fault == Fault.TOO_MUCH
    assert time.monotonic() - begun < 30


def test_the_child_may_use_only_so_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dorfplatz.basemap.osm.asking.MEMORY_FLOOR", 1024)
    with pytest.raises(Unreadable) as caught:
        read_extract(village().write(tmp_path / "a.osm.pbf"), PATTERNS)
    assert caught.value.fault == Fault.TOO_MUCH


@given(st.data())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_a_file_does_more_than_make_it_unreadable(tmp_path: Path, data: st.DataObject) -> None:
    ending = data.draw(st.sampled_from(ENDINGS))
    content = bytearray(village().write(tmp_path / f"whole.{ending}").read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=5)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged.{ending}"
    path.write_bytes(content)
    with contextlib.suppress(Unreadable):
        read_extract(path, PATTERNS)
