"""A village with its categories, and the connector who looks after it."""

import pytest

from dorfplatz.places.actions import write_standard_taxonomy
from tests.fixtures.kranenburg import INSTALLER, NOW


@pytest.fixture
def village(kranenburg):
    write_standard_taxonomy(by=INSTALLER, now=NOW)
    return kranenburg.village


@pytest.fixture
def ben(cast):
    return cast.at_the_square("ben")
