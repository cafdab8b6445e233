import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.imports.cleaning import clean_age, clean_line, clean_mail, clean_phone, clean_text, clean_url

RIGHT_TO_LEFT = "\u202e"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d"),
        ("www.example.org", "https://www.example.org"),
        ("HTTP://Example.ORG/Ä", "http://example.org/Ä"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://a.example;https://b.example", "https://a.example"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt://example.org/%0aalert(1)", ""),
        ("data:text/html,<script>", ""),
        ("https://user:word@example.org/", ""),
        ("https://example.org@evil.example/", ""),
        ("https://localhost/", ""),
        ("https://127.0.0.1/", ""),
        ("https://example.org:port/", ""),
        ("https://[::1", ""),
        (f"https://exa{RIGHT_TO_LEFT}mple.org", "https://example.org"),
        ('https://example.org/"onclick="x', "https://example.org/onclick=x"),
        ("https://example.org/" + "x" * 600, ""),
        ("nach Vereinbarung", ""),
        (None, ""),
    ],
)
def test_web_addresses_are_harmless_or_nothing(text: object, expected: str) -> None:
    assert clean_url(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+49 2826 1234", "+49 2826 1234"),
        ("02826/12 34-0; +49 2826 9", "02826/12 34-0"),
        ("tel:+31243971234", "+31243971234"),
        ("112", ""),
        ("call me", ""),
        ("+49 2826 1234 <b>", ""),
        ("1" * 40, ""),
    ],
)
def test_telephone_numbers_are_numbers(text: str, expected: str) -> None:
    assert clean_phone(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Info@Example.org", "info@example.org"),
        ("mailto:a@example.org", "a@example.org"),
        ("a@b", ""),
        ("a b@example.org", ""),
        ("a@example.org\r\nBcc: x@example.org", ""),
        ("x" * 300 + "@example.org", ""),
    ],
)
def test_mail_addresses_are_addresses(text: str, expected: str) -> None:
    assert clean_mail(text) == expected


def test_names_lose_what_hides_or_turns_the_writing() -> None:
    assert clean_line(f"SV {RIGHT_TO_LEFT}Nütter\u200bden\x00\n 1921", 200) == "SV Nütterden 1921"


def test_long_text_is_cut_at_a_word() -> None:
    assert clean_line("eins zwei drei vier", 16) == "eins zwei drei"
    assert len(clean_line("x" * 100_000, 200)) == 200


def test_a_text_keeps_its_paragraphs() -> None:
    assert clean_text("a\n\n\n\nb\tc\r\nd", 100) == "a\n\nb c\nd"


@pytest.mark.parametrize(
    ("text", "age"), [("12", 12), ("0", 0), ("121", None), ("-1", None), ("١٢", None), ("x", None)]
)
def test_ages_are_ages(text: str, age: int | None) -> None:
    assert clean_age(text) == age


@given(st.text() | st.none() | st.integers())
@settings(max_examples=200, deadline=None)
def test_whatever_comes_nothing_raises_and_cleaning_twice_changes_nothing(text: object) -> None:
    for clean in (clean_url, clean_mail, clean_phone):
        once = clean(text)
        assert clean(once) == once
        assert not any(ord(c) < 32 for c in once)
    assert clean_line(clean_line(text, 50), 50) == clean_line(text, 50)
    assert len(clean_text(text, 50)) <= 50
