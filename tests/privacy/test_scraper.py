"""A machine with the account of a fresh resident reads as little as can be."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from dorfplatz.entries.actions import Draft, create_entries, rewrite_entry
from dorfplatz.entries.sockets import kinds
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.jobs.models import Job
from dorfplatz.jobs.worker import run_due
from dorfplatz.kernel.geo import Point, distance_m, on_grid
from dorfplatz.mail.models import Mail
from dorfplatz.members.decoys import decoy_code
from dorfplatz.members.enums import ProfileField, Role, SeenBy
from dorfplatz.members.models import Identity, Joining, Login, ProfileLine
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of

RESIDENTS = 500
LOOKS = int(os.environ.get("MAP_LOOKS", "40"))  # a thousand by hand: MAP_LOOKS=1000
PAGE = re.compile(r"/de/mitglied/([0-9a-z]{12})/")
EVERYWHERE = (
    "", "niel/", "nachbarn/", "suche/?q=Nachbar", "suche/?q=N", "karte/", "suche-biete/", "transparenz/",
    "niel/dorfblatt/",
)  # fmt: skip


@pytest.fixture
def full_village(kranenburg) -> list[str]:
    """Niel with five hundred people who have an address each, a telephone, and have opened nothing but the usual."""
    niel = kranenburg.village("niel")
    logins = Login.objects.bulk_create(
        Login(email=f"nachbar{n}@privat.example.org", password="!", created_at=NOW) for n in range(RESIDENTS)
    )
    people = Identity.objects.bulk_create(
        Identity(name=f"Nachbar {n}", home_area=niel, created_at=NOW, login=login) for n, login in enumerate(logins)
    )
    ProfileLine.objects.bulk_create(
        ProfileLine(identity=one, field=ProfileField.PHONE, value=f"02826 555{n:03}", seen_by=SeenBy.ME)
        for n, one in enumerate(people)
    )
    return [one.code for one in people]


def read(square: Square, codes: list[str]) -> set[str]:
    return {code for code in codes if square.get(f"/de/mitglied/{code}/").status_code == 200}


def test_in_seven_days_she_reads_a_fifth_of_the_people_and_a_visitor_none(full_village, person, time_machine):
    time_machine.move_to(NOW, tick=False)
    machine, seen = person("Uwe", home="niel"), set()
    for day in range(7):
        time_machine.move_to(NOW + timedelta(days=day), tick=False)
        today = read(square_of(machine), full_village[day * 16 :][:16])
        seen |= today
    assert len(seen) == RESIDENTS * 0.2  # and so never more on a day
    assert read(Square(), full_village[:20]) == set()


def test_no_answer_has_an_address_or_a_number_of_somebody_who_has_not_opened_it(full_village, person, at_eleven):
    """Neither what a resident reads, nor a connector, nor a visitor; and lists name only who chose to stand there."""
    ben = person("Ben", home="niel", roles=[(Role.CONNECTOR, "niel")])
    for square in (Square(), square_of(person("Uwe", home="niel")), square_of(ben)):
        pages = [square.page(path.partition("?")[0], **dict([path.split("?")[1].split("=")] if "?" in path else []))
                 for path in EVERYWHERE]  # fmt: skip
        pages += [square.get(f"/de/mitglied/{code}/").content.decode() for code in full_village[:4]]
        pages += [square.get(path).content.decode() for path in ("/feed.atom", "/sitemap.xml", "/calendar.ics")]
        said = "".join(pages)
        assert "@privat.example.org" not in said
        assert not re.search(r"02826\s*555", said)
        listed = {code for page in pages[: len(EVERYWHERE)] for code in PAGE.findall(page)} & set(full_village)
        assert listed == set()


def test_who_touches_the_decoy_alarms_the_moderators_within_a_minute(person, kranenburg, time_machine):
    time_machine.move_to(NOW, tick=False)
    person("Mia", home="niel", roles=[(Role.MODERATOR, "")])
    square = square_of(person("Uwe", home="niel"))
    assert square.get(f"/de/mitglied/{decoy_code(kranenburg.municipality)}/").status_code == 404
    due = Job.objects.filter(result__task_path__endswith="mail_decoy").get().run_after
    assert due is None or due <= timezone.now()
    time_machine.shift(59)
    run_due()
    mail = Mail.objects.get(subject__isnull=False, to="mia@example.org")
    assert mail.posted_at - NOW < timedelta(seconds=60)


def test_all_looks_at_the_map_say_one_point_and_never_a_private_home(kranenburg, person, at_eleven):
    """What a neighbour sets out lies nowhere but in its village: there is no home that could be worked out."""
    niel: Area = kranenburg.village("niel")
    place(niel, title="Kirchenchor")
    exchange(niel, author=person("Otto", home="niel"))
    visitor, resident = Square(), square_of(person("Uwe", home="niel"))
    answers = {visitor.get("/api/v1/map.geojson").content for _look in range(LOOKS)}
    answers |= {resident.get("/api/v1/map.geojson").content for _look in range(5)}
    assert len(answers) == 1
    points = {tuple(f["geometry"]["coordinates"]) for f in visitor.get("/api/v1/map.geojson").json()["features"]}
    assert points == {(niel.lon, niel.lat)}


def test_what_is_no_house_open_to_others_is_told_to_a_grid_of_150_metres_only(kranenburg, person):
    """Should a neighbour’s entry ever carry a point, only its cell is kept: nobody can read it more exactly."""
    niel, home = kranenburg.village("niel"), Point(51.826123, 6.020456)
    said = Draft(title="Kirschen", body="", language="de", areas=[niel], point=home)
    made = [create_entries("ask", drafts=[said], by=INSTALLER, now=NOW)[0] for _look in range(20)]
    points = {entry.point for entry in made}
    assert points == {on_grid(home)}
    assert 10 < distance_m(points.pop(), home) < 110
    rewrite_entry(made[0], draft=replace(said, point=Point(51.82613, 6.02046)), by=INSTALLER, now=NOW)
    assert made[0].point == on_grid(home), "moved within the cell it says the same"
    assert place(niel, point=home).entry.point == home, "a club's house is found"
    assert {key for key, kind in kinds.items() if kind.is_exact} == {*PlaceKind, "event"}


def test_under_sixteen_nothing_is_open_from_the_start(person, kranenburg, at_eleven):
    kim = person("Kim", home="niel")
    Joining.objects.create(identity=kim, is_minor=True, guardian="Greta", joined_at=NOW)
    place(kranenburg.village("niel"), title="Chor")
    uwe = square_of(person("Uwe", home="niel"))
    assert uwe.get(f"/de/mitglied/{kim.code}/").status_code == 404
    assert uwe.get(f"/de/briefe/an/{kim.code}/").status_code == 404
    for path in ("", "niel/", "nachbarn/", "karte/", "suche-biete/"):
        assert "Kim" not in uwe.page(path), path
    assert "Kim" not in uwe.page("suche/", q="Ki")
