"""The short forms of the drills about accounts. The long ones: `make drill raid`, `codes`, `doors`."""

from __future__ import annotations

from argparse import Namespace

import pytest

from tests.drills.codes import Siege
from tests.drills.doors import DOORS, pairs, set_up
from tests.drills.raid import Raid

pytestmark = pytest.mark.django_db


def test_of_a_raid_by_form_and_action_five_posts_are_seen_and_a_sum_counts_once(unkept):
    told = Raid(Namespace(accounts=9, posts=1, samples=4, sums=2, seed=3)).run()
    assert (told["let_in_by_one_card"], told["most_visible_at_once"], told["clicks"]) == (8, 5, 3)
    assert told["neighbours_posts"] == told["neighbours_posts_shown"] > 0
    assert told["left_after_clearing"] == 0
    assert told["sums"] == {"right_once": 2, "taken_again": 0, "taken_late": 0, "taken_elsewhere": 0}


def test_guessed_codes_open_nothing_and_the_admin_hears_of_it():
    told = Siege(addresses=4, seed=3).run(900)
    assert (told["opened"], told["looked_up"], told["mails_to_the_admin"]) == (0, 120, 1)
    assert 0 < told["told_after_s"] <= 60
    assert (told["known_before_withdrawing"], told["known_after_withdrawing"]) == (20, 0)


def test_a_member_and_nobody_get_the_same_page_at_every_door():
    # Times of so few are worth nothing; that the same is done for both is counted in members/tests/test_entering.py.
    set_up()
    assert {pairs(door, 1, 3)["differing_pages"] for door in DOORS} == {0}
