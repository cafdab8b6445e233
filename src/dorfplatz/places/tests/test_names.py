"""No club passes for another: names without unseen signs, and each word in one alphabet."""

from __future__ import annotations

import pytest

from dorfplatz.entries.actions import Draft
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.actions import PlaceDraft, add_place, change_place
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.tests.factories import category, place
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import square_of


def test_an_organisation_hides_nothing_in_its_name(cast, kranenburg):
    for title in ("Spаrkasse", "TuS\u200b Niel", "\u202eessakrapS"):
        answer = square_of(cast.ben).post("/de/eintragen/", {"kind": "organization", "title": title, "language": "de"})
        assert "jedes Wort mit den Buchstaben eines Alphabets" in answer.content.decode()
    assert not Entry.objects.exists()


def test_no_name_looks_like_that_of_another_entry_in_letters_of_another_alphabet(cast, kranenburg):
    """“ТАТЕ” in Cyrillic letters is no “TATE”; in the same letters there may be two, and a source is taken as it is."""
    place(kranenburg.village("zyfflich"), title="TATE")
    mine, by = place(kranenburg.village("niel"), title="Kaffeestube"), cast.actor("ben")
    areas = [kranenburg.village("niel")]

    def called(title):
        words = Draft(title=title, body="", language="de", areas=areas)
        return PlaceDraft(PlaceKind.ORGANIZATION, words, [category("sports-club")])

    for act in (lambda d: add_place(d, by=by, now=NOW), lambda d: change_place(mine, draft=d, by=by, now=NOW)):
        with pytest.raises(Problem, match=r"genauso aussieht|looks just like"):
            act(called("ТАТЕ"))
    assert add_place(called("TATE"), by=by, now=NOW)
    assert add_place(called("ТАТЕ"), by=INSTALLER, now=NOW)
