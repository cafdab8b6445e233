"""Suggestions against labelled pairs: the goals where tuned and on the fresh set, floors on the half kept apart."""

import pytest

from tests.evaluation.matching.measure import GOALS, figures_of, missed, read_half

# What is reached on the half kept apart, less a little; the goals are not all reached there, `make bench` says so.
FLOORS = {"first": 0.7, "recall": 0.72, "first_across": 0.5, "recall_across": 0.62}


def test_the_pairs_tuned_on_are_found():
    figures = figures_of(read_half("tune"))
    assert not missed(figures.as_json()), figures


def test_the_pairs_kept_apart_are_found_as_well_as_before():
    figures = figures_of(read_half("apart")).as_json()
    assert all(figures[name] >= floor for name, floor in FLOORS.items()), figures


def test_the_pairs_written_afresh_are_found():
    figures = figures_of(read_half("fresh"))
    assert not missed(figures.as_json()), figures


@pytest.mark.parametrize("name", GOALS)
def test_a_figure_below_its_goal_is_told(name):
    reached = dict.fromkeys(GOALS, 1.0)
    assert missed(reached) == []
    assert missed({**reached, name: 0.1}) == [f"{name} 0.1"]
