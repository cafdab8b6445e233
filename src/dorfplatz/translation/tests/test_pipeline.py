"""What goes through a translation comes out whole, whatever the engine does."""

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorfplatz.translation import recognising
from dorfplatz.translation.glossary import Term
from dorfplatz.translation.pipeline import Wish, hash_of, key_of, translate
from dorfplatz.translation.recognising import recognise
from dorfplatz.translation.sentences import sentences
from dorfplatz.translation.structure import parts

PROTECTED = [
    "https://www.kranenburg.example/termine?a=1&b=2", "info@dorfplatz.example", "19.30", "03.05.2027", "3", "12,50 €",
    "€ 7,-", "02826 55512", "Zyfflich", "Berg en Dal", "#buurtbus", "🎉", "`code`", "1.500", "2027",
]  # fmt: skip
NAMES = ["Zyfflich", "Berg en Dal"]
WORDS = ["Wir", "suchen", "Fahrer", "op", "zaterdag", "samen", "Kuchen", "und", "koffie", "z. B.", "o.a.", "Dhr."]


def shouting(texts):
    return [re.sub(r"[a-zäöü]+", lambda found: found.group().upper(), text) for text in texts]


def forgetful(texts):
    return [re.sub(r"[A-Z]{2,}\d+|\d", "", text) for text in texts]


def stuttering(texts):
    return [f"{text} {text}" for text in texts]


def backwards(texts):
    return [" ".join(reversed(text.split())) for text in texts]


def silent(texts):
    return ["" for _ in texts]


def wordy(texts):
    return ["iets heel anders" for _ in texts]


def gluing(texts):
    return [text.replace(" ", "") for text in texts]


ENGINES = [shouting, forgetful, stuttering, backwards, silent, wordy, gluing]


def counted(text):
    """How often each stands there, whole; an emoji also where an engine has put it right behind a word."""
    edges = {piece: (r"(?<!\w)", r"(?!\w)") if re.search(r"\w", piece) else ("", "") for piece in PROTECTED}
    return Counter({p: len(re.findall(before + re.escape(p) + after, text)) for p, (before, after) in edges.items()})


@settings(deadline=None, max_examples=200)
@given(
    said=st.lists(st.sampled_from(WORDS + PROTECTED), max_size=40),
    ends=st.lists(st.sampled_from([". ", "! ", " ", "\n", "\n\n- ", ", "]), min_size=40, max_size=40),
    engine=st.sampled_from(ENGINES),
)
def test_each_protected_piece_comes_out_as_often_as_it_went_in(said, ends, engine):
    text = "".join(f"{word}{end}" for word, end in zip(said, ends, strict=False))
    out = translate(Wish(text, "de", "nl", NAMES), engine).words
    assert counted(out) == counted(text), (text, out, engine)
    assert out.count("\n") == text.count("\n")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_address_does_not_grow_together_with_its_neighbours(engine):
    for text in (
        "Wir! https://a.example/t?a=1&b=2. Wir.", "Wir suchen (info@dorfplatz.example) Fahrer.", "Kommt (#buurtbus).",
        "`code`: und Kuchen", "Siehe „https://a.example/b“.", "**Neu** https://a.example/b, und mehr",
    ):  # fmt: skip
        out = translate(Wish(text, "de", "nl", NAMES), engine).words
        for piece in ("https://a.example/t?a=1&b=2", "info@dorfplatz.example", "#buurtbus", "`code`"):
            said = len(re.findall(rf"(?<!\w){re.escape(piece)}(?!\w)", out))
            assert said == text.count(piece), (text, out)


@settings(deadline=None, max_examples=150)
@given(text=st.text(max_size=600))
def test_any_text_taken_apart_is_whole_again(text):
    assert "".join(part.text for part in parts(text)) == text
    assert translate(Wish(text, "de", "nl"), silent).words == text


@settings(deadline=None, max_examples=100)
@given(line=st.text(alphabet='abcÄ .!?3,;:–"”', max_size=900), longest=st.integers(20, 200))
def test_no_sentence_is_lost_and_none_is_too_long(line, longest):
    pieces = [*sentences(line, longest=longest)]
    assert "".join(said + behind for said, behind in pieces) == line
    assert all(len(said) <= longest for said, _ in pieces)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Am 3. Mai z. B. im Dorfhaus. Alle kommen!", ["Am 3. Mai z. B. im Dorfhaus.", "Alle kommen!"]),
        ("Dhr. Jansen brengt o.a. koffie mee. Kom ook!", ["Dhr. Jansen brengt o.a. koffie mee.", "Kom ook!"]),
        ("Kuchen, Kaffee usw. Bis Sonntag!", ["Kuchen, Kaffee usw.", "Bis Sonntag!"]),
        ("Treff am 12.05. um 15 Uhr. Ort: Str. 5.", ["Treff am 12.05. um 15 Uhr.", "Ort: Str. 5."]),
        ("See www.a.example. Bring cake, e.g. pie.", ["See www.a.example.", "Bring cake, e.g. pie."]),
        ("„Wann?“ fragt sie. Um acht.", ["„Wann?“", "fragt sie.", "Um acht."]),
    ],
)
def test_abbreviations_and_dates_do_not_end_a_sentence(line, expected):
    assert [said for said, _ in sentences(line)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "🎉🎉 👍🏽", "12.05.2027 19:30", "    x = 1\n    y = 2\n", "```\nfor i in range(3):\n    print(i)\n```\n",
        "+---+\n| o |   /\\_/\\\n+---+  ( o.o )\n", "https://a.example/b", "`ls -la`", "***\n---\n",
    ],
)  # fmt: skip
def test_what_says_nothing_never_reaches_the_engine(text):
    def refusing(texts):
        raise AssertionError(texts)

    assert translate(Wish(text, "de", "nl"), refusing).words == text


