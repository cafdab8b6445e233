"""The short form of `make drill api`: seeded, so that it asks the same each time."""

import pytest

from dorfplatz.config.wsgi import application
from tests.contracts.wild import by_chance, by_description, furnish


@pytest.fixture
def furnished(kranenburg, at_eleven):
    furnish()


@pytest.mark.parametrize("name", ["api", "hsds"])
def test_answers_are_as_described_whatever_is_asked(furnished, name):
    asked = by_description(name, application, examples=6, number=1)
    assert asked["200"] > 10
    assert asked["400"]


def test_nothing_is_too_wild_to_be_answered(furnished, square):
    asked = by_chance(square, examples=150, number=1)
    assert {"200", "400", "404"} <= asked.keys()
