"""The page of imports, through the front door."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from dorfplatz.entries.models import Entry
from dorfplatz.imports import uploads
from dorfplatz.imports.actions import open_reading
from dorfplatz.imports.models import Reading
from dorfplatz.imports.tasks import read_upload
from dorfplatz.imports.tests.extracts import Extract
from dorfplatz.jobs.models import Job
from dorfplatz.members.enums import Role
from tests.fixtures.kranenburg import INSTALLER, NOW, Kranenburg, Square
from tests.fixtures.people import Person, square_of


def page(language: str = "de") -> str:
    with override(language):
        return reverse("imports:history")


def extract(tmp_path: Path) -> SimpleUploadedFile:
    path = Extract().node(1, 51.8264, 6.0203, shop="bakery", name="Bäckerei Derks").write(tmp_path / "a.osm.pbf")
    return SimpleUploadedFile("niel.osm.pbf", path.read_bytes())


def work_off() -> None:
    """What the worker does with the handed-in files."""
    for job in Job.objects.select_related("result"):
        read_upload.func(**job.result.args_kwargs["kwargs"])


def test_the_page_has_an_address_in_each_language(db: None) -> None:
    assert (page("de"), page("nl"), page("en")) == (
        "/de/einstellungen/importe/", "/nl/instellingen/imports/", "/en/settings/imports/",
    )  # fmt: skip


@pytest.mark.parametrize("role", [None, Role.CONNECTOR, Role.EDITOR, Role.OFFICER])
def test_nobody_but_admins_gets_there(
    kranenburg: Kranenburg, square: Square, person: Person, role: Role | None
) -> None:
    there = square_of(person("Ben", roles=[(role, "")])) if role else square
    reading = open_reading(kranenburg.municipality, kind="osm", address="a", by=INSTALLER, now=NOW)
    for address in (page(), f"{page()}{reading.pk}/"):
        assert there.get(address).status_code in {302, 404}
    assert there.post(page(), {"file": SimpleUploadedFile("a.osm", b"x")}).status_code in {302, 404}
    assert Reading.objects.count() == 1


def test_a_file_handed_in_is_read_by_the_worker(admin_square: Square, tmp_path: Path) -> None:
    answer = admin_square.post(page(), {"file": extract(tmp_path)}, follow=True)
    assert "wird gerade gelesen" in answer.content.decode()
    work_off()
    reading = Reading.objects.get()
    assert (reading.address, reading.counts["added"], Entry.objects.filter(origin="osm").count()) == (
        "niel.osm.pbf",
        1,
        1,
    )
    assert "<strong>1</strong> Eintrag neu" in admin_square.get(page()).content.decode()
    assert not uploads.source_path(reading.pk).exists()


def test_reading_the_job_again_after_a_crash_changes_nothing(admin_square: Square, tmp_path: Path) -> None:
    admin_square.post(page(), {"file": extract(tmp_path)})
    work_off()
    before = list(Reading.objects.values())
    work_off()
    assert list(Reading.objects.values()) == before


def test_a_table_comes_with_its_mapping_and_tells_which_rows_it_left_out(admin_square: Square) -> None:
    table = SimpleUploadedFile("<b>clubs</b>.csv", b"A;Kategorie;Dorf\nSV Niel;sports-club;Niel\nX;<i>;Niel\n")
    mapping = SimpleUploadedFile("map.toml", b'[columns]\nname = "A"\n')
    admin_square.post(page(), {"file": table, "mapping": mapping})
    work_off()
    reading = Reading.objects.get()
    german, dutch = (admin_square.get(f"{page(code)}{reading.pk}/").content.decode() for code in ("de", "nl"))
    assert "„&lt;i&gt;“ ist hier keine bekannte Kategorie." in german
    assert "‘&lt;i&gt;’ is hier geen bekende categorie." in dutch
    assert "<b>clubs" not in german


def test_a_file_that_cannot_be_read_says_so_on_the_page(admin_square: Square) -> None:
    admin_square.post(page(), {"file": SimpleUploadedFile("a.osm", b"<html></html>")})
    work_off()
    assert "Das ist keine OpenStreetMap-Datei." in admin_square.get(page()).content.decode()
    assert "Dit is geen OpenStreetMap-bestand." in admin_square.get(page("nl")).content.decode()


@pytest.mark.parametrize("name", ["a.osm", "a.csv"])
def test_an_empty_file_is_not_even_taken(admin_square: Square, name: str) -> None:
    answer = admin_square.post(page(), {"file": SimpleUploadedFile(name, b"")})
    assert answer.status_code == 200
    assert not Reading.objects.exists()


def test_a_mapping_without_a_table_is_sent_back(admin_square: Square, tmp_path: Path) -> None:
    data = {"file": extract(tmp_path), "mapping": SimpleUploadedFile("m.toml", b"x=1")}
    assert "nur für Tabellen" in admin_square.post(page(), data).content.decode()


def test_readings_of_another_municipality_are_not_there(admin_square: Square, kranenburg: Kranenburg) -> None:
    other = Reading.objects.create(
        municipality=kranenburg.site.outside[0].parent.municipality, kind="osm", address="x", began_at=NOW
    )
    assert admin_square.get(f"{page()}{other.pk}/").status_code == 404


def test_an_entry_from_a_list_says_which(admin_square: Square, kranenburg: Kranenburg) -> None:
    admin_square.post(
        page(), {"file": SimpleUploadedFile("Vereine.csv", b"Name;Kategorie;Dorf\nSV Niel;sports-club;Niel\n")}
    )
    work_off()
    entry = Entry.objects.get(origin="csv")
    assert "aus der Liste „Vereine“" in admin_square.get(f"/de/e/{entry.code}/{entry.title_words}/").content.decode()


def test_an_entry_from_openstreetmap_names_it_and_its_licence(admin_square: Square, tmp_path: Path) -> None:
    admin_square.post(page(), {"file": extract(tmp_path)})
    work_off()
    entry = Entry.objects.get(origin="osm")
    shown = admin_square.get(f"/de/e/{entry.code}/{entry.title_words}/").content.decode()
    assert "© OpenStreetMap" in shown
    assert "https://www.openstreetmap.org/copyright" in shown
    assert "https://www.openstreetmap.org/node/1" in shown


def test_the_page_costs_the_same_for_one_reading_and_for_twenty(
    admin_square: Square, kranenburg: Kranenburg, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        open_reading(kranenburg.municipality, kind="osm", address=f"{number}", by=INSTALLER, now=NOW)
    with django_assert_max_num_queries(18):
        admin_square.get(page())
