import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dorfplatz.kernel.tests.xss_payloads import PAYLOADS
from dorfplatz.kernel.text import ALLOWED_SCHEMES, ALLOWED_TAGS, clean, excerpt, in_language, plain, render, slug

# Pieces from which texts are put together that come near to what the machine reads.
PIECES = st.lists(
    st.sampled_from([*PAYLOADS, "<", ">", '"', "'", "&", "*", "[", "](", ")", "\n", "`", "ß"]) | st.text()
)


class Reader(HTMLParser):
    """What a browser would find in a fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def read(fragment: str) -> Reader:
    reader = Reader()
    reader.feed(fragment)
    reader.close()
    return reader


def assert_harmless(fragment: str) -> None:
    for tag, attributes in read(fragment).found:
        assert tag in ALLOWED_TAGS
        assert set(attributes) <= {"a": {"href", "rel"}, "ol": {"start"}}.get(tag, set())
        if tag == "a":
            assert attributes["rel"] == "nofollow noopener ugc"
            scheme, colon, _ = (attributes.get("href") or "").partition(":")
            assert not colon or scheme in ALLOWED_SCHEMES or "/" in scheme


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_survives(payload):
    for text in (
        payload,
        f"Hallo {payload} Welt",
        f"**{payload}**",
        f"- {payload}\n- x",
        f"[{payload}](https://ok.example)",
    ):
        assert_harmless(render(text))
        assert_harmless(clean(text))


@settings(max_examples=300, deadline=None)
@given(PIECES.map("".join))
@example("\x00<a href='//x'>\r\n")
def test_cleaning_twice_changes_nothing_more(text):
    once = clean(text)
    assert_harmless(once)
    assert clean(once) == once
    shown = render(text)
    assert_harmless(shown)
    assert clean(shown) == shown


@settings(max_examples=200, deadline=None)
@given(st.text(), st.integers(0, 40))
def test_an_excerpt_is_one_line_and_never_longer_than_asked(text, longest):
    found = excerpt(text, longest)
    assert len(found) <= max(longest, 1)
    assert "\n" not in found


def test_simple_marks_become_a_page():
    assert render("Am **Samstag** ist *Markt*.\nAlle kommen!\n\n- Brot\n- Honig") == (
        "<p>Am <strong>Samstag</strong> ist <em>Markt</em>.<br>\nAlle kommen!</p>\n"
        "<ul>\n<li>Brot</li>\n<li>Honig</li>\n</ul>\n"
    )


def test_html_is_shown_as_written():
    assert render("1 < 2 <b>x</b> & so") == "<p>1 &lt; 2 &lt;b&gt;x&lt;/b&gt; &amp; so</p>\n"


def test_headings_begin_below_those_of_the_page():
    tags = [tag for tag, _ in read(render("# a\n\n## b\n\n##### c")).found]
    assert tags == ["h3", "h4", "h5"]


def test_headings_begin_where_the_page_says_and_leave_no_level_out():
    assert [tag for tag, _ in read(render("### a\n\n###### b\n\n# c", top=2)).found] == ["h2", "h3", "h2"]


def test_pictures_are_not_embedded():
    assert "<img" not in render("![Foto](https://ok.example/foto.jpg)")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Siehe https://kranenburg.de/markt.", "https://kranenburg.de/markt"),
        ("(https://de.wikipedia.org/wiki/Niel_(Kranenburg))", "https://de.wikipedia.org/wiki/Niel_(Kranenburg)"),
        ("„https://kranenburg.de“", "https://kranenburg.de"),
        ("[Markt](https://kranenburg.de)", "https://kranenburg.de"),
        ("<https://kranenburg.de>", "https://kranenburg.de"),
        ("[https://a.example](https://b.example)", "https://b.example"),
        ("**https://kranenburg.de**", "https://kranenburg.de"),
    ],
)
def test_a_web_address_in_the_text_is_a_link(text, address):
    assert [attributes["href"] for tag, attributes in read(render(text)).found if tag == "a"] == [address]


def test_an_address_in_code_stays_code():
    assert "<a" not in render("`https://kranenburg.de`")


def test_every_letter_that_was_written_can_be_read():
    assert read(render("Grüße, „Niel“ – 3 < 4 & https://a.example/?a=1&b=2")).words.strip() == (
        "Grüße, „Niel“ – 3 < 4 & https://a.example/?a=1&b=2"
    )


@pytest.mark.parametrize(
    "text",
    [
        "> " * 30_000,
        "*a **b " * 9_000,
        "*a **b " * 300 + "** *" * 300,
        "[" * 65_000,
        "![[" * 20_000,
        "<div>" * 50_000,
        "- " * 30_000,
        "`" * 65_000,
        "a*b_" * 16_000,
        "(http://a)" * 6_000,
        "<" * 65_000,
        "\\" * 65_000,
        "&#x41;" * 10_000,
    ],
)
def test_no_text_keeps_the_server_busy(text):
    began = time.process_time()
    assert_harmless(render(text))
    assert_harmless(clean(text))
    plain(text)
    assert time.process_time() - began < 4


def test_marks_nested_too_deeply_are_shown_as_written():
    deep = "*a **b " * 80 + "b** a*" * 80
    assert "<em>" not in render(deep)
    assert "*a **b" in render(deep)
    assert "<p>" not in clean("<blockquote>" * 101 + "x")
    assert clean("<blockquote>" * 99 + "x").startswith("<blockquote>")


def test_a_text_that_is_too_long_is_cut_at_a_whole_letter():
    assert read(render("ä" * 50_000)).words.strip() == "ä" * 32_768


def test_plain_words_have_no_marks():
    assert plain("# Markt\n\nAm **Samstag**,\n[hier](https://a.example)\n\n- Brot\n\n```\nx = 1\n```") == (
        "Markt\n\nAm Samstag,\nhier\n\nBrot\n\nx = 1"
    )


@pytest.mark.parametrize(
    ("text", "longest", "found"),
    [
        ("Der *Dorfladen*\n\nöffnet", 40, "Der Dorfladen öffnet"),
        ("Der Dorfladen öffnet am Samstag", 20, "Der Dorfladen…"),
        ("Der Dorfladen öffnet am Samstag", 21, "Der Dorfladen öffnet…"),
        ("Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"),
        ("", 10, ""),
    ],
)
def test_an_excerpt_ends_at_a_word(text, longest, found):
    assert excerpt(text, longest) == found


def test_rendered_text_is_not_escaped_again_by_templates():
    assert render("a").__html__() == render("a") == "<p>a</p>\n"


@pytest.mark.parametrize(
    ("texts", "language", "found"),
    [
        ({"de": "Hallo", "nl": "Hoi"}, "nl", "Hoi"),
        ({"de": "Hallo", "nl": ""}, "nl", "Hallo"),
        ({"und": "Niel", "de": "Nielchen"}, "nl", "Niel"),
        ({"fr": "Salut"}, "nl", "Salut"),
        ({}, "nl", ""),
    ],
)
def test_a_text_in_several_languages_is_given_in_the_nearest(texts, language, found):
    assert in_language(texts, language) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Öffnung am Großen Platz!", "oeffnung-am-grossen-platz"),
        ("  --Café/Crème-- ", "cafe-creme"),
        ("日本", ""),
        ("eins zwei drei", "eins-zwei"),
        ("Donaudampfschiff", "donaudampfs"),
    ],
)
def test_words_of_an_address(text, found):
    assert slug(text, longest=60 if " " in text and "zwei" not in text else 11) == found
