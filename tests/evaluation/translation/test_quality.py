"""Two hundred sentences of a notice board, in both directions: how good the installed models are.

Without models nothing can be said about them, and the test is skipped; that the measure measures is tested with a model
by chance. Models are looked for where `dorfplatz translation install` puts them, in `var/translation`, or in the folder
that TRANSLATION_MODELS names.
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from dorfplatz.translation.engines.firefox import Firefox
from dorfplatz.translation.pipeline import Wish, translate
from dorfplatz.translation.protecting import pieces_of
from dorfplatz.translation.tests import tiny_model
from dorfplatz.translation.weights.shelf import installed, route_of
from tests.architecture.rules.source import ROOT
from tests.evaluation.translation.chrf import chrf

FLOOR, COPIED = 48.0, 35.0
MODELS = Path(os.environ.get("TRANSLATION_MODELS") or ROOT / "var" / "translation")
NAMES = (
    "Wyler", "Zyfflich", "Kleve", "Minka", "Ulla Peters", "Kranenburg", "Grafwegen", "Groesbeek", "Nütterden", "Niel",
    "Gasthaus zur Linde", "Reichswald", "Buurtverbinder",
)  # fmt: skip
DIRECTIONS = (("de", "nl"), ("nl", "de"))


@dataclass(frozen=True)
class Figures:
    chrf: float
    pieces: int
    kept: int


@cache
def sentences():
    lines = (Path(__file__).parent / "notice-board.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines]


def measured(engine, source, target, some=None):
    """Sentences through the whole way a text goes here: taken apart, protected, translated, checked."""
    some = some or sentences()
    ways = some if source == "de" else [(nl, de) for de, nl in some]
    done, pieces, kept = [], 0, 0
    for text, reference in ways:
        names = [name for name in NAMES if name in text]
        words = translate(Wish(text, source, target, names), lambda texts: engine(texts, source, target)).words
        done.append((words, reference))
        protected = [piece.text for piece in pieces_of(text, names)]
        pieces += len(protected)
        kept += sum(piece in words for piece in protected)
    return Figures(chrf(done), pieces, kept)


def test_there_are_two_hundred_different_sentences_with_what_must_not_change():
    assert len(sentences()) == len({de for de, _ in sentences()}) == 200
    assert {len(pair) for pair in sentences()} == {2}
    assert sum(len(pieces_of(de, NAMES)) for de, _ in sentences()) >= 35


def test_the_measure_tells_alike_from_unlike():
    refs = [nl for _, nl in sentences()]
    assert chrf(zip(refs, refs, strict=True)) == pytest.approx(100)
    assert chrf(zip(["xyz"] * len(refs), refs, strict=True)) < 5
    copied = chrf(sentences())
    assert 10 < copied < COPIED, "whoever copies the source stays far below the floor"
    slips = chrf((nl.replace("e", "a", 1), nl) for nl in refs)
    assert copied < slips < 100


def test_with_a_model_by_chance_the_words_are_nonsense_and_what_is_protected_stays(tmp_path):
    tiny_model.put(tmp_path, "de-en", "en-de", "nl-en", "en-nl")
    engine = Firefox(tmp_path, processes=1)
    try:
        some = [pair for pair in sentences() if pieces_of(pair[0], NAMES)][:20]
        figures = measured(engine.translate, "de", "nl", some)
    finally:
        engine.close()
    assert figures.kept == figures.pieces >= 20
    assert figures.chrf < COPIED


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
@pytest.mark.skipif(
    not all(route_of(*pair, installed(MODELS)) for pair in DIRECTIONS),
    reason=f"no models for German and Dutch in {MODELS.name}: “dorfplatz translation install de nl en” puts them there",
)
def test_the_installed_models_are_good_enough(source, target):
    engine = Firefox(MODELS)
    try:
        figures = measured(engine.translate, source, target)
    finally:
        engine.close()
    print(f"{source}-{target}: chrF++ {figures.chrf:.1f}, kept {figures.kept} of {figures.pieces}")  # noqa: T201  with -s
    assert figures.kept == figures.pieces
    assert figures.chrf >= FLOOR
