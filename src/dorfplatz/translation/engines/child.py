"""The process in which the models of this machine translate: `python -m dorfplatz.translation.engines.child FOLDER`.

Asked line by line on the standard input, as JSON; answers line by line. It knows neither Django nor the database, is
nice to all others on the machine, and goes when nobody has asked for a while or whoever started it is gone.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from dorfplatz.translation.weights.shelf import DIRECT_MODEL

IDLE_S = 600.0
NICE = 15
# Bytes. Longer ones are cut up by the engine itself: in one piece it would drop the end without a word.
LONGEST = 360
# What these models were trained with at most is 512 tokens; two are their own.
MOST_TOKENS = 500


def main(folder: Path) -> None:
    os.nice(NICE)
    rooms: dict[str, Callable[[str], str]] = {}
    while select.select([sys.stdin], [], [], IDLE_S)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        sys.stdout.write(json.dumps(_answer(json.loads(line), folder, rooms)) + "\n")
        sys.stdout.flush()


def _answer(asked: dict[str, Any], folder: Path, rooms: dict[str, Callable[[str], str]]) -> dict[str, str]:
    text = str(asked["text"])
    try:
        for pair in asked["pairs"]:
            if pair not in rooms:
                rooms[pair] = _translator(folder / pair)
            text = rooms[pair](text)
    except (OSError, ValueError, ImportError) as error:
        return {"broken": f"{type(error).__name__}: {error}"[:300]}
    except BaseException as error:  # a panic in the engine is no Exception; whatever it was, it is over with this text
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        return {"failed": type(error).__name__}
    return {"text": text}


def _translator(folder: Path) -> Callable[[str], str]:
    return _direct(folder) if (folder / DIRECT_MODEL).exists() else _firefox(folder)


def _direct(folder: Path) -> Callable[[str], str]:
    """A pair of OPUS-MT, converted for CTranslate2, with the SentencePiece model of either side."""
    engine, pieces = import_module("ctranslate2"), import_module("sentencepiece")
    try:
        translator = engine.Translator(str(folder), device="cpu", inter_threads=1, intra_threads=1)
        source, target = (
            pieces.SentencePieceProcessor(model_file=str(folder / f"{side}.spm")) for side in ("source", "target")
        )
    except RuntimeError as error:  # what both say of a file that is damaged
        raise ValueError(str(error)) from error

    def translate(text: str) -> str:
        tokens = source.encode(text, out_type=str)
        if len(tokens) > MOST_TOKENS:
            return ""  # it would drop the end without a word
        found = translator.translate_batch([tokens], beam_size=4, max_decoding_length=MOST_TOKENS)
        return str(target.decode(found[0].hypotheses[0]))

    return translate


def _firefox(folder: Path) -> Callable[[str], str]:
    engine = import_module("fxtranslate")  # here, since its failure is an answer, too
    vocabulary = (folder / "vocabulary").read_bytes()
    shortlist = folder / "shortlist"
    translator = engine.Translator(
        (folder / "model").read_bytes(), vocabulary, vocabulary, shortlist.read_bytes() if shortlist.exists() else None
    )

    def translate(text: str) -> str:
        if len(text.encode()) > LONGEST:
            return str(translator.translate_long(text))
        return str(translator.translate(text))

    return translate


if __name__ == "__main__":
    main(Path(sys.argv[1]))
