"""What is kept until the next edition: only of that edition, and never too much."""

import pytest

from dorfplatz.villages.edition_memory import EditionMemory


@pytest.fixture
def memory():
    return EditionMemory(10, size_of=len)


def test_a_value_is_made_once_for_an_edition_and_anew_for_the_next(memory):
    made = []

    def make():
        made.append("x")
        return "word"

    assert [memory.get("k", edition, make) for edition in (1, 1, 2, 2)] == ["word"] * 4
    assert len(made) == 2


def test_an_edition_that_has_gone_does_not_come_back(memory):
    memory.keep("k", 2, "new")
    assert memory.find("k", 1) is None


def test_without_an_edition_nothing_is_kept(memory):
    memory.keep("k", None, "word")
    assert memory.get("k", None, lambda: "other") == "other"
    assert len(memory) == 0


def test_the_least_asked_for_makes_room(memory):
    memory.keep("a", 1, "aaaa")
    memory.keep("b", 1, "bbbb")
    memory.find("a", 1)
    memory.keep("c", 1, "cccc")
    assert [memory.find(key, 1) for key in "abc"] == ["aaaa", None, "cccc"]


def test_a_value_in_place_of_another_counts_once(memory):
    for edition in range(50):
        memory.keep("a", edition, "aaaa")
    memory.keep("b", 1, "bbbb")
    assert memory.find("a", 49) == "aaaa"
