"""Names that could pass for another's, and letters that nobody sees."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.kernel.spelling import as_written, has_unseen, is_plain_name, is_readable, lookalikes, typed


@pytest.mark.parametrize("name", [
    "Anna", "Jürgen Groß", "Nguyễn Thị Hoa", "O’Neill", "D´Angelo", "van ’t Hoff", "Jean-Luc", "Dr. Müller",
    "Familie Peters (Niel)", "Şükrü Yıldız", "Олена Коваль", "Ελένη", "שרה", "محمد علي", "田中さくら", "ნინო", "अनीता",
    "Ɔsɛi", "Łukasz Żak", "Ａｎｎａ", "Neu 12",
])  # fmt: skip
def test_names_of_all_the_world_are_taken(name):
    assert is_plain_name(as_written(name))


@pytest.mark.parametrize("name", [
    "Аnna", "Ann\u0430", "An\u200bna", "Anna\u202e", "\u2066Anna\u2069", "A\u034fnna", "Anna\ufe0f",
    "H\u3164", "\u2800", "A\u0336nna", "A\u0300\u0301\u0302\u0303nna", "ᴀɴɴᴀ", "Ben ✓", "Ben 🟢",
    "Anna\x00", "Anna\ue000", "12", "@anna", "<b>",
    "Аnna Müller", "Βen", "\U000e0041Anna", "A\u20ddnna", "",
])  # fmt: skip
def test_what_could_pass_for_another_or_is_no_name_is_not(name):
    assert not is_plain_name(as_written(name))


@pytest.mark.parametrize(("name", "of"), [
    ("Веп", "Ben"), ("ВЕТА", "BETA"), ("Ноа", "Hoa"), ("ΑΝΝΑ", "ANNA"), ("ꓐꓰꓠ", "BEN"), ("ᎪNNᎪ", "ANNA"),
    ("lngrid", "Ingrid"), ("Be1l", "Bell"), ("0tto", "otto"), ("Bep", "Вер"), ("CAPA", "САРА"),
])  # fmt: skip
def test_a_name_in_other_letters_is_known_for_what_it_looks_like(name, of):
    assert any(of.casefold() == other.casefold() for other in lookalikes(name))


@pytest.mark.parametrize(("title", "readable"), [
    ("Café Москва", True),
    ("Kirchenchor ❤️‍🔥 Niel 👨‍👩‍👧", True), ("1. FC Köln – Fanclub „Ä“", True), ("ΑA-Verein", False),
    ("Sp\u0430rkasse", False), ("Spar\u200bkasse", False), ("\u202eessakrapS", False), ("TuS \ufeffNiel", False),
])  # fmt: skip
def test_a_title_may_mix_alphabets_word_by_word_and_hides_nothing(title, readable):
    assert is_readable(title) is readable


def test_what_no_keyboard_types_is_left_out():
    assert typed("a\0b\x1b\ud800c\nd\te") == "abc\nd\te"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=90))
def test_whatever_is_written_is_judged_and_what_is_taken_shows_itself(text):
    written = as_written(text)
    assert as_written(written) == written
    if is_plain_name(written):
        assert not has_unseen(written)
        assert written.isprintable()
    assert written not in lookalikes(written)
