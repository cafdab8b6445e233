"""Each policy answers as verdicts.csv says, which a person has read line by line: policy, about what, and who may."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.permissions.verdict_things import people, things
from tests.permissions.verdicts import POLICIES, verdicts
from tests.permissions.world import World

READ = Path(__file__).parent / "verdicts.csv"


@pytest.fixture
def world(kranenburg, at_eleven) -> World:
    return World(kranenburg)


def read() -> dict[tuple[str, str], str]:
    with READ.open(newline="") as file:
        return {(row["policy"], row["about"]): row["may"] for row in csv.DictReader(file)}


def test_every_policy_answers_as_a_person_has_read_it(world):
    found = list(verdicts(people(world), things(world)))
    if os.environ.get("WRITE_VERDICTS"):
        with READ.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([("policy", "about", "may"), *found])
    wanted = read()
    wrong = [f"{p} ({t}): {may}, not {wanted.get((p, t))}" for p, t, may in found if wanted.get((p, t)) != may]
    assert not wrong, "\n".join(wrong)
    assert set(wanted) == {(policy, thing) for policy, thing, _may in found}
    assert len({policy for policy, _sort, _ask in POLICIES}) > 80
