"""`dorfplatz import`, as somebody types it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from dorfplatz.entries.models import Entry
from dorfplatz.imports.models import Reading, Source, SourceRecord
from dorfplatz.imports.tests.extracts import STAND, Extract

pytestmark = pytest.mark.usefixtures("kranenburg")


def village() -> Extract:
    return (
        Extract()
        .node(1, 51.8264, 6.0203, shop="bakery", name="Bäckerei Derks")
        .square(2, 51.8239, 5.9739, amenity="fire_station", name="Feuerwehr Zyfflich")
        .node(3, 51.8240, 5.9740, amenity="fire_station", name="Feuerwehr Zyfflich")
        .node(4, 51.8265, 6.0210, emergency="defibrillator")
        .node(5, 51.8265, 6.0212, tourism="information", information="board")
        .node(6, 48.1, 11.5, shop="bakery", name="In München")
    )


def run(kind: str, path: Path | str, **options: Any) -> tuple[int, str, str]:
    """Exit code, what it said, what it complained of."""
    out, complaints = StringIO(), StringIO()
    chosen = {"municipality": "kranenburg", **options}
    try:
        call_command("import", kind, str(path), stdout=out, stderr=complaints, **chosen)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), complaints.getvalue()
    return 0, out.getvalue(), complaints.getvalue()


def test_an_extract_fills_the_villages(tmp_path: Path) -> None:
    code, said, complaints = run("osm", village().write(tmp_path / "a.osm.pbf"), report=tmp_path / "report.json")
    assert (code, complaints) == (0, "")
    assert said
    where = {e.title: e.areas.get().slug for e in Entry.objects.filter(origin="osm")}
    assert where == {"Bäckerei Derks": "niel", "Feuerwehr Zyfflich": "zyfflich", "Defibrillator": "niel"}
    assert SourceRecord.objects.get(key="way/2").also == ["node/3"]
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["counts"]["added"] == 3
    assert report["counts"]["joined"] == 1
    assert report["joined"] == [{"key": "node/3", "into": "way/2"}]
    assert {record["key"] for record in report["rejected"]} == {"node/5", "node/6"}
    assert Source.objects.get().data_at == STAND


def test_a_trial_changes_nothing(tmp_path: Path) -> None:
    code, said, _ = run("osm", village().write(tmp_path / "a.osm.pbf"), dry_run=True)
    assert code == 0
    assert len(said.splitlines()) == 2
    assert not Entry.objects.filter(origin="osm").exists()
    assert not Source.objects.exists()
    assert not Reading.objects.exists()


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\x1f\x8b\x08", b"PK\x03\x04"])
def test_a_file_that_cannot_be_read_gets_one_sentence_and_exit_code_two(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.osm"
    path.write_bytes(content)
    code, said, complaints = run("osm", path, report=tmp_path / "report.json")
    assert (code, said) == (2, "")
    assert len(complaints.strip().splitlines()) == 1
    assert json.loads((tmp_path / "report.json").read_text()) == {"error": complaints.strip()}
    assert not Entry.objects.filter(origin="osm").exists()


@pytest.mark.parametrize("address", ["nowhere.osm", "https://127.0.0.1/a.osm", "http://[::1]/a.osm", "ftp://x/a.osm"])
def test_what_cannot_be_had_gets_one_sentence_and_exit_code_two(address: str) -> None:
    code, _, complaints = run("osm", address)
    assert code == 2
    assert len(complaints.strip().splitlines()) == 1


def test_an_unknown_municipality_is_named(tmp_path: Path) -> None:
    code, _, complaints = run("osm", village().write(tmp_path / "a.osm.pbf"), municipality="atlantis")
    assert code == 2
    assert "atlantis" in complaints


def test_a_table_fills_the_villages_with_its_mapping(tmp_path: Path) -> None:
    (tmp_path / "clubs.csv").write_bytes("Verein;Was\nSV Niel;Fußball\nNix;Raumfahrt\n".encode("cp1252"))
    (tmp_path / "map.toml").write_text(
        'label = "Vereine"\nlicence = "CC0-1.0"\nattribution = "Gemeinde Kranenburg"\n'
        '[columns]\ncategory = "Was"\n[constants]\nvillage = "Niel"\n[categories]\n"Fußball" = "sports-club"\n'
    )
    code, _, _ = run("csv", tmp_path / "clubs.csv", mapping=tmp_path / "map.toml")
    assert code == 0
    entry = Entry.objects.get(origin="csv")
    assert (entry.title, entry.areas.get().slug, entry.listing.assured_by) == ("SV Niel", "niel", "csv")
    reading = Reading.objects.get()
    assert (reading.source.label, reading.counts["added"], len(reading.rejected)) == ("Vereine", 1, 1)
    assert (reading.address, reading.ended_at > datetime(2020, 1, 1, tzinfo=UTC)) == ("clubs.csv", True)


def test_a_table_again_changes_what_changed(tmp_path: Path) -> None:
    path = tmp_path / "clubs.csv"
    path.write_text("nr;name;kategorie;dorf\n1;SV Niel;sports-club;Niel\n2;Chor;music-choir;Niel\n")
    run("csv", path)
    path.write_text("nr;name;kategorie;dorf\n1;SV Niel 1921;sports-club;Zyfflich\n")
    run("csv", path)
    assert Entry.objects.get(title="SV Niel 1921").areas.get().slug == "zyfflich"
    assert Entry.objects.get(title="Chor").listing.missing_since is not None
