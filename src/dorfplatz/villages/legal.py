"""House rules, privacy, imprint, accessibility: the wording that comes with the release, and what a reader is shown."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from dorfplatz.kernel.text import in_language
from dorfplatz.villages.enums import LegalKind

FOLDER = Path(__file__).parent / "legal_texts"
LANGUAGES = ("de", "nl", "en")


@dataclass(frozen=True)
class Wording:
    """A legal text in one version. `changed_at` is when it was published, None for what comes with the release."""

    kind: LegalKind
    version: int
    title: Mapping[str, str]
    body: Mapping[str, str]
    changed_at: datetime | None = None


def digest_of(wordings: Iterable[Wording]) -> str:
    """Equal for equal words, so that it can be told whether somebody agreed to what counts now."""
    told = [[wording.kind, dict(wording.title), dict(wording.body)] for wording in wordings]
    return hashlib.blake2b(json.dumps(told, sort_keys=True).encode(), digest_size=16).hexdigest()


def shipped(kind: LegalKind, name: Mapping[str, str]) -> Wording:
    """The wording of the release for a municipality of that name, by language."""
    titles, bodies = {}, {}
    for code in LANGUAGES:
        titles[code], body = _read(kind, code)
        bodies[code] = body.replace("{name}", in_language(name, code))
    return Wording(kind, 0, titles, bodies)


@cache
def _read(kind: LegalKind, code: str) -> tuple[str, str]:
    title, _, body = (FOLDER / f"{kind}.{code}.md").read_text().partition("\n")
    return title.removeprefix("# "), body.strip()
