"""Which of a few languages a text is written in. Pure; the model is loaded when it is first asked."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

# Above it the answer was right for each of 3,000 sentences; below, the author's own language is the better guess.
SURE = 0.8
TRY_AGAIN_AFTER_S = 60
LONGEST = 4_000
_NO_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\W\d_]+")


@dataclass(frozen=True)
class Recognised:
    """A language, and whether the words themselves said so."""

    language: str
    is_sure: bool


def recognise(text: str, *, among: Sequence[str], otherwise: str) -> Recognised:
    """The language of a text among a few; when its words do not say so clearly, `otherwise`: the author's."""
    words = _NO_WORDS.sub(" ", text[:LONGEST]).strip()
    if len(words) < 3 or len(among) < 2:
        return Recognised(otherwise, is_sure=False)
    identifier = _identifier_if_possible(tuple(sorted(among)), int(time.monotonic() // TRY_AGAIN_AFTER_S))
    language, share = identifier.classify(words) if identifier else (otherwise, 0)
    if float(share) <= SURE:
        return Recognised(otherwise, is_sure=False)
    return Recognised(str(language), is_sure=True)


@lru_cache(maxsize=8)
def _identifier_if_possible(languages: tuple[str, ...], _when: int) -> Any:
    """None where the disk has no room for the file that its model is unpacked into; that takes long to find out."""
    try:
        return _identifier(languages)
    except OSError:
        return None


@lru_cache(maxsize=8)
def _identifier(languages: tuple[str, ...]) -> Any:
    langid = import_module("py3langid.langid")  # half a second, for whoever asks first
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages([*languages])
    return identifier
