"""Finding an address: as people write it, in the form, with and without scripts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from dorfplatz.basemap.matching import best, fold, name_of, number_rank, split_number
from dorfplatz.basemap.models import BaseMap, House, Street
from dorfplatz.basemap.queries import address_named, find_addresses, find_houses
from dorfplatz.basemap.tests.villages import niel
from dorfplatz.members.enums import Role
from tests.fixtures.kranenburg import Kranenburg, Square
from tests.fixtures.people import Person, square_of

STREETS = [
    *("Bahnhofstraße", "Hauptstraße", "Mühlenweg", "Große Straße", "St.-Martin-Straße", "Dorpsstraat"),
    *("Rijksstraatweg", "An der Kirche", "Straße des 17. Juni", "Königsallee", "Am Königsgarten", "Wylerbergmeer"),
]
ASKED = {
    "bahnhofstr": "Bahnhofstraße",
    "Bahnhof str.": "Bahnhofstraße",
    "Banhofstrasse": "Bahnhofstraße",
    "Haubtstraße": "Hauptstraße",
    "Hauptstr.": "Hauptstraße",
    "muehlenweg": "Mühlenweg",
    "Muhlenweg": "Mühlenweg",
    "grosse strasse": "Große Straße",
    "Sankt Martin Str": "St.-Martin-Straße",
    "dorpstraat": "Dorpsstraat",
    "rykstraatweg": "Rijksstraatweg",
    "kirche": "An der Kirche",
    "Straße des 17. Juni": "Straße des 17. Juni",
    "Koenigsalee": "Königsallee",
}


@pytest.mark.parametrize(("text", "meant"), ASKED.items())
def test_a_street_is_found_as_people_write_it(text: str, meant: str) -> None:
    names = [name_of(pk, street, "Niel") for pk, street in enumerate(STREETS)]
    assert STREETS[best(names, text, 5)[0]] == meant


@pytest.mark.parametrize("text", ["", "  ", "?!", "xqzw", "1"])
def test_what_is_no_street_finds_none(text: str) -> None:
    assert best([name_of(1, "Bahnhofstraße", "")], text, 5) == []


@pytest.mark.parametrize(
    ("text", "street", "number"),
    [
        ("Hauptstr. 12", "Hauptstr.", "12"),
        ("Hauptstr. 12 a, 47559 Niel", "Hauptstr. Niel", "12 a"),
        ("Dorpsstraat 3-5 6562 AB", "Dorpsstraat", "3-5"),
        ("Hauptstraße", "Hauptstraße", ""),
        ("12", "12", ""),
    ],
)
def test_the_number_is_told_from_the_street(text: str, street: str, number: str) -> None:
    assert split_number(text) == (street, number)


def test_houses_stand_as_along_the_street() -> None:
    assert sorted(["12a", "100", "2", "12", "a"], key=number_rank) == ["2", "12", "12a", "100", "a"]
    assert fold("Wijlerbergmeer") == fold("Wylerbergmeer")


@pytest.fixture
def with_map(kranenburg: Kranenburg, settings: Any, tmp_path: Path) -> Kranenburg:
    settings.MEDIA_ROOT = tmp_path / "home" / "media"
    call_command("basemap", str(niel().write(tmp_path / "a.osm.pbf")), municipality="kranenburg")
    return kranenburg


def test_first_the_street_then_the_number(with_map: Kranenburg) -> None:
    pk = with_map.municipality.pk
    assert [(f.street, f.place) for f in find_addresses(pk, "dorfstr")] == [
        ("Dorfstraße", "Niel"),
        ("Dorfstraße", "Zyfflich"),
    ]
    assert [f.line for f in find_addresses(pk, "Dorfstr 12, Niel")] == ["Dorfstraße 12", "Dorfstraße 12a"]
    street = Street.objects.get(place="Niel", name="Dorfstraße")
    assert [f.number for f in find_houses(pk, street.pk)] == ["2", "12", "12a"]
    assert [f.number for f in find_houses(pk, street.pk, "Dorfstraße 12A")] == ["12a"]
    assert [f.line for f in find_addresses(pk, "Dorfstr 99 Niel")] == ["Dorfstraße"]


def test_another_municipality_does_not_see_them(with_map: Kranenburg) -> None:
    street = Street.objects.get(place="Niel", name="Dorfstraße")
    assert find_addresses(999, "Dorfstr") == []
    assert find_houses(999, street.pk) == []
    assert address_named(999, f"street-{street.pk}") is None
    assert [address_named(with_map.municipality.pk, key) for key in ("", "street-", "street-x", "house-0", "x-1")] == [
        None
    ] * 5


def test_ten_thousand_addresses_are_searched_at_once(kranenburg: Kranenburg) -> None:
    pk = kranenburg.municipality.pk
    BaseMap.objects.create(
        municipality=kranenburg.municipality, file="k", size=1, made_of="", made_at=timezone.now(), streets_count=1_000
    )
    endings = ("weg", "straße", "allee", "gasse", "ring", "pfad", "damm", "berg", "hof", "feld")
    endings += tuple(f"winkel {letter}" for letter in "abcdefghijklmnopqrstuvwxyzäöüßéèêñçåøæœłđħŋþð")
    beginnings = ("Birken", "Linden", "Mühlen", "Kirch", "Rosen")
    names = [f"{first}{last}{n}" for n in range(4) for first in beginnings for last in endings]
    streets = Street.objects.bulk_create(
        Street(municipality_id=pk, name=n, place="Niel", lat=51.8, lon=6.0) for n in names
    )
    House.objects.bulk_create(
        House(street=s, number=str(n), lat=51.8, lon=6.0) for s in streets for n in range(1, 10_000 // len(streets) + 2)
    )
    assert House.objects.count() >= 10_000
    find_addresses(pk, "warm")
    began = time.process_time()
    for text in ("Birkenstr", "Lindenalee", "muehlenweg", "Rosengase 7", "kirchhof0 3"):
        assert find_addresses(pk, text)
    assert (time.process_time() - began) / 5 < 0.05  # 5 ms on a quiet machine


def options(square: Square, **asked: str) -> str:
    return square.get("/de/adressen/", asked).content.decode()


def test_suggestions_are_for_members(with_map: Kranenburg, square: Square) -> None:
    assert square.get("/de/adressen/", {"q": "Dorf"}).status_code == 302


def test_without_scripts_an_address_is_looked_for_chosen_and_taken(with_map: Kranenburg, person: Person) -> None:
    client = square_of(person("Edda", roles=[(Role.EDITOR, "")]))
    page = client.get("/de/eintragen/").content.decode()
    assert 'name="address_q"' in page
    typed = {"title": "Spielplatz am Weiher", "language": "de", "address_q": "Dorfstr. 12, Niel", "find_address": "1"}
    found = client.post("/de/eintragen/", typed)
    assert found.status_code == 200
    html = found.content.decode()
    assert "Dorfstraße 12a, Niel" in html
    assert 'value="Spielplatz am Weiher"' in html
    assert "field-error" not in html
    house = House.objects.get(street__place="Niel", number="12a")
    del typed["find_address"]
    taken = client.post("/de/eintragen/", {**typed, "address": f"house-{house.pk}", "take_address": "1"})
    html = taken.content.decode()
    assert 'value="51.82670"' in html
    assert 'value="Dorfstraße 12a"' in html
    assert 'value="47559"' in html
    assert taken.status_code == 200  # saved, it would lead elsewhere


def test_suggestions_carry_where_they_are(with_map: Kranenburg, person: Person) -> None:
    client = square_of(person("Edda", roles=[(Role.EDITOR, "")]))
    said = client.get("/de/adressen/", {"q": "dorfstr"}).content.decode()
    assert said.count('role="option"') == 2
    assert 'data-lat="51.8262"' in said
    assert "mit den Pfeiltasten" in said
    street = Street.objects.get(place="Niel", name="Dorfstraße")
    said = client.get("/de/adressen/", {"q": "Dorfstraße 12", "street": street.pk}).content.decode()
    assert [n for n in ("2", "12", "12a") if f'data-number="{n}"' in said] == ["12", "12a"]
    for odd in ({}, {"q": ""}, {"q": "x" * 5000}, {"q": "\x00"}, {"street": "9" * 40}, {"street": "-1", "q": "a"}):
        assert client.get("/de/adressen/", odd).status_code == 200


def test_without_addresses_the_form_is_as_ever(kranenburg: Kranenburg, person: Person) -> None:
    page = square_of(person("Edda", roles=[(Role.EDITOR, "")])).get("/de/eintragen/").content.decode()
    assert "address_q" not in page
    assert "basemap" not in page


def test_an_admin_sees_the_map_and_switches_it_off(with_map: Kranenburg, person: Person) -> None:
    client = square_of(person("Ada", roles=[(Role.ADMIN, "")]))
    assert 'name="base-map"' in client.get("/de/karte/").content.decode()
    page = client.get("/de/einstellungen/grundkarte/").content.decode()
    assert "3. November 2026" in page
    assert "OpenStreetMap" in page
    client.post("/de/einstellungen/grundkarte/", {"is_on": "no"})
    assert 'name="base-map"' not in client.get("/de/karte/").content.decode()
    assert "address_q" in client.get("/de/eintragen/").content.decode()
    client.post("/de/einstellungen/grundkarte/", {"is_on": "yes"})
    assert 'name="base-map"' in client.get("/de/karte/").content.decode()


def test_without_a_map_the_settings_invite_and_nothing_is_switched(kranenburg: Kranenburg, person: Person) -> None:
    client = square_of(person("Ada", roles=[(Role.ADMIN, "")]))
    assert "dorfplatz basemap" in client.get("/de/einstellungen/grundkarte/").content.decode()
    assert client.post("/de/einstellungen/grundkarte/", {"is_on": "no"}).status_code == 404


def test_others_do_not_reach_the_settings(with_map: Kranenburg, person: Person) -> None:
    assert square_of(person("Edda", roles=[(Role.EDITOR, "")])).get("/de/einstellungen/grundkarte/").status_code == 404
