"""Nobody passes for a neighbour: names in look-alike letters, or with signs that nobody sees, at every door."""

from __future__ import annotations

import re

import pytest

from dorfplatz.members.actions import make_cards
from dorfplatz.members.models import Identity
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of

ALPHABET = "Buchstaben eines Alphabets"
DOUBLE = "dass man beide Namen nicht unterscheiden kann"
# Cyrillic for Ben, the connector; Latin with one Cyrillic letter; unseen; turned round; with a stroke; with a badge.
WRONG = [("Веп", DOUBLE), ("Βen", ALPHABET), ("Be\u200bn", ALPHABET), ("\u202eneB", ALPHABET), ("B\u0336en", ALPHABET),
         ("Ben ✓", ALPHABET), ("ꓐꓰꓠ", DOUBLE)]  # fmt: skip


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


def said(answer) -> str:
    return answer.content.decode().partition('role="alert"')[2][:1500]


@pytest.mark.parametrize(("name", "sentence"), WRONG)
def test_at_joining_on_ones_page_and_for_somebody_without_internet(cast, kranenburg, name, sentence):
    _batch, codes = make_cards(kranenburg.village("niel"), count=1, uses=1, lasts_days=9, by=INSTALLER, now=NOW)
    newcomer, address = Square(), f"/de/mitmachen/{codes[0]}/"
    seen = re.findall(r'name="seen" value="(\w+)"', newcomer.get(address).content.decode())[0]
    joining = {"name": name, "email": "x@example.org", "password": "nine villages one square", "age": "older",
               "agreed": "on", "seen": seen}  # fmt: skip
    taken_in = {"name": name, "village": "niel", "consent_by": "phone", "purpose": "x", "days": "30", "language": "de"}
    before = set(Identity.objects.values_list("name", flat=True))
    for answer in (
        newcomer.post(address, joining),
        square_of(cast.anna).post("/de/meine-seite/", {"name": name, "language": "de", "home": "niel"}),
        square_of(cast.ben).post("/de/einstellungen/ohne-internet/", taken_in),
    ):
        assert answer.status_code in {200, 422}
        assert re.search(sentence, said(answer)), said(answer)
    assert set(Identity.objects.values_list("name", flat=True)) == before


def test_two_neighbours_may_have_one_name_and_ones_own_is_no_double(cast, person):
    person("Ben2", home="niel", email="other@example.org")
    hers = {"name": "Ben", "language": "nl", "home": "niel"}
    assert square_of(cast.anna).post("/de/meine-seite/", hers).status_code == 302
    Identity.objects.filter(pk=cast.dirk.pk).update(name="Веп")  # has had it for long
    same = {"name": "Веп", "language": "nl", "home": "groesbeek"}
    assert square_of(cast.dirk).post("/de/meine-seite/", same).status_code == 302


def test_names_come_as_they_are_usually_written(cast):
    hers = {"name": " Ａｎｎａ\u00a0 O´Neill ", "language": "de", "home": "niel"}
    square_of(cast.anna).post("/de/meine-seite/", hers)
    assert Identity.objects.get(pk=cast.anna.pk).name == "Anna O’Neill"
