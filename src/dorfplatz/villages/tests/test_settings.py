"""The settings as a municipality's admin uses them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.facts import subscribe
from dorfplatz.kernel.geo import Point
from dorfplatz.kernel.verdict import Problem, Refused
from dorfplatz.villages.actions import VillageChange, change_village, switch_rooms
from dorfplatz.villages.facts import OutlinesChanged, VillageChanged
from dorfplatz.villages.models import Area, AreaLink, Municipality
from dorfplatz.villages.sockets import Room, rooms
from dorfplatz.villages.versions import Stale
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of

PAGES = [
    "einstellungen/", "einstellungen/doerfer/", "einstellungen/doerfer/niel/", "einstellungen/doerfer/niel/bild/",
    "einstellungen/nachbardorf/", "einstellungen/aussehen/", "einstellungen/aussehen/bild/", "einstellungen/raeume/",
    "einstellungen/seiten/", "einstellungen/neue-seite/",
]  # fmt: skip


def form_of(area: Area, **changes: Any) -> dict[str, Any]:
    """What the browser sends for a village's settings page, with some fields filled in otherwise."""
    linked = list(area.links.values_list("neighbour_id", flat=True))
    return {
        "version": area.version, "name_de": str(area), "name_nl": "", "name_en": "", "intro_de": "", "intro_nl": "",
        "intro_en": "", "inhabitants": area.inhabitants or "", "lat": area.lat, "lon": area.lon, "tint": area.tint,
        "neighbours": linked, **{f"rank_{pk}": number for number, pk in enumerate(linked, 1)}, **changes,
    }  # fmt: skip


def change_of(area: Area, **changes: Any) -> VillageChange:
    stated = {
        "name": area.name, "intro": area.intro, "inhabitants": area.inhabitants, "point": area.point, "tint": area.tint,
        "neighbours": list(area.links.values_list("neighbour_id", flat=True)),
    }  # fmt: skip
    return VillageChange(**{**stated, **changes})


