"""Words, their forms and parts, and the list of what means the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dorfplatz.search.lexicon import Lexicon, lexicon, read_concept
from dorfplatz.search.question import read_question, similar
from dorfplatz.search.words import distance, fold, forms, parts, words


def test_umlauts_and_ij_do_not_matter():
    assert fold("Straße") == "strasse"
    assert fold("Zijfflich") == fold("Zyfflich")
    assert set(forms("mütter")) & set(forms("mutter"))
    assert set(forms("mütter")) & set(forms("muetter"))


def test_compounds_fall_into_known_words():
    known = lexicon().parts
    assert parts("frauenchor", known)[0] == "chor"
    assert "werkstatt" in parts("fahrradwerkstatt", known)
    assert parts("tor", known) == ()


@given(st.text(max_size=60))
def test_any_text_has_terms(text):
    for word in words(text):
        assert all(len(form) <= 48 for form in forms(word))
        parts(word, lexicon().parts)


@given(st.text("abc", min_size=6, max_size=9), st.integers(0, 5))
def test_a_letter_left_out_is_one_slip(word, at):
    assert distance(word, word[:at] + word[at + 1 :], 2) == 1


def test_the_list_is_rich_in_both_languages():
    concepts = lexicon().concepts
    assert len(concepts) > 200
    assert sum(len(concept.german) for concept in concepts) > 1500
    assert sum(len(concept.dutch) for concept in concepts) > 1500
    assert all(concept.german and concept.dutch for concept in concepts)


@pytest.mark.parametrize(
    "asked", ["Waschmaschine geht nicht mehr", "de wasmachine doet ’t niet", "Radio FUNKTIONIERT nicht!"]
)
def test_turns_of_phrase_stand_for_a_word_though_each_of_their_words_says_nothing(asked):
    assert "kaputt" in {slot.word for slot in read_question(asked, lexicon()).slots}


def test_words_that_only_colour_a_question_count_little_beside_others():
    old, teeth = read_question("alte Zähne", lexicon()).slots
    assert old.weight < teeth.weight
    assert {term for term in read_question("Zangclub", lexicon()).slots[0].answers if term.startswith("#music")}


def test_umlauts_in_two_letters_do_no_harm_to_slips():
    slot = read_question("naehmaschiene", lexicon()).slots[0]
    assert dict(similar(slot, {"nahmaschine", "waschmaschine"})).keys() == {"nahmaschine"}


def test_words_of_a_loose_group_lead_to_its_themes_and_do_not_stand_for_one_another():
    some = Lexicon([read_concept("~ regal, treppe | plank, trap | crafts", frozenset())], frozenset(), frozenset())
    answers = read_question("Treppe", some).slots[0].answers
    assert "#crafts" in answers
    assert not {"regal", "plank"} & set(answers)
