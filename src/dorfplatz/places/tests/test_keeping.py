"""Keeping entries right: anybody says what is wrong, those in charge settle it, confirm, and name who keeps it."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from dorfplatz.entries.models import Entry
from dorfplatz.members.enums import Role
from dorfplatz.places.actions import name_keeper
from dorfplatz.places.enums import CorrectionState
from dorfplatz.places.models import Correction, Keeper, Listing, Photo
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of


@pytest.fixture
def entry(kranenburg, at_eleven):
    return place(kranenburg.village("niel"), title="Dorfladen", now=NOW - timedelta(days=500)).entry


@pytest.fixture
def ben(person):
    return person("Ben", roles=[(Role.CONNECTOR, "niel")])


def say(square, entry, **values):
    path = f"/de/eintrag/{entry.code}/stimmt-nicht/"
    key = re.search(r'name="form_key" value="(\w+)"', square.get(path).content.decode())[1]
    values = {"form_key": key, "homepage": "", "what": "other", "text": "Seit Mai geschlossen.", **values}
    return square.post(path, values), values


def test_anybody_may_say_what_is_wrong_and_learns_what_happens_now(entry, square):
    answer, _values = say(square, entry)
    thanks = square.get(answer.url).content.decode()
    assert "Danke, das hilft allen." in thanks
    assert "löschen wir Ihren Text" in thanks
    note = Correction.objects.get()
    assert (note.text, note.said_by, note.said_at) == ("Seit Mai geschlossen.", None, NOW)


def test_the_same_note_sent_twice_counts_once(entry, square):
    _answer, values = say(square, entry)
    square.post(f"/de/eintrag/{entry.code}/stimmt-nicht/", values)
    assert Correction.objects.count() == 1


def test_a_choice_alone_is_enough_but_something_else_needs_a_sentence(entry, square):
    assert say(square, entry, what="gone", text="")[0].status_code == 302
    assert Correction.objects.get().text == "Das gibt es nicht mehr."
    answer, _values = say(square, entry, what="other", text="  ")
    assert answer.status_code == 422
    assert "Bitte sagen Sie in einem Satz, was nicht stimmt." in answer.content.decode()


def test_a_machine_that_fills_in_the_unseen_field_is_thanked_and_forgotten(entry, square):
    answer, _values = say(square, entry, homepage="https://buy.example")
    assert answer.status_code == 302
    assert not Correction.objects.exists()


def test_strangers_in_a_crowd_are_asked_to_wait_and_members_are_not(entry, square, person, time_machine):
    for _number in range(5):
        say(square, entry)
    answer, _values = say(square, entry, text="Noch etwas.")
    assert answer.status_code == 422
    assert "Viertelstunde" in answer.content.decode()
    assert "Noch etwas." in answer.content.decode()
    assert say(square_of(person("Anna")), entry)[0].status_code == 302
    time_machine.move_to(NOW + timedelta(minutes=16), tick=False)
    assert say(square, entry)[0].status_code == 302


def test_those_in_charge_read_the_note_and_its_words_are_gone_once_settled(entry, square, ben):
    say(square, entry)
    desk = square_of(ben)
    page = desk.page(f"e/{entry.code}/dorfladen/")
    assert "Seit Mai geschlossen." in page
    assert "Seit Mai geschlossen." not in square.page(f"e/{entry.code}/dorfladen/")
    note = Correction.objects.get()
    desk.post(f"/de/eintrag/{entry.code}/stimmt-nicht/{note.pk}/", {"state": "done"})
    note.refresh_from_db()
    assert (note.state, note.text) == (CorrectionState.DONE, "")
    assert "Was nicht stimmen soll" not in desk.page(f"e/{entry.code}/dorfladen/")


def test_a_stranger_settles_nothing_and_a_note_is_found_at_its_own_entry_only(entry, square, ben, person, kranenburg):
    say(square, entry)
    note = Correction.objects.get()
    assert square_of(person("Anna")).post(f"/de/eintrag/{entry.code}/stimmt-nicht/{note.pk}/").status_code == 403
    other = place(kranenburg.village("niel")).entry
    assert square_of(ben).post(f"/de/eintrag/{other.code}/stimmt-nicht/{note.pk}/").status_code == 404
    assert Correction.objects.get().state == CorrectionState.OPEN


def test_one_tap_confirms_and_the_amber_is_gone(entry, ben, square):
    assert "Lange nicht bestätigt" in square.page(f"e/{entry.code}/dorfladen/")
    square_of(ben).post(f"/de/eintrag/{entry.code}/bestaetigen/")
    page = square.page(f"e/{entry.code}/dorfladen/")
    assert "Lange nicht bestätigt" not in page
    assert "Zuletzt bestätigt am 23. November 2026 durch die Buurtverbinder." in page


def test_a_keeper_confirms_as_keeper_and_others_cannot(entry, person):
    anna, berta = person("Anna"), person("Berta")
    name_keeper(entry.listing, identity=anna, by=INSTALLER, now=NOW)
    assert square_of(berta).post(f"/de/eintrag/{entry.code}/bestaetigen/").status_code == 403
    assert Square().post(f"/de/eintrag/{entry.code}/bestaetigen/").status_code == 302
    assert Listing.objects.get().assured_by == "connector"
    square_of(anna).post(f"/de/eintrag/{entry.code}/bestaetigen/")
    assert Listing.objects.get().assured_by == "keeper"
    assert square_of(anna).get(f"/de/eintrag/{entry.code}/bestaetigen/").status_code == 405


def test_a_connector_names_a_keeper_by_address_and_ends_it(entry, ben, person):
    person("Anna")
    desk, path = square_of(ben), f"/de/eintrag/{entry.code}/pflege/"
    assert "Niemand auf dem Dorfplatz" in desk.post(path, {"email": "nobody@example.org"}).content.decode()
    desk.post(path, {"email": "ANNA@example.org"})
    assert "Gepflegt von Anna." in desk.page(f"e/{entry.code}/dorfladen/")
    desk.post(f"{path}{Keeper.objects.get().pk}/beenden/")
    assert "Noch pflegt niemand diesen Eintrag." in desk.page(f"e/{entry.code}/dorfladen/")
    assert square_of(person("Berta")).get(path).status_code == 403


def test_an_entry_taken_off_the_map_can_be_put_back(entry, ben, square):
    desk, path = square_of(ben), f"/de/eintrag/{entry.code}/von-der-karte/"
    desk.post(path)
    square.page(f"e/{entry.code}/dorfladen/", status=404)
    assert "Verborgen" in desk.page(f"e/{entry.code}/dorfladen/")
    assert "Verborgen" in desk.page("karte/"), "those in charge still find it, and see how it stands"
    assert "Dorfladen" not in square.page("karte/")
    desk.post(path)
    assert "Dorfladen" in square.page(f"e/{entry.code}/dorfladen/")


def picture():
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(file, "JPEG")
    file.name = "laden.jpg"
    file.seek(0)
    return file


def test_a_photo_needs_words_and_can_be_taken_away_again(entry, ben):
    desk, path = square_of(ben), f"/de/eintrag/{entry.code}/fotos/"
    assert "Bitte füllen Sie das noch aus." in desk.post(path, {"file": picture(), "alt": ""}).content.decode()
    desk.post(path, {"file": picture(), "alt": "Der Laden von vorn", "credit": "Ben"})
    photo = Photo.objects.get()
    assert (photo.picture.alt, photo.picture.credit) == ({"de": "Der Laden von vorn"}, "Ben")
    desk.post(f"{path}{photo.pk}/wegnehmen/")
    assert not Photo.objects.exists()


def test_what_is_no_picture_is_refused_in_a_sentence(entry, ben):
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "laden.jpg"
    answer = square_of(ben).post(f"/de/eintrag/{entry.code}/fotos/", {"file": file, "alt": "Der Laden"})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert not Photo.objects.exists()


def test_a_hidden_entry_takes_no_notes_from_outside(entry, square):
    Entry.objects.update(state="hidden")
    for path in ("stimmt-nicht/", "stimmt-nicht/danke/"):
        assert square.get(f"/de/eintrag/{entry.code}/{path}").status_code == 404