def save(area: Area, *, version: int | None = None, by=INSTALLER, **changes: Any) -> list[str]:
    fresh = Area.objects.get(pk=area.pk)
    number = fresh.version if version is None else version
    return change_village(fresh, change=change_of(fresh, **changes), version=number, by=by, now=NOW)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_opens_for_the_admin_in_few_queries(admin_square, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        assert "<h1" in admin_square.page(path)


@pytest.mark.parametrize("path", PAGES[1:])
def test_members_without_the_role_find_nothing(person, path):
    assert square_of(person("Nele", home="niel")).get(f"/de/{path}").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_visitors_are_asked_to_log_in(square, path):
    answer = square.get(f"/de/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/de/anmelden/?next=/de/einstellungen/")


def test_more_villages_do_not_make_more_queries(admin_square, kranenburg):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            admin_square.page("einstellungen/doerfer/")
        return len(seen)

    before = count()
    for number in range(8):
        area = Area.objects.create(
            parent=kranenburg.municipality.area, slug=f"v{number}", kind="village", name={"und": f"V{number}"},
            country="DE", path=f"{kranenburg.municipality.path}{9000 + number}/",
        )  # fmt: skip
        AreaLink.objects.create(area=area, neighbour=kranenburg.village("niel"))
    assert count() == before


def test_a_village_is_renamed_described_and_counted(admin_square, kranenburg):
    niel = kranenburg.village("niel")
    form = form_of(niel, name_nl="Niel aan de grens", intro_de="Klein und **still**.", inhabitants="230")
    page = admin_square.post("/de/einstellungen/doerfer/niel/", form, follow=True).content.decode()
    assert "Gespeichert." in page
    niel.refresh_from_db()
    assert niel.name == {"de": "Niel", "nl": "Niel aan de grens"}
    assert (niel.intro, niel.inhabitants, niel.version) == ({"de": "Klein und **still**."}, 230, 1)
    act = Act.objects.get(verb="village.changed")
    assert (act.area_id, act.details) == (niel.pk, {"fields": ["inhabitants", "intro", "name"]})


def test_the_same_again_changes_nothing(admin_square, kranenburg):
    niel = kranenburg.village("niel")
    page = admin_square.post("/de/einstellungen/doerfer/niel/", form_of(niel), follow=True).content.decode()
    assert "nichts geändert" in page
    assert not Act.objects.filter(verb="village.changed").exists()
    niel.refresh_from_db()
    assert niel.version == 0


def test_who_saves_second_is_told_and_can_save_all_the_same(admin_square, kranenburg):
    niel = kranenburg.village("niel")
    mine = form_of(niel, intro_de="Meins")
    save(niel, intro={"de": "Seins"})
    page = admin_square.post("/de/einstellungen/doerfer/niel/", mine).content.decode()
    assert "Jemand anders hat diese Seite gespeichert" in page
    assert "Meins" in page
    assert 'name="version" value="1"' in page
    assert Area.objects.get(pk=niel.pk).intro == {"de": "Seins"}
    admin_square.post("/de/einstellungen/doerfer/niel/", {**mine, "version": "1"})
    assert Area.objects.get(pk=niel.pk).intro == {"de": "Meins"}


def test_a_moved_centre_moves_the_outlines_of_all_around(kranenburg):
    told: list[object] = []
    subscribe(OutlinesChanged, told.append)
    subscribe(VillageChanged, told.append)
    niel = kranenburg.village("niel")
    before = {v.slug: v.outline for v in Area.objects.villages()}
    assert save(niel, point=Point(51.82, 6.01)) == ["lat", "lon"]
    after = {v.slug: v.outline for v in Area.objects.villages()}
    assert all(before[slug] != after[slug] for slug in ("niel", "zyfflich", "nuetterden"))
    assert told == [OutlinesChanged(kranenburg.municipality.pk), VillageChanged(niel.pk)]


@pytest.mark.parametrize("point", [Point(52.5, 13.4), Point(51.82389, 5.97389)])
def test_a_centre_outside_or_on_another_is_refused(kranenburg, point):
    niel = kranenburg.village("niel")
    with pytest.raises(Problem):
        save(niel, point=point)
    assert Area.objects.get(pk=niel.pk).point == niel.point


def test_neighbours_keep_the_order_of_their_numbers(admin_square, kranenburg):
    niel, zyfflich, groesbeek = (kranenburg.village(slug) for slug in ("niel", "zyfflich", "groesbeek"))
    nuetterden = kranenburg.village("nuetterden")
    form = form_of(niel, neighbours=[zyfflich.pk, nuetterden.pk, groesbeek.pk])
    form |= {f"rank_{groesbeek.pk}": 1, f"rank_{zyfflich.pk}": 2, f"rank_{nuetterden.pk}": ""}
    admin_square.post("/de/einstellungen/doerfer/niel/", form)
    assert [link.neighbour.slug for link in niel.links.all()] == ["groesbeek", "zyfflich", "nuetterden"]


@pytest.mark.parametrize(
    "wrong",
    [{"name_de": ""}, {"lat": "nan"}, {"lat": "91"}, {"lon": ""}, {"tint": "99"}, {"inhabitants": "-3"},
     {"neighbours": ["0"]}, {"neighbours": ["x"]}, {"version": "x"}, {"name_de": "x" * 200}],
)  # fmt: skip
def test_what_cannot_be_used_is_said_and_nothing_is_changed(admin_square, kranenburg, wrong):
    niel = kranenburg.village("niel")
    answer = admin_square.post("/de/einstellungen/doerfer/niel/", form_of(niel, **{"inhabitants": 1, **wrong}))
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Area.objects.get(pk=niel.pk).version == 0


def test_only_the_municipalitys_own_villages_are_there(admin_square):
    assert admin_square.get("/de/einstellungen/doerfer/groesbeek/").status_code == 404
    assert admin_square.get("/de/einstellungen/doerfer/atlantis/").status_code == 404


def test_actions_ask_for_themselves(kranenburg):
    with pytest.raises(Refused):
        save(kranenburg.village("niel"), by=VISITOR, inhabitants=1)
    with pytest.raises(Refused):
        switch_rooms(kranenburg.municipality, rooms_off=[], version=0, by=VISITOR, now=NOW)


def test_an_admin_of_one_village_sets_that_one_only(person, kranenburg):
    square = square_of(person("Vera", roles=[("admin", "niel")]))
    assert square.get("/de/einstellungen/doerfer/niel/").status_code == 200
    assert square.get("/de/einstellungen/doerfer/zyfflich/").status_code == 403
    assert square.get("/de/einstellungen/aussehen/").status_code == 403
    page = square.page("einstellungen/doerfer/")
    assert "/doerfer/niel/" in page
    assert "/einstellungen/doerfer/zyfflich/" not in page


def look(**changes: Any) -> dict[str, Any]:
    return {
        "version": 0, "name_de": "Kranenburg", "name_nl": "", "name_en": "", "motto_de": "", "motto_nl": "",
        "motto_en": "", "intro_de": "", "intro_nl": "", "intro_en": "", "accent": "#a63d2f", "language_1": "de",
        "language_2": "nl", "language_3": "en", **changes,
    }  # fmt: skip


def test_the_look_is_changed_in_one_go(admin_square, kranenburg):
    form = look(motto_de="Neun Dörfer", accent="#1f5673", language_1="nl", language_2="de", language_3="")
    assert admin_square.post("/de/einstellungen/aussehen/", form).status_code == 302
    after = Municipality.objects.get(pk=kranenburg.municipality.pk)
    assert (after.accent, after.languages, after.motto) == ("#1F5673", ["nl", "de"], {"de": "Neun Dörfer"})
    assert after.area.version == 1
    # A text in a language that is offered no more is kept for the day it is again.
    form = look(version=1, name_nl="Kranenburg", motto_nl="Negen", language_1="nl", language_2="", language_3="")
    admin_square.post("/nl/instellingen/uiterlijk/", form)
    form = look(version=2, name_nl="Kranenburg", motto_nl="Tien", language_1="nl", language_2="", language_3="")
    del form["motto_de"]
    admin_square.post("/nl/instellingen/uiterlijk/", form)
    assert Municipality.objects.get(pk=after.pk).motto == {"nl": "Tien"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"accent": "#ffff00"}, "zu blass"), ({"accent": "red"}, "keine Farbe"), ({"language_2": "de"}, "einmal"),
        ({"language_1": "fr"}, "language_1"), ({"name_de": " "}, "name_de"),
    ],
)  # fmt: skip
def test_a_look_that_cannot_be_used_is_refused_in_a_sentence(admin_square, kranenburg, wrong, words):
    page = admin_square.post("/de/einstellungen/aussehen/", look(**wrong)).content.decode()
    assert words in page
    assert Municipality.objects.get(pk=kranenburg.municipality.pk).accent == "#A63D2F"


