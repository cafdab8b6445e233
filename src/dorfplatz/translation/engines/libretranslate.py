"""A LibreTranslate server of the operator's own."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit, urlunsplit

from django.utils.translation import gettext as _

from dorfplatz.translation.engines.protocol import Route, Standing
from dorfplatz.translation.engines.remote import TIMEOUT_S, asked, nonsense, portions, texts_of


class LibreTranslate:
    """Keeps to `protocol.Engine`. `address` is its base, with `?api_key=…` where it wants one."""

    name = "libretranslate"
    leaves_the_house = False
    keeps_address = False

    def __init__(self, address: str, *, timeout_s: float = TIMEOUT_S) -> None:
        parts = urlsplit(address)
        self._key = (parse_qs(parts.query).get("api_key") or [""])[0]
        self._url = urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/translate", "", ""))
        self._timeout_s = timeout_s

    def standing(self) -> Standing:
        return Standing(True, True, _("Translation is done by a LibreTranslate server."))

    def route(self, source: str, target: str) -> Route | None:
        return Route(f"{source}-{target}", "libretranslate") if source != target else None

    def translate(self, texts: Sequence[str], source: str, target: str, **_address: str) -> list[str]:
        done: list[str] = []
        for some in portions(texts):
            body = {"q": [*some], "source": source, "target": target, "format": "text"}
            if self._key:
                body["api_key"] = self._key
            answer = asked(self._url, body, headers={}, in_house=True, timeout_s=self._timeout_s)
            if not isinstance(answer, dict):
                raise nonsense()
            done += texts_of(answer.get("translatedText"), len(some))
        return done
