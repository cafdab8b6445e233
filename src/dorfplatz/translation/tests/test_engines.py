"""Engines: the real one with a model by chance, those on servers against servers of our own."""

import json
import sys
import time

import pytest

from dorfplatz.translation.engines.deepl import DeepL
from dorfplatz.translation.engines.firefox import Firefox
from dorfplatz.translation.engines.libretranslate import LibreTranslate
from dorfplatz.translation.engines.protocol import EngineAway, PairUnknown
from dorfplatz.translation.engines.silent import Silent
from dorfplatz.translation.pipeline import Wish, translate
from dorfplatz.translation.tests import tiny_model
from dorfplatz.translation.tests.servers import serving, slowly

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def firefox(tmp_path):
    engines = []

    def start(**options):
        engines.append(Firefox(tmp_path, **options))
        return engines[-1]

    yield start
    for engine in engines:
        engine.close()


def child_that(tmp_path, does):
    """A process in place of the engine's own, which does something else for each line it is asked."""
    file = tmp_path / "child.py"
    file.write_text(
        f"import json, os, sys, time\nfor line in sys.stdin:\n    text = json.loads(line)['text']\n    {does}\n"
    )
    return (sys.executable, str(file))


def test_the_real_engine_translates_through_english_and_says_the_same_each_time(tmp_path, firefox):
    tiny_model.put(tmp_path, "de-en", "en-nl")
    engine = firefox()
    assert engine.standing().is_ready
    assert engine.route("de", "nl").path == "de-en-nl"
    assert engine.route("de", "en").path == "de-en"
    assert engine.route("nl", "de") is None
    first = engine.translate(["Wir suchen Fahrer.", "Kuchen!"], "de", "nl")
    assert first == engine.translate(["Wir suchen Fahrer.", "Kuchen!"], "de", "nl")
    assert all(first)
    assert first != engine.translate(["Wir suchen Fahrer.", "Kuchen!"], "de", "en")
    with pytest.raises(PairUnknown):
        engine.translate(["Hallo"], "nl", "de")


def test_with_a_model_that_talks_nonsense_whatever_is_protected_still_comes_through(tmp_path, firefox):
    tiny_model.put(tmp_path, "de-en", "en-nl")
    text = "Treffpunkt ist am 3. Mai um 19.30 Uhr. Wir freuen uns auf alle!"
    out = translate(Wish(text, "de", "nl"), lambda texts: firefox().translate(texts, "de", "nl"))
    assert out.words.startswith("Treffpunkt ist am 3. Mai um 19.30 Uhr. ")
    assert "freuen" not in out.words
    assert out.is_translated


def test_very_long_sentences_are_not_cut_off(tmp_path, firefox):
    tiny_model.put(tmp_path, "de-en")
    said = firefox().translate(["lo " * 300, "lo " * 3], "de", "en")
    assert len(said[0]) > 3 * len(said[1])


@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:2000], lambda raw: b"", lambda raw: b"x" * 5000, lambda raw: raw[:-300]]
)
def test_a_damaged_model_is_said_in_a_sentence(tmp_path, firefox, spoil):
    tiny_model.put(tmp_path, "de-en")
    file = tmp_path / "de-en" / "model"
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(EngineAway, match="model"):
        firefox().translate(["Hallo"], "de", "en")


def test_without_models_nothing_is_ready_and_the_sentence_says_how_to_get_them(tmp_path, firefox):
    standing = firefox().standing()
    assert not standing.is_ready
    assert standing.is_well
    assert "translation install" in standing.says


def test_a_process_that_dies_or_hangs_costs_one_sentence(tmp_path, firefox):
    tiny_model.put(tmp_path, "de-en")
    does = (
        "os._exit(3) if 'stirb' in text else time.sleep(60) if 'warte' in text else "
        "(print(json.dumps({'text': text.upper()}), flush=True))"
    )
    engine = firefox(command=child_that(tmp_path, does), sentence_s=1.0)
    began = time.monotonic()
    assert engine.translate(["a", "stirb", "b", "warte", "c"], "de", "en") == ["A", "", "B", "", "C"]
    assert time.monotonic() - began < 15