def test_a_room_is_closed_and_opened_again(admin_square, kranenburg):
    key = next(key for key, _room in rooms.items())
    assert isinstance(rooms[key], Room)
    admin_square.post("/de/einstellungen/raeume/", {"version": 0})
    assert not Municipality.objects.get(pk=kranenburg.municipality.pk).has_room(key)
    everything = [name for name, _room in rooms.items()]
    admin_square.post("/de/einstellungen/raeume/", {"version": 1, "open_rooms": everything})
    assert Municipality.objects.get(pk=kranenburg.municipality.pk).rooms_off == []


def test_rooms_nobody_knows_cannot_be_closed(kranenburg):
    assert not switch_rooms(kranenburg.municipality, rooms_off=["atlantis"], version=0, by=INSTALLER, now=NOW)


def test_a_stale_version_says_when_the_other_saved(kranenburg):
    niel = kranenburg.village("niel")
    save(niel, inhabitants=1)
    with pytest.raises(Stale) as said:
        change_village(niel, change=change_of(niel), version=0, by=INSTALLER, now=NOW + timedelta(hours=1))
    assert said.value.version == 1


def photo() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "#2F6B4F").save(file, "JPEG")
    return SimpleUploadedFile("../../niel.php", file.getvalue(), "image/jpeg")


