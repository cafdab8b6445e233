"""Zyfflich is being prepared; Ben is its connector."""

import pytest

from dorfplatz.places.actions import write_standard_taxonomy
from dorfplatz.villages.actions import change_stage
from dorfplatz.villages.enums import Stage
from tests.fixtures.kranenburg import INSTALLER, NOW


@pytest.fixture(autouse=True)
def clock(at_eleven):
    return at_eleven


@pytest.fixture
def bring(kranenburg):
    """`bring(Stage.SOFT)`: Zyfflich is at that stage."""

    def to(stage):
        change_stage(kranenburg.village("zyfflich"), stage=stage, by=INSTALLER, now=NOW)
        return kranenburg.village("zyfflich")

    return to


@pytest.fixture
def zyfflich(kranenburg, bring):
    write_standard_taxonomy(by=INSTALLER, now=NOW)
    return bring(Stage.PREPARING)


@pytest.fixture
def ben(cast):
    return cast.at_the_square("ben")
