"""Which wishes are alike, also where one is in German and the other in Dutch. No database."""

import pytest

from dorfplatz.search.lexicon import lexicon
from dorfplatz.wishes.likeness import Likeness, Text
from dorfplatz.wishes.queries.themes import LEAST_LIKE

WISHES = [
    "Eine Bank auf dem Dorfplatz, im Schatten",
    "Een bankje op het plein bij de kerk",
    "Fußballverein für Mädchen",
    "Een voetbalclub voor meisjes",
    "Die Autos fahren zu schnell durch die Hauptstraße",
    "Auto’s rijden te hard door het dorp",
    "Gemeinsam kochen im Dorfhaus",
    "Samen koken in het dorpshuis",
    "Ein Repair-Café für kaputte Geräte",
    "Mehr Blumen am Ortseingang",
]
PAIRS = [(0, 1), (2, 3), (4, 5), (6, 7)]


def likeness(texts=WISHES, alike=()):
    return Likeness([Text(number, text) for number, text in enumerate(texts)], lexicon(), alike)


@pytest.mark.parametrize(("german", "dutch"), PAIRS)
def test_the_same_wish_is_nearest_in_the_other_language(german, dutch):
    compared = likeness()
    for one, other in ((german, dutch), (dutch, german)):
        found = compared.nearest([one], among=range(len(WISHES)), least=LEAST_LIKE, most=1)
        assert [like.key for like in found] == [other]
        assert found[0].words


@pytest.mark.parametrize("alone", [8, 9])
def test_what_nobody_else_wishes_is_like_nothing(alone):
    assert likeness().nearest([alone], among=range(len(WISHES)), least=LEAST_LIKE, most=9) == []


def test_heaps_are_the_pairs_and_nobody_lies_in_two():
    heaps = likeness().groups(range(len(WISHES)), least=LEAST_LIKE, most=9)
    assert sorted(sorted(heap) for heap in heaps) == [list(pair) for pair in PAIRS]


def test_words_of_the_place_bring_together_what_no_dictionary_knows():
    texts = ["Am Pröttel fehlt eine Laterne", "Bij ’t Kletspleintje is niets", "Ein Chor", "Een bus"]
    assert likeness(texts).between(0, 1) == 0
    assert likeness(texts, [("Pröttel", "Kletspleintje")]).between(0, 1) > LEAST_LIKE


def test_the_same_text_is_wholly_alike_and_nothing_is_like_nothing():
    compared = likeness(["Eine Bank", "Eine Bank", "der die das", ""])
    assert compared.between(0, 1) == pytest.approx(1)
    assert compared.between(2, 3) == compared.between(0, 2) == 0