def test_markdown_keeps_its_form():
    text = "# Das Fest\r\n\r\n> Wir laden ein.\r\n\r\n1. **Kuchen** backen\n2. Tische tragen, siehe [hier](https://a.example)\n"
    out = translate(Wish(text, "de", "nl"), shouting).words
    assert out == (
        "# DAS FEST\r\n\r\n> WIR LADEN EIN.\r\n\r\n1. **KUCHEN** BACKEN\n2. TISCHE TRAGEN, SIEHE [hier](https://a.example)\n"
    )


def test_when_emphasis_gets_lost_the_sentence_is_translated_without_it():
    text = "Bitte **pünktlich** um 15 Uhr kommen."

    def loses_marks_in_the_middle(texts):
        return ["op tijd komen om 15 uur." if "**" not in t and "XQ" not in t else "op tijd" for t in texts]

    assert translate(Wish(text, "de", "nl"), loses_marks_in_the_middle).words == text  # the hour is hidden by then
    assert translate(
        Wish("Bitte **nicht** klopfen.", "de", "nl"), lambda ts: [t.replace("XQ0", "") for t in ts]
    ).words == ("Bitte nicht klopfen.")


def test_fifty_thousand_characters_and_words_from_right_to_left_come_back_whole():
    text = "Wir suchen am 3. Mai Fahrer für den Bürgerbus in Zyfflich. " * 850
    out = translate(Wish(text, "de", "nl", NAMES), shouting)
    assert len(out.words) == len(text)
    assert len(out.sentences) == 1, "the same sentence is translated once"
    arabic = "نبحث عن سائقين للحافلة. اتصلوا على 02826 55512!"
    assert counted(translate(Wish(arabic, "ar", "de"), backwards).words) == counted(arabic)


def test_sentences_known_before_are_not_translated_again():
    asked = []

    def engine(texts):
        asked.extend(texts)
        return shouting(texts)

    wish = Wish("Wir suchen Fahrer. Kuchen gibt es auch.", "de", "nl")
    first = translate(wish, engine)
    known = {(s.source_hash, s.fingerprint): s.words for s in first.new}
    asked.clear()
    second = translate(Wish("Wir suchen Fahrer. Kaffee gibt es auch.", "de", "nl"), engine, known)
    assert asked == ["Kaffee gibt es auch."]
    assert second.words == "WIR SUCHEN FAHRER. KAFFEE GIBT ES AUCH."
    assert len(second.sentences) == 2
    assert len(second.new) == 1


def test_words_of_the_glossary_are_kept_replaced_or_explained():
    terms = [Term("Schützenverein", "schutterij", explains=True), Term("Bürgerbus", "buurtbus"), Term("Buurtverbinder")]
    text = "Der Schützenverein und der Schützenverein Mehr fragen den Buurtverbinder nach dem Bürgerbus."
    out = translate(Wish(text, "de", "nl", (), terms), shouting).words
    assert "Schützenverein (schutterij) UND DER Schützenverein MEHR" in out
    assert "Buurtverbinder NACH DEM buurtbus" in out


def test_a_new_word_in_the_glossary_touches_only_texts_in_which_it_occurs():
    before, after = (
        Wish("Der Chor singt.", "de", "nl"),
        Wish("Der Chor singt.", "de", "nl", (), [Term("Bürgerbus", "buurtbus")]),
    )
    assert key_of("Der Chor singt.", before) == key_of("Der Chor singt.", after)
    with_it = Wish("Der Bürgerbus fährt.", "de", "nl", (), [Term("Bürgerbus", "buurtbus")])
    assert key_of("Der Bürgerbus fährt.", with_it)[1] != key_of("Der Bürgerbus fährt.", before)[1]
    assert len(hash_of("")) == 64


def test_the_language_is_recognised_or_the_author_s_is_taken():
    among = ("de", "nl", "en")
    assert recognise("Wij zoeken vrijwilligers voor de buurtbus", among=among, otherwise="de").language == "nl"
    assert recognise("Wir suchen Fahrerinnen für den Bürgerbus", among=among, otherwise="nl").language == "de"
    for nothing in ("", "🎉", "https://www.heel-nederlands.example/over-ons", "12.30"):
        assert recognise(nothing, among=among, otherwise="nl") == recognise("", among=among, otherwise="nl")
        assert not recognise(nothing, among=among, otherwise="nl").is_sure


def test_without_room_for_its_model_the_author_s_language_is_taken(monkeypatch):
    def no_room(_languages):
        raise OSError(28, "No space left on device")

    recognising._identifier_if_possible.cache_clear()
    monkeypatch.setattr(recognising, "_identifier", no_room)
    found = recognising.recognise("Het dorpshuis is open voor iedereen.", among=["de", "nl"], otherwise="de")
    recognising._identifier_if_possible.cache_clear()
    assert (found.language, found.is_sure) == ("de", False)
