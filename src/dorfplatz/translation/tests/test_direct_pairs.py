"""Direct pairs of OPUS-MT through CTranslate2, out of the operator's folder: the real engine, a model by chance."""

import io

import pytest
from django.core.management import call_command

from dorfplatz.kernel.verdict import Problem
from dorfplatz.translation.engines.firefox import Firefox
from dorfplatz.translation.engines.protocol import EngineAway
from dorfplatz.translation.pipeline import Wish, translate
from dorfplatz.translation.tests import tiny_model, tiny_opus
from dorfplatz.translation.weights import adopting
from dorfplatz.translation.weights.adopting import adopt
from dorfplatz.translation.weights.shelf import damaged, installed


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    return tiny_opus.put(tmp_path_factory.mktemp("opus-mt-de-nl"))


@pytest.fixture
def engine(tmp_path):
    made = Firefox(tmp_path / "shelf", processes=1)
    yield made
    made.close()


def test_a_direct_pair_goes_before_the_way_through_english(tmp_path, converted, engine):
    shelf = tmp_path / "shelf"
    tiny_model.put(shelf, "de-en", "en-nl")
    assert engine.route("de", "nl").path == "de-en-nl"
    roundabout = engine.translate(["Wir suchen Fahrer."], "de", "nl")
    assert adopt("de-nl", converted, shelf)
    assert engine.route("de", "nl").path == "de-nl"
    direct = engine.translate(["Wir suchen Fahrer.", "Kuchen!"], "de", "nl")
    assert all(direct)
    assert direct == engine.translate(["Wir suchen Fahrer.", "Kuchen!"], "de", "nl")
    assert direct[0] != roundabout[0]
    assert engine.translate(["Hallo"], "de", "en"), "Firefox’s models go on beside it"


def test_it_is_ready_with_a_direct_pair_alone(tmp_path, converted, engine, monkeypatch):
    adopt("de-nl", converted, tmp_path / "shelf")
    monkeypatch.setattr("dorfplatz.translation.engines.firefox.find_spec", lambda _name: None)
    assert engine.standing().is_ready
    assert engine.route("nl", "de") is None


def test_what_is_protected_comes_through_nonsense(tmp_path, converted, engine):
    adopt("de-nl", converted, tmp_path / "shelf")
    text = "Treffpunkt ist am 3. Mai um 19.30 Uhr."
    made = translate(Wish(text, "de", "nl"), lambda texts: engine.translate(texts, "de", "nl"))
    assert "3. Mai" in made.words or "3 mei" in made.words
    assert "19.30" in made.words


def test_what_is_too_long_for_it_is_not_done_by_half(tmp_path, converted, engine):
    adopt("de-nl", converted, tmp_path / "shelf")
    assert engine.translate(["dorf" * 600, "dorf"], "de", "nl")[0] == ""


def test_taking_over_twice_changes_nothing_and_another_model_is_seen(tmp_path, converted):
    shelf = tmp_path / "shelf"
    assert adopt("de-nl", converted, shelf)
    assert not adopt("de-nl", converted, shelf)
    before = Firefox(shelf).route("de", "nl").model
    (shelf / "de-nl" / "model.bin").write_bytes(b"damaged")
    assert damaged(shelf, "de-nl") == ["model.bin"]
    assert adopt("de-nl", converted, shelf), "what is damaged is put right"
    assert adopt("de-nl", tiny_opus.put(tmp_path / "newer", seed=2), shelf)
    assert Firefox(shelf).route("de", "nl").model != before


def test_a_damaged_model_is_said_to_be_one(tmp_path, converted, engine):
    adopt("de-nl", converted, tmp_path / "shelf")
    (tmp_path / "shelf" / "de-nl" / "model.bin").write_bytes(b"x" * 200)
    with pytest.raises(EngineAway):
        engine.translate(["Hallo"], "de", "nl")


def test_an_incomplete_folder_is_refused_with_what_is_missing_and_nothing_is_there(tmp_path, converted):
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "model.bin").write_bytes((converted / "model.bin").read_bytes())
    with pytest.raises(Problem, match=r"source\.spm, target\.spm, shared_vocabulary\.json"):
        adopt("de-nl", tmp_path / "half", tmp_path / "shelf")
    assert installed(tmp_path / "shelf") == []


def test_without_its_packages_it_says_which_ones_it_needs(tmp_path, converted, monkeypatch):
    monkeypatch.setattr(adopting, "find_spec", lambda _name: None)
    with pytest.raises(Problem, match="ctranslate2"):
        adopt("de-nl", converted, tmp_path / "shelf")


def test_the_command_takes_over_lists_verifies_and_removes(tmp_path, converted, settings):
    settings.HOME = tmp_path

    def said(*words):
        out = io.StringIO()
        call_command("translation", *words, stdout=out)
        return out.getvalue()

    assert "de-nl" in said("adopt", "de", "nl", "--from", str(converted))
    assert "ctranslate2" in said("list")
    assert "de-nl" in said("verify")
    said("remove", "nl")
    assert installed(tmp_path / "translation") == []


@pytest.mark.parametrize("languages", [("de", "../x"), ("DE", "nl"), ("", "nl")])
def test_what_is_no_language_is_refused(tmp_path, converted, settings, languages):
    settings.HOME = tmp_path
    err = io.StringIO()
    with pytest.raises(SystemExit, match="2"):
        call_command("translation", "adopt", *languages, "--from", str(converted), stderr=err)
    assert err.getvalue()
    assert not (tmp_path / "translation").exists()
