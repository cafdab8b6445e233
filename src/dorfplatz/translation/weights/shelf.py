"""The models that are installed: a folder for each pair of languages, with `model`, `vocabulary`, `shortlist` and a
note of what they are. A pair whose note is missing is not there: the note is written last."""

from __future__ import annotations

import json
from collections.abc import Collection
from hashlib import file_digest
from pathlib import Path
from typing import Any

PIVOT = "en"
NOTE = "note.json"
DIRECT_MODEL = "model.bin"  # of a pair for CTranslate2; Firefox’s are called “model”


def installed(folder: Path) -> list[str]:
    """The pairs that are there, as “de-en”."""
    return sorted(note.parent.name for note in folder.glob(f"*/{NOTE}"))


def note_of(folder: Path, pair: str) -> dict[str, Any]:
    """What is known of an installed pair; empty when it is not there or its note cannot be read."""
    try:
        found = json.loads((folder / pair / NOTE).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def model_name(folder: Path, pair: str) -> str:
    """Which model a pair has: a new one makes old translations worth doing again."""
    return f"{pair}:{str(note_of(folder, pair).get('model', ''))[:12]}"


def route_of(source: str, target: str, pairs: Collection[str]) -> list[str]:
    """The pairs that lead from one language to the other, at most two; none when there is no way."""
    if f"{source}-{target}" in pairs:
        return [f"{source}-{target}"]
    way = [f"{source}-{PIVOT}", f"{PIVOT}-{target}"]
    return way if source != target and all(pair in pairs for pair in way) else []


def digest_of(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def damaged(folder: Path, pair: str) -> list[str]:
    """The files of an installed pair that are not what they were when they were installed."""
    files = note_of(folder, pair).get("files", {})
    return [
        name
        for name, digest in files.items()
        if not (folder / pair / name).is_file() or digest_of(folder / pair / name) != digest
    ]
