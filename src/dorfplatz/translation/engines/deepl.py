"""DeepL, a service on the internet: every text leaves the house, so a municipality has to decide for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dorfplatz.translation.addressing import FORMAL, INFORMAL
from dorfplatz.translation.engines.protocol import Route, Standing
from dorfplatz.translation.engines.remote import TIMEOUT_S, asked, nonsense, portions, texts_of

PAID, FREE = "https://api.deepl.com", "https://api-free.deepl.com"
_VARIANTS = {"en": "EN-GB", "pt": "PT-PT"}
# “Prefer”: where a language has one form only, nothing is refused.
_FORMALITY = {FORMAL: "prefer_more", INFORMAL: "prefer_less"}


class DeepL:
    """Keeps to `protocol.Engine`. `base` is another one in tests only."""

    name = "deepl"
    leaves_the_house = True
    keeps_address = True

    def __init__(self, key: str, *, base: str = "", timeout_s: float = TIMEOUT_S) -> None:
        self._key = key
        self._is_ours = bool(base)
        self._url = f"{base or (FREE if key.endswith(':fx') else PAID)}/v2/translate"
        self._timeout_s = timeout_s

    def standing(self) -> Standing:
        return Standing(True, True, _("Translation is done by DeepL: texts of the square are sent there."))

    def route(self, source: str, target: str) -> Route | None:
        return Route(f"{source}-{target}", "deepl") if source != target else None

    def translate(self, texts: Sequence[str], source: str, target: str, *, address: str = "") -> list[str]:
        done: list[str] = []
        for some in portions(texts):
            body: dict[str, Any] = {
                "text": [*some],
                "source_lang": source.upper(),
                "target_lang": _VARIANTS.get(target, target.upper()),
                "split_sentences": "0",
                "preserve_formatting": True,
            }
            if address:
                body["formality"] = _FORMALITY[address]
            headers = {"Authorization": f"DeepL-Auth-Key {self._key}"}
            answer = asked(self._url, body, headers=headers, in_house=self._is_ours, timeout_s=self._timeout_s)
            found = answer.get("translations") if isinstance(answer, dict) else None
            if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
                raise nonsense()
            done += texts_of([one.get("text") for one in found], len(some))
        return done
