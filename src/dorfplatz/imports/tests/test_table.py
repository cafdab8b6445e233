from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.imports.drafts import Draft, Rejected
from dorfplatz.imports.table.drafting import Surroundings, drafts_of
from dorfplatz.imports.table.mapping import TableMapping, read_mapping
from dorfplatz.imports.table.reading import read_table
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.taxonomy import standard_taxonomy

TERMS = {term.slug: term for term in standard_taxonomy().terms}
HERE = Surroundings(
    terms=TERMS,
    category_words={**{n.casefold(): s for s, t in TERMS.items() for n in t.names.values()}, **{s: s for s in TERMS}},
    village_words={"niel": "niel", "nütterden": "nuetterden"},
    languages=("de", "nl", "en"),
)
CLUBS = """\
Verein;Kategorie;Ortsteil;Straße;Hausnummer;PLZ;Telefon;E-Mail;Webseite;Öffnungszeiten;barrierefrei;Sprachen
SV Nütterden;Sportverein;Nütterden;Am Sportplatz;2;47559;02826 123;Info@SV.example;sv.example;Mo-Fr 16–20 Uhr;ja;\
Deutsch, Niederländisch
Chor Niel;Musik & Chor;Niel;;;;;;;;;
"""


def read(data: str | bytes, mapping: TableMapping | None = None) -> tuple[list[Draft], list[Rejected]]:
    chosen = mapping or TableMapping()
    rows, rejected = read_table(data.encode() if isinstance(data, str) else data, chosen)
    drafts, unfit = drafts_of(rows, chosen.categories, HERE)
    return drafts, [*rejected, *unfit]


def mapping_of(folder: Path, text: str) -> TableMapping:
    (folder / "mapping.toml").write_text(text)
    return read_mapping(folder / "mapping.toml")


def test_a_table_of_an_office_is_understood_without_a_mapping() -> None:
    (club, choir), rejected = read(CLUBS)
    assert rejected == []
    assert (club.title, club.categories, club.village) == ("SV Nütterden", ("sports-club",), "nuetterden")
    assert (club.street, club.postcode, club.phone) == ("Am Sportplatz 2", "47559", "02826 123")
    assert (club.email, club.website) == ("info@sv.example", "https://sv.example")
    assert (club.opening_hours, club.step_free, club.spoken_languages) == ("Mo-Fr 16:00-20:00", "yes", ("de", "nl"))
    assert (choir.title, choir.categories, choir.village) == ("Chor Niel", ("music-choir",), "niel")


def test_a_dutch_table_is_understood_too() -> None:
    (club,), rejected = read("Naam,Categorie,Dorp,Omschrijving,Gratis\nKoor Niel,Muziek & koor,Niel,Zingen,ja\n")
    assert rejected == []
    assert (club.title, club.categories, club.body, club.is_free) == ("Koor Niel", ("music-choir",), "Zingen", True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_survive_whatever_programme_saved_the_table(encoding: str) -> None:
    drafts, _rejected = read(CLUBS.encode(encoding))
    assert drafts[0].title == "SV Nütterden"


@pytest.mark.parametrize("delimiter", [",", "\t", "|", ";"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    (thing,), _rejected = read(f"Name{delimiter}Kategorie{delimiter}Dorf\nX{delimiter}bakery{delimiter}Niel\n")
    assert thing.village == "niel"


def test_coordinates_are_read_with_dot_and_comma() -> None:
    (thing,), _rejected = read("name;kategorie;lat;lon\nX;bakery;51,79;6.00\n")
    assert thing.point == Point(51.79, 6.0)


def test_names_in_several_languages_have_columns_of_their_own() -> None:
    (thing,), _rejected = read("name;name:nl;kategorie;dorf\nDorfhaus;Dorpshuis;village-hall;Niel\n")
    assert thing.texts == {"nl": ("Dorpshuis", "")}


def test_a_mapping_says_what_the_header_does_not(tmp_path: Path) -> None:
    mapping = mapping_of(
        tmp_path,
        'label = "Clubs"\ndata_on = 2026-11-03\nencoding = "cp1252"\n'
        '[columns]\nname = "A"\nkey = "B"\ncategory = "C"\n'
        '[constants]\nvillage = "Niel"\n[categories]\n"Ball & Co" = "sports-club"\n',
    )
    (thing,), rejected = read("A;B;C\nJüngste;7;Ball & Co\n".encode("cp1252"), mapping)
    assert rejected == []
    assert (thing.title, thing.key, thing.categories, thing.village) == ("Jüngste", "7", ("sports-club",), "niel")
    assert (mapping.label, mapping.data_at is not None) == ("Clubs", True)


def test_good_rows_come_in_and_each_bad_one_says_why() -> None:
    table = (
        "name;kategorie;dorf;lat;lon\nGut;bakery;Niel;;\n;bakery;Niel;;\nOhne;;Niel;;\nFremd;Raumfahrt;Niel;;\n"
        "Fern;bakery;Atlantis;;\nWeit;bakery;;512;6\nGut;bakery;Niel;;\n" + "x" * 10_001 + ";bakery;Niel;;\n"
    )
    drafts, rejected = read(table)
    assert [draft.title for draft in drafts] == ["Gut"]
    assert len(rejected) == 7
    assert len({record.reason for record in rejected}) == 7  # each for a reason of its own
    assert {record.key.split()[-1] for record in rejected} == {"3", "4", "5", "6", "7", "8", "9"}


def test_a_row_keeps_its_key_when_anything_but_name_and_address_changes() -> None:
    (one,), _ = read("name;kategorie;dorf;telefon\nX;bakery;Niel;02826 1111\n")
    (two,), _ = read("name;kategorie;dorf;telefon\nX;cafe;Niel;02826 2222\n")
    assert one.key == two.key


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"PK\x03\x04\x00\x00",
        b"%PDF-1.7 only words",
        b"a;b;c\n1;2;3\n",
        b"name\n" + b"x\n" * 50_001,
        b"x" * (20 * 1024 * 1024 + 1),
        b";" * 600 + b"\n",
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        read(data)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "label = ",
        "[columns]\nnonsense = 'A'",
        "[columns]\nname = []",
        "columns = 3",
        "delimiter = ';;'",
        "encoding = 'klingon'",
        "\x00",
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(Problem):
        mapping_of(tmp_path, text)


def test_a_mapping_may_not_name_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problem):
        read("name;kategorie\nX;bakery\n", mapping_of(tmp_path, '[columns]\nname = "Wort"'))


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(max_examples=150, deadline=None)
def test_whatever_bytes_come_the_answer_is_a_table_or_one_sentence(data: bytes) -> None:
    for head in (b"", b"name;kategorie;dorf\n"):
        try:
            drafts, rejected = read(head + data)
        except Problem:
            continue
        assert all(draft.title for draft in drafts)
        assert all(record.reason for record in rejected)


CELLS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters=';"'), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6))
@settings(max_examples=100, deadline=None)
def test_every_filled_row_is_taken_or_reported(cells: list[tuple[str, str, str, str]]) -> None:
    drafts, rejected = read("name;kategorie;lat;oeffnungszeiten\n" + "".join(";".join(row) + "\n" for row in cells))
    assert len(drafts) + len(rejected) == sum(bool("".join(row)) for row in cells)
