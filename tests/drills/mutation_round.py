"""One round of the drill “mutation”, inside a test for the sake of its database. Not of the suite: see mutation.py."""

from __future__ import annotations

import os
import random
from typing import Any

from tests.drills.mutants import is_noticed, mutants
from tests.permissions.test_verdicts import read
from tests.permissions.verdict_things import people, things
from tests.permissions.world import World

SHARE = float(os.environ.get("MUTANT_SHARE", "0.1"))


def test_changes_of_a_policy_are_noticed(kranenburg: Any, at_eleven: Any, record_property: Any) -> None:
    world = World(kranenburg)
    who, what, wanted = people(world), things(world), read()
    tried = list(mutants(lambda: random.random() < SHARE))
    survivors = [mutant.about for mutant in tried if not is_noticed(mutant, who, what, wanted)]
    record_property("mutants", len(tried))
    record_property("noticed", len(tried) - len(survivors))
    record_property("survivors", "\n".join(survivors))
