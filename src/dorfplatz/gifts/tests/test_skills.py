"""The list of skills: complete in three languages, found by what people type, and nothing of it about need."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dorfplatz.gifts.enums import GiftPart
from dorfplatz.gifts.skills import LANGUAGES, SKILLS, by_theme, find_skills, folded, skill_called, skills_of

# Nothing for which somebody would be pitied, and no profession of those who treat.
NEVER = re.compile(
    r"\b(pflege|krank|demen|diagnos|therap|behinder|medika|zorg|ziek(?!les)|medicijn|care level|illness|nurs|disab)",
    re.IGNORECASE,
)
# A garden is nursed, too.
INNOCENT = {"Garten pflegen"}


def test_each_skill_has_a_name_in_each_language_and_belongs_to_a_part():
    assert 140 <= len(SKILLS) <= 200
    for skill in SKILLS.values():
        assert skill.part in GiftPart.values
        assert set(skill.words) == set(LANGUAGES)
        assert all(skill.words[language] and all(skill.words[language]) for language in LANGUAGES), skill.code
        assert len(skill.code) <= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_skills_have_one_name(language):
    names = [folded(skill.name_in(language)) for skill in SKILLS.values()]
    assert len(set(names)) == len(names)


def test_nothing_is_about_health_or_need():
    words = {word for skill in SKILLS.values() for said in skill.words.values() for word in said}
    assert {word for word in words if NEVER.search(word)} == INNOCENT


@pytest.mark.parametrize(
    ("typed", "language", "code"),
    [
        ("Rad fli", "", "bike_repair"),
        ("band plakken", "nl", "bike_repair"),
        ("HECKENSCHNITT", "de", "hedge"),
        ("niederlaendisch ueben", "", "teach_dutch"),
        ("plat praten", "nl", "low_german"),
        ("byles", "nl", "homework"),
        ("hemd kuerzen", "de", "hemming"),
        ("Fiets", "nl", "bike_repair"),
    ],
)
def test_a_skill_is_found_by_the_beginning_of_any_of_its_words_however_it_is_spelled(typed, language, code):
    assert code in [skill.code for skill in find_skills(typed, language)]


def test_whole_words_come_before_beginnings_and_one_language_keeps_to_itself():
    assert find_skills("singen")[0].code == "singing"
    assert find_skills("zwemmen", "de") == []
    assert find_skills("  ") == []


def test_what_is_called_just_so_is_known_and_what_two_are_called_is_not():
    assert skill_called("Fiets flicken") == SKILLS["bike_repair"]
    assert skill_called("Etwas ganz anderes") is None


def test_what_is_offered_at_first_sight_and_the_rest_by_theme_are_all_of_it():
    for part in GiftPart:
        rest = [skill for _names, inside in by_theme(part) for skill in inside]
        assert 8 <= len(skills_of(part, common=True)) <= 16
        assert {s.code for s in [*rest, *skills_of(part, common=True)]} == {
            s.code for s in SKILLS.values() if s.part == part
        }


@given(some.text(max_size=100))
def test_whatever_is_typed_has_an_answer(words):
    assert all(skill.code in SKILLS for skill in find_skills(words))
    skill_called(words)
