"""`dorfplatz basemap`, as somebody types it."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from dorfplatz.basemap.models import BaseMap, House, Street
from dorfplatz.basemap.queries import maps_folder
from dorfplatz.basemap.tests.extracts import STAND, Extract
from dorfplatz.basemap.tests.villages import niel
from dorfplatz.villages.queries import edition_of
from tests.fixtures.kranenburg import Kranenburg

pytestmark = pytest.mark.usefixtures("kranenburg")
PMTILES, GZIPPED, VECTOR = b"PMTiles\x03", 2, 1


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "home" / "media"


def run(path: Path, municipality: str = "kranenburg") -> tuple[int, str, str]:
    """Exit code, what it said, what it complained of."""
    out, complaints = StringIO(), StringIO()
    try:
        call_command("basemap", str(path), municipality=municipality, stdout=out, stderr=complaints)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), complaints.getvalue()
    return 0, out.getvalue(), complaints.getvalue()


def files() -> list[str]:
    return sorted(path.name for path in maps_folder().iterdir() if path.name != ".lock")


def header_of(path: Path) -> tuple[bytes, dict[str, Any]]:
    """The head of a PMTiles file, as its specification has it, and its metadata."""
    whole = path.read_bytes()
    at, length = (int.from_bytes(whole[i : i + 8], "little") for i in (24, 32))
    return whole[:127], json.loads(gzip.decompress(whole[at : at + length]))


@pytest.mark.parametrize("ending", ["osm.pbf", "osm", "osm.gz"])
def test_an_extract_becomes_one_file_of_tiles(tmp_path: Path, ending: str) -> None:
    code, said, complaints = run(niel().write(tmp_path / f"a.{ending}"))
    assert (code, complaints) == (0, "")
    assert "3 Straßen, 4 Adressen" in said
    base_map = BaseMap.objects.get()
    assert files() == [base_map.file]
    head, metadata = header_of(maps_folder() / base_map.file)
    assert head.startswith(PMTILES)
    assert (head[98], head[99]) == (GZIPPED, VECTOR)
    assert (head[100], head[101]) == (8, 14)
    west, south, east, north = (
        int.from_bytes(head[i : i + 4], "little", signed=True) / 1e7 for i in range(102, 118, 4)
    )
    assert 5.7 < west < 5.95
    assert 6.07 < east < 6.3
    assert 51.7 < south < 51.78
    assert 51.83 < north < 51.9
    layers = {layer["id"]: layer["fields"] for layer in metadata["vector_layers"]}
    assert set(layers) == {"earth", "water", "landuse", "roads", "buildings", "places"}
    assert {"kind", "kind_detail", "min_zoom", "name"} <= set(layers["roads"])
    assert {"kind", "name", "name:nl"} <= set(layers["water"])
    assert "population_rank" in layers["places"]
    assert "OpenStreetMap" in metadata["attribution"]
    assert str(tmp_path) not in json.dumps(metadata)
    # Written as XML, the head keeps no moment.
    assert base_map.data_at == (STAND if ending == "osm.pbf" else None)


def test_addresses_are_kept_by_street_and_village(tmp_path: Path) -> None:
    run(niel().write(tmp_path / "a.osm.pbf"))
    found = {(s.place, s.name): sorted(s.houses.values_list("number", flat=True)) for s in Street.objects.all()}
    assert found == {
        ("Niel", "Dorfstraße"): ["12", "12a", "2"],
        ("Niel", "Kapellenweg"): [],
        ("Zyfflich", "Dorfstraße"): ["1"],
    }
    lane = Street.objects.get(place="Niel", name="Dorfstraße")
    assert (lane.lat, lane.lon, lane.postcode) == (51.8262, 6.0202, "47559")
    house = House.objects.get(street=lane, number="2")
    assert (round(house.lat, 4), round(house.lon, 4)) == (51.8265, 6.0204)


def test_the_same_file_again_changes_nothing(tmp_path: Path, kranenburg: Kranenburg) -> None:
    path = niel().write(tmp_path / "a.osm.pbf")
    run(path)
    made_at, there = BaseMap.objects.get().made_at, files()
    edition = edition_of(kranenburg.municipality.pk)
    streets = set(Street.objects.values_list("pk", flat=True))
    assert run(path)[0] == 0
    assert (BaseMap.objects.get().made_at, files()) == (made_at, there)
    assert edition_of(kranenburg.municipality.pk) == edition
    assert set(Street.objects.values_list("pk", flat=True)) == streets


def test_a_lost_file_is_made_again_under_the_same_name(tmp_path: Path) -> None:
    path = niel().write(tmp_path / "a.osm.pbf")
    run(path)
    there = files()
    (maps_folder() / there[0]).unlink()
    assert run(path)[0] == 0
    assert files() == there


def test_a_newer_file_takes_the_place_of_the_old_one_and_pages_are_made_anew(
    tmp_path: Path, kranenburg: Kranenburg
) -> None:
    run(niel().write(tmp_path / "a.osm.pbf"))
    before, edition = files(), edition_of(kranenburg.municipality.pk)
    newer = niel().line(5, [(51.8230, 6.0180), (51.8235, 6.0220)], highway="residential", name="Neuer Weg")
    assert run(newer.write(tmp_path / "b.osm.pbf"))[0] == 0
    assert len(files()) == 1
    assert files() != before
    assert Street.objects.filter(name="Neuer Weg").exists()
    assert (edition_of(kranenburg.municipality.pk) or 0) > (edition or 0)


BROKEN = {
    "empty": b"",
    "words": b"not a map at all",
    "cut": b"<osm version='0.6'><node id='1' lat='51.8' lon='6.0'>",
    "nowhere": b"<osm version='0.6'><node id='1' version='1' lat='95' lon='6'><tag k='place' v='village'/>"
    b"<tag k='name' v='Niel'/></node></osm>",
    "far": b"<osm version='0.6'><node id='1' version='1' lat='48' lon='11'><tag k='place' v='village'/>"
    b"<tag k='name' v='Dort'/></node></osm>",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_bad_file_is_told_in_one_sentence_and_what_was_there_stays(tmp_path: Path, content: bytes) -> None:
    run(niel().write(tmp_path / "a.osm.pbf"))
    there, streets = files(), Street.objects.count()
    (tmp_path / "bad.osm").write_bytes(content)
    code, said, complaint = run(tmp_path / "bad.osm")
    assert (code, said) == (2, "")
    assert len(complaint.strip().splitlines()) == 1
    assert (files(), Street.objects.count()) == (there, streets)


def test_a_file_that_stops_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = niel().write(tmp_path / "a.osm.pbf")
    path.write_bytes(path.read_bytes()[:-40])
    assert run(path)[0] == 2
    assert files() == []


def test_a_missing_file_and_an_unknown_municipality_are_told(tmp_path: Path) -> None:
    assert run(tmp_path / "none.osm.pbf")[0] == 2
    assert run(niel().write(tmp_path / "a.osm.pbf"), municipality="atlantis")[0] == 2
    assert BaseMap.objects.count() == 0


def test_names_that_would_be_markup_or_endless_stay_harmless(tmp_path: Path) -> None:
    odd = Extract().node(
        1, 51.8264, 6.0203, addr__street="Straße\x07\u2028<b>" + "x" * 400, addr__housenumber="1" * 400
    )
    odd.node(2, 51.8264, 6.0203, place="village", name="N" * 400)
    assert run(odd.write(tmp_path / "a.osm.pbf"))[0] == 0
    lane = Street.objects.get()
    assert len(lane.name) <= 100
    assert lane.name.isprintable()


def test_nothing_is_put_in_place_when_the_tables_cannot_take_it(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("dorfplatz.basemap.actions.record_act", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(niel().write(tmp_path / "a.osm.pbf"))
    assert files() == []
    assert (BaseMap.objects.count(), Street.objects.count()) == (0, 0)
