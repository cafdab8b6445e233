"""Sixty entries, each asked for in the other language: it is among the first ten, without any translation.

Written before the search was looked at for them. `pairs-tuning.json` may be looked at, `pairs-kept-apart.json` not.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from dorfplatz.entries.models import EntryText
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.languages.actions import WordDraft, add_local_word
from dorfplatz.languages.enums import Treatment
from dorfplatz.places.tests.factories import place
from dorfplatz.search.queries import search
from dorfplatz.villages.filter import VillageFilter
from tests.fixtures.kranenburg import INSTALLER, NOW

FOLDER = Path(__file__).parent
FIRST, GOAL = 10, 0.8
NAMES = ("pairs-tuning.json", "pairs-kept-apart.json")


@cache
def pairs(name):
    return json.loads((FOLDER / name).read_text("utf-8"))


@pytest.fixture
def square(kranenburg):
    word = WordDraft("Bürgerbus", "de", Treatment.REPLACED, {"nl": "buurtbus"})
    add_local_word(kranenburg.municipality, draft=word, by=INSTALLER, now=NOW)
    found = {}
    for pair in (pair for name in NAMES for pair in pairs(name)):
        words = {key: pair[key] for key in ("title", "body", "language")}
        found[pair["title"]] = place(kranenburg.village("niel"), **words, categories=[pair["category"]]).pk
    return kranenburg, found


@pytest.mark.parametrize("name", NAMES)
def test_eight_of_ten_are_found_across_the_border(square, name):
    kranenburg, numbers = square
    assert not EntryText.objects.exists()
    villages = VillageFilter(kranenburg.site, with_neighbours=True)
    missed = [
        pair["query"]
        for pair in pairs(name)
        if numbers[pair["title"]] not in search(pair["query"], villages, viewer=VISITOR, now=NOW).ids[:FIRST]
    ]
    share = 1 - len(missed) / len(pairs(name))
    print(f"{name}: {share:.3f}")  # noqa: T201  the figure, when it is asked for with -s
    assert share >= GOAL, missed if "tuning" in name else "those kept apart are not shown"