def test_a_picture_is_put_up_described_anew_and_taken_down(admin_square, kranenburg):
    url = "/de/einstellungen/doerfer/niel/bild/"
    words = {"alt_de": "Die Kapelle", "alt_nl": "De kapel", "alt_en": "", "credit": "Anna"}
    assert admin_square.post(url, {**words, "file": photo()}).status_code == 302
    picture = kranenburg.village("niel").picture
    assert (picture.alt, picture.credit) == ({"de": "Die Kapelle", "nl": "De kapel"}, "Anna")
    admin_square.post(url, {**words, "alt_de": "Die Kapelle im Schnee"})
    picture.refresh_from_db()
    assert picture.alt["de"] == "Die Kapelle im Schnee"
    admin_square.post(url, {"remove": "1"})
    assert kranenburg.village("niel").picture is None


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff cut"])
def test_what_is_no_picture_is_refused_in_a_sentence(admin_square, kranenburg, content):
    form = {"alt_de": "x", "alt_nl": "", "alt_en": "", "credit": "", "file": SimpleUploadedFile("a.jpg", content)}
    answer = admin_square.post("/de/einstellungen/doerfer/niel/bild/", form)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert kranenburg.village("niel").picture is None


def test_a_picture_needs_words(admin_square, kranenburg):
    form = {"alt_de": "", "alt_nl": "", "alt_en": "", "credit": "", "file": photo()}
    assert admin_square.post("/de/einstellungen/doerfer/niel/bild/", form).status_code == 200
    assert kranenburg.village("niel").picture is None


def test_a_neighbour_outside_is_added_once_and_offered(admin_square, kranenburg):
    form = {"name": "Milsbeek", "municipality": "Gennep", "country": "NL", "lat": "51.73", "lon": "5.95"}
    for _twice in range(2):
        assert admin_square.post("/de/einstellungen/nachbardorf/", form).status_code == 302
    milsbeek = Area.objects.get(slug="milsbeek")
    assert (str(milsbeek.parent), milsbeek.country) == ("Gennep", "NL")
    assert Act.objects.filter(verb="municipality.neighbour_added").count() == 1
    assert f'name="neighbours" value="{milsbeek.pk}"' in admin_square.page("einstellungen/doerfer/niel/")


@pytest.mark.parametrize(
    "wrong",
    [{"name": "Niel"}, {"name": "!!!"}, {"name": "Einstellungen"}, {"municipality": "Kranenburg"}, {"lat": "x"}],
)
def test_a_neighbour_outside_that_is_none_is_refused(admin_square, wrong):
    form = {"name": "Milsbeek", "municipality": "Gennep", "country": "NL", "lat": "51.73", "lon": "5.95", **wrong}
    assert 'role="alert"' in admin_square.post("/de/einstellungen/nachbardorf/", form).content.decode()
    assert not Area.objects.filter(slug="milsbeek").exists()


def test_the_settings_show_in_dutch_too(admin):
    page = square_of(admin, "nl").page("instellingen/")
    assert "Dorpen" in page
    assert "Einstellungen" not in page


def test_the_door_to_the_settings_is_there_for_those_who_may(admin_square):
    assert "/de/einstellungen/" in admin_square.page("doerfer/")
    assert "/de/einstellungen/" not in Square().page("doerfer/")