def test_a_hundred_deaths_later_it_still_translates(tmp_path, firefox):
    tiny_model.put(tmp_path, "de-en")
    engine = firefox(
        command=("/bin/sh", "-c", 'read line; case $line in *stirb*) exit 3;; esac; echo \'{"text": "gut"}\'')
    )
    for _ in range(25):
        with pytest.raises(EngineAway, match="again and again"):
            engine.translate(["stirb"] * 5, "de", "en")
    assert engine.translate(["lebe"], "de", "en") == ["gut"]


def test_a_process_that_dies_every_other_time_costs_no_sentence(tmp_path, firefox):
    tiny_model.put(tmp_path, "de-en")
    died = tmp_path / "died"
    good = f'rm {died}; echo \'{{"text": "gut"}}\''
    script = f"while read line; do if [ -e {died} ]; then {good}; else touch {died}; exit 3; fi; done"
    assert firefox(command=("/bin/sh", "-c", script)).translate(["a", "b", "c"], "de", "en") == ["gut"] * 3


def test_nonsense_from_the_process_is_no_translation(tmp_path, firefox):
    tiny_model.put(tmp_path, "de-en")
    engine = firefox(command=child_that(tmp_path, "print('[]' if text == 'a' else 'quark', flush=True)"))
    assert engine.translate(["a", "b"], "de", "en") == ["", ""]


def test_libretranslate_is_asked_for_all_sentences_in_portions():
    def answer(path, body):
        assert path == "/translate"
        return 200, json.dumps({"translatedText": [f"{text}!" for text in body["q"]]}).encode()

    with serving(answer) as (base, asked):
        texts = [f"t{number}" for number in range(45)]
        engine = LibreTranslate(f"{base}?api_key=geheim")
        assert engine.translate(texts, "de", "nl") == [f"{text}!" for text in texts]
    assert [len(body["q"]) for _, _, body in asked] == [20, 20, 5]
    assert {body["api_key"] for _, _, body in asked} == {"geheim"}
    assert not engine.leaves_the_house


def test_deepl_gets_its_key_in_a_header_and_says_that_texts_leave_the_house():
    def answer(path, body):
        return 200, b'{"translations": [{"text": "Hallo"}]}'

    with serving(answer) as (base, asked):
        engine = DeepL("schluessel:fx", base=base)
        assert engine.translate(["Hoi"], "nl", "de") == ["Hallo"]
    path, headers, body = asked[0]
    assert path == "/v2/translate"
    assert headers["Authorization"] == "DeepL-Auth-Key schluessel:fx"
    assert body["target_lang"] == "DE"
    assert "formality" not in body
    assert engine.leaves_the_house


@pytest.mark.parametrize(("address", "wanted"), [("formal", "prefer_more"), ("informal", "prefer_less")])
def test_deepl_is_told_how_the_author_addresses_her_readers(address, wanted):
    with serving(lambda path, body: (200, b'{"translations": [{"text": "Komt u?"}]}')) as (base, asked):
        DeepL("schluessel:fx", base=base).translate(["Kommen Sie?"], "de", "nl", address=address)
    assert asked[0][2]["formality"] == wanted


@pytest.mark.parametrize(
    "make", [lambda base: LibreTranslate(base, timeout_s=0.5), lambda base: DeepL("k", base=base, timeout_s=0.5)]
)
@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda path, body: (429, b""), "had enough"),
        (lambda path, body: (500, b"<h1>kaputt</h1>"), "500"),
        (lambda path, body: (200, b"<html>hallo</html>"), "understood"),
        (lambda path, body: (200, b'{"translatedText": ["a", "b"], "translations": [{"text": 1}]}'), "understood"),
        (lambda path, body: (200, b'["a"]'), "understood"),
        (lambda path, body: (200, b"[" * 100_000), "understood"),
        (lambda path, body: ("cut", b'{"transl'), "cannot be asked"),
        (slowly(1.5), "cannot be asked"),
    ],
)  # fmt: skip
def test_a_server_that_is_slow_or_talks_nonsense_is_away_with_a_sentence(make, answer, says):
    with serving(answer) as (base, _), pytest.raises(EngineAway, match=says):
        make(base).translate(["Hallo"], "de", "nl")


def test_a_server_that_is_not_there_is_away_with_a_sentence():
    with pytest.raises(EngineAway, match="cannot be asked"):
        LibreTranslate("http://127.0.0.1:9").translate(["Hallo"], "de", "nl")


def test_no_engine_says_so_plainly():
    assert not Silent().standing().is_ready
    assert Silent().route("de", "nl") is None
