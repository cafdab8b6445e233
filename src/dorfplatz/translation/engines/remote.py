"""Engines on a server, asked over HTTP: what they have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from dorfplatz.kernel.net import Egress, FetchFailed, FetchRefused, send
from dorfplatz.translation.engines.protocol import EngineAway

AT_ONCE = 20  # sentences
TIMEOUT_S = 30.0
MAX_BYTES = 2_000_000


def asked(url: str, body: Mapping[str, Any], *, headers: Mapping[str, str], in_house: bool, timeout_s: float) -> Any:
    """The JSON a server answers. Raises EngineAway with a sentence for all that may go wrong on the way."""
    try:
        answer = send(
            url,
            body=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
            timeout_s=timeout_s,
            max_bytes=MAX_BYTES,
            egress=Egress(in_house=in_house),
        )
    except (FetchFailed, FetchRefused) as error:
        raise EngineAway(_("The translation server cannot be asked: %(why)s") % {"why": error}) from error
    if answer.status == 429:
        raise EngineAway(_("The translation server has had enough for now."))
    if answer.status != 200:
        raise EngineAway(_("The translation server answers with an error (%(status)d).") % {"status": answer.status})
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise nonsense() from error


def texts_of(answers: Any, count: int) -> list[str]:
    """The answers, when they are what was asked for: as many texts. Raises EngineAway otherwise."""
    if not isinstance(answers, list) or len(answers) != count or not all(isinstance(text, str) for text in answers):
        raise nonsense()
    return [str(text) for text in answers]


def nonsense() -> EngineAway:
    return EngineAway(_("The translation server sends an answer that cannot be understood."))


def portions(texts: Sequence[str]) -> list[Sequence[str]]:
    return [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
