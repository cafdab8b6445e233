"""The demonstration's data files: enough of everything, everywhere, in both languages, and nothing false in them."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from dorfplatz.kernel.geo import OutlineIndex, Point, cells, distance_m, ring_outline
from dorfplatz.places.hours import read_hours
from dorfplatz.places.taxonomy import standard_taxonomy
from dorfplatz.portal.demo import entry_data, reading
from dorfplatz.portal.demo.entry_data import MUNICIPALITY, read_entries
from dorfplatz.portal.demo.people import read_people
from dorfplatz.portal.demo.reading import FaultyData
from dorfplatz.portal.demo.scenery import SCENES
from dorfplatz.portal.demo.square import read_area_words
from dorfplatz.villages.description import read_description

DESCRIPTION = read_description(reading.description_file())
CENTRES = {v.slug: v.point for v in DESCRIPTION.villages} | {f.slug: f.point for f in DESCRIPTION.foreign_areas}
REAL_NUMBERS = {"110", "112", "116 117"}


@pytest.fixture(scope="module")
def entries():
    return read_entries()


def test_there_are_about_150_entries_and_each_village_has_at_least_five(entries):
    assert 140 <= len(entries) <= 170
    counts = Counter(entry.village for entry in entries)
    assert len(DESCRIPTION.villages) == 9
    assert all(counts[village.slug] >= 5 for village in DESCRIPTION.villages)
    assert counts["groesbeek"] >= 5
    assert all(counts[foreign.slug] for foreign in DESCRIPTION.foreign_areas)


def test_every_branch_of_the_taxonomy_is_used_and_most_of_its_second_level(entries):
    taxonomy = standard_taxonomy()
    used = {entry.category for entry in entries}
    assert {taxonomy[slug].parent or slug for slug in used} == {root.slug for root in taxonomy.roots}
    assert len(used) >= 90
    assert all(taxonomy[slug].parent for slug in used)


def test_every_entry_is_said_in_german_and_in_dutch_and_some_were_dutch_first(entries):
    for entry in entries:
        assert all(entry.title[code] and len(entry.text[code]) > 25 for code in ("de", "nl")), entry.uri
        assert entry.text["de"] != entry.text["nl"]
    assert Counter(entry.language for entry in entries)["nl"] >= 15
    assert all(entry.language == "nl" for entry in entries if entry.village in {"groesbeek", "beek"})


def test_all_kinds_are_there_and_some_entries_are_shown_with_another(entries):
    assert {entry.kind for entry in entries} == {"organization", "service", "location"}
    assert sum(bool(entry.part_of) for entry in entries) >= 6
    assert 2 <= sum(bool(entry.said["alert"]) for entry in entries) <= 5
    assert sum(entry.confirmed_days_ago > 365 for entry in entries) >= 4


def test_opening_hours_are_understood_and_varied(entries):
    hours = [entry.hours for entry in entries if entry.hours]
    assert len(hours) > 130
    assert all(read_hours(text).hours == text for text in hours)
    assert len(set(hours)) > 80
    assert any("[1]" in text for text in hours)
    assert any("PH" in text for text in hours)


def test_every_entry_lies_in_its_village(entries):
    found = cells({v.slug: v.point for v in DESCRIPTION.villages}, ring_outline(DESCRIPTION.ring))
    slugs = list(found)
    index = OutlineIndex({number: found[slug] for number, slug in enumerate(slugs)})
    for entry in entries:
        if entry.village == MUNICIPALITY:
            assert entry.at is None
            continue
        point = entry.point(CENTRES[entry.village])
        at = index.at(point)
        assert (None if at is None else slugs[at]) == (entry.village if entry.village in found else None), entry.uri


def test_entries_are_spread_through_their_village(entries):
    """Nothing lies on the same spot but what is shown together, and nothing is far off."""
    spots = Counter((entry.village, entry.at) for entry in entries if entry.at and not entry.part_of)
    assert max(spots.values()) == 1
    for entry in entries:
        if entry.at:
            assert distance_m(entry.point(CENTRES[entry.village]), CENTRES[entry.village]) < 750, entry.uri


def test_nobody_real_can_be_called_or_written_to(entries):
    for entry in entries:
        phone = entry.said.get("phone", "")
        assert not phone or phone in REAL_NUMBERS or re.fullmatch(r"02826 000-\d{3}|024 000 \d\d \d\d", phone), phone
        assert entry.said.get("email", "@example.org").endswith("@example.org")
        assert re.fullmatch(r"(https://([a-z-]+\.)?example\.org)?", entry.said.get("website", ""))
    phones = Counter(entry.said["phone"] for entry in entries if entry.said.get("phone") not in {None, *REAL_NUMBERS})
    assert max(phones.values()) == 1
    assert all(person.email.endswith("@example.org") for person in read_people() if person.email)


def test_typographic_quotes_and_no_double_spaces_in_what_people_read(entries):
    said = [text for entry in entries for texts in (entry.title, entry.text) for text in texts.values()]
    said += [text for words in read_area_words().values() for text in (*words.intro.values(), *words.alt.values())]
    said += [text for person in read_people() for text in person.introduction.values()]
    assert not [text for text in said if re.search(r"[\"']|  | - |\.\.\.", text)]


def test_every_village_has_words_a_drawing_and_a_connector():
    words = read_area_words()
    assert set(words) == {MUNICIPALITY, *(v.slug for v in DESCRIPTION.villages)}
    assert {said.scene for said in words.values()} == set(SCENES)
    helped = {slug for person in read_people() for role, slug in person.roles if role == "connector"}
    assert helped == {v.slug for v in DESCRIPTION.villages}
    assert all(person.introduction for person in read_people() if ("connector" in {role for role, _ in person.roles}))


def test_keepers_and_service_areas_name_who_and_what_is_there(entries):
    nicknames = {person.nickname for person in read_people()}
    assert {entry.keeper for entry in entries} - {""} <= nicknames
    assert {slug for entry in entries for slug in entry.serves} <= {*CENTRES, MUNICIPALITY}
    assert {entry.illustration for entry in entries} - {""} <= set(SCENES)


GOOD = {
    "key": "choir", "category": "music-choir", "at": [1, 2],
    "title": {"de": "Chor", "nl": "Koor"}, "text": {"de": "Wir singen.", "nl": "Wij zingen."},
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"hours": "whenever it rains"}, "no opening hours"),
        ({"category": "choirs"}, "category"),
        ({"titel": "Chor"}, "titel"),
        ({"title": {"de": "Chor"}}, "German and in Dutch"),
        ({"at": [1]}, "metres"),
        ({"kind": "club"}, "club"),
        ({"spoken": ["xx"]}, "spoken"),
        ({"generations": ["elderly"]}, "generations"),
        ({"step_free": "maybe"}, "maybe"),
        ({"part_of": "orchestra"}, "orchestra"),
        ({"language": "fr"}, "German or Dutch"),
    ],
)
def test_a_faulty_entry_is_named_with_what_is_wrong(monkeypatch, wrong, told):
    monkeypatch.setattr(entry_data, "entry_files", lambda: ["niel.toml"])
    monkeypatch.setattr(entry_data, "read_toml", lambda name: {"village": "niel", "entry": [{**GOOD, **wrong}]})
    with pytest.raises(FaultyData, match=told) as fault:
        read_entries()
    assert "choir" in str(fault.value)


def test_a_right_entry_passes_the_same_way(monkeypatch):
    monkeypatch.setattr(entry_data, "entry_files", lambda: ["niel.toml"])
    monkeypatch.setattr(entry_data, "read_toml", lambda name: {"village": "niel", "entry": [GOOD]})
    assert [entry.uri for entry in read_entries()] == ["demo:niel/choir"]


def test_a_key_that_is_there_twice_is_told(monkeypatch):
    monkeypatch.setattr(entry_data, "entry_files", lambda: ["niel.toml"])
    monkeypatch.setattr(entry_data, "read_toml", lambda name: {"village": "niel", "entry": [GOOD, GOOD]})
    with pytest.raises(FaultyData, match="twice"):
        read_entries()


def test_an_offset_of_metres_is_that_many_metres():
    entry = next(entry for entry in read_entries() if entry.uri == "demo:nuetterden/forest")
    centre = Point(51.78944, 6.06417)
    east, north = entry.at
    assert distance_m(centre, entry.point(centre)) == pytest.approx((east**2 + north**2) ** 0.5, abs=1.5)
