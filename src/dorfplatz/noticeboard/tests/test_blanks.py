"""Sheets to fill in, and the list to ring with."""

from datetime import timedelta

import pytest

from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.jobs.worker import run_due
from dorfplatz.members.enums import Role
from dorfplatz.noticeboard.actions import print_blank, print_phone_list
from dorfplatz.noticeboard.blanks import BLANKS, blank_of
from dorfplatz.noticeboard.enums import BlankSheet
from dorfplatz.noticeboard.phone_list import phone_list_of
from dorfplatz.noticeboard.tests.factories import beyond, boxes, codes, overlapping, page_sizes, words_of
from dorfplatz.places.tests.factories import place
from dorfplatz.press.engine import typeset
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor

BY = {"by": INSTALLER, "now": NOW}
LONG = "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungsverwaltungsstelle"


@pytest.mark.parametrize("languages", [["de"], ["nl"], ["de", "nl"]])
@pytest.mark.parametrize("key", BLANKS)
def test_a_sheet_to_fill_in_is_one_page_on_which_nothing_lies_on_anything(kranenburg, key, languages):
    document = typeset(blank_of(key, languages, kranenburg.municipality), at=NOW)
    assert page_sizes(document.content) == [pytest.approx((210, 297), abs=0.1)]
    found = boxes(document.content)
    assert overlapping(found) == []
    assert beyond(found, 210 - 8.5, document.content) == []
    for box in found:
        assert box.left >= 8.5, box
        assert box.foot >= 7, box
        assert box.head <= 297 - 7, box
    assert codes(document.content) == [f"http://localhost/{languages[0]}/"] * BLANKS[key].on_page
    assert b"pdfuaid" in document.content


def test_every_sheet_that_is_offered_is_there():
    assert list(BLANKS) == BlankSheet.values


def test_a_municipality_may_be_called_whatever_it_likes(kranenburg):
    Area.objects.filter(pk=kranenburg.municipality.pk).update(name={"und": LONG})
    kranenburg.municipality.area.refresh_from_db()
    document = typeset(blank_of("wish", ["de", "nl"], kranenburg.municipality), at=NOW)
    assert overlapping(boxes(document.content)) == []


def test_anybody_takes_a_sheet_to_fill_in_from_the_page_of_all_there_is_on_paper(kranenburg, square):
    answer = square.post("/de/auf-papier/", {"form": "gift", "languages": "de+nl"})
    assert answer["Location"] == "/de/auf-papier/gift/de+nl/"
    assert "wird hergestellt" in square.page("auf-papier/gift/de+nl/")
    run_due()
    assert square.get(answer["Location"])["Content-Type"] == "application/pdf"
    with pytest.raises(ValueError, match="Blatt"):
        print_blank(kranenburg.municipality, key="poem", languages=["de"], **BY)


@pytest.fixture
def due(kranenburg):
    niel = kranenburg.village("niel")

    def make(title, **more):
        entry = place(niel, title=title, **more).entry
        Entry.objects.filter(pk=entry.pk).update(check_due_at=NOW + timedelta(days=more.pop("days", 1)))
        return entry

    return make


def test_the_phone_list_has_what_is_due_and_public_with_its_number(kranenburg, due):
    entry = due("Nieler Stimmen", phone="02826 000-1", opening_hours="We[2,4] 19:00-21:00")
    due("Nur unter uns", audience=Audience.MEMBERS)
    place(kranenburg.village("niel"), title="Frisch bestätigt")
    job, things = phone_list_of(kranenburg.village("niel"), kranenburg.municipality, "de", now=NOW)
    said = "".join(words_of(typeset(job, at=NOW).content))
    assert "Nieler Stimmen" in said
    assert "02826 000-1" in said
    assert "Nur unter uns" not in said
    assert "Frisch bestätigt" not in said
    assert things == {f"entry:{entry.pk}"}


def test_a_long_phone_list_stays_on_its_pages_and_nothing_lies_on_anything(kranenburg, due):
    for number in range(14):
        title = ("x" * 80 + " علي محمود " + "Sehr lang " * 20)[:200] if number % 2 else f"Verein {number}"
        due(
            title,
            phone="02826 000-1" * (number % 3),
            email=f"{'y' * 50}{number}@example.org",
            opening_hours="Mo 18:00+",
        )
    job, _things = phone_list_of(kranenburg.village("niel"), kranenburg.municipality, "de", now=NOW)
    document = typeset(job, at=NOW)
    found = boxes(document.content)
    assert document.page_count > 1
    assert overlapping(found) == []
    assert beyond(found, 210 - 16, document.content) == []
    assert all(box.left >= 15.7 and box.foot >= 8 for box in found)


def test_with_nothing_to_ring_about_it_says_so(kranenburg):
    job, _things = phone_list_of(kranenburg.village("niel"), kranenburg.municipality, "nl", now=NOW)
    assert "Tijd voor koffie" in "".join(words_of(typeset(job, at=NOW).content))


def test_only_who_looks_after_the_village_has_its_phone_list(kranenburg, cast, person, due):
    due("Nieler Stimmen")
    away = actor(person("Ina", roles=[(Role.CONNECTOR, "nuetterden")]))
    with pytest.raises(Exception, match="Dorfblatt"):
        print_phone_list(kranenburg.village("niel"), language="de", by=away, now=NOW)
    square = cast.at_the_square("ben")
    assert "/de/niel/telefonliste/" in square.page("auf-papier/")
    answer = square.post("/de/niel/telefonliste/")
    assert answer["Location"] == "/de/niel/telefonliste/pdf/de/"
    run_due()
    assert square.get(answer["Location"])["Content-Type"] == "application/pdf"
