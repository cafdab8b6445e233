"""The square's side of the typesetting process: a template and its data in, a PDF out.

What people wrote goes in as data and is never read as markup; templates are ours. The process has limits of its own,
no fonts but ours, no packages and no network.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
SHEETS = HERE / "sheets"
SECONDS = 60
DATA, MAIN, OUT = "data.json", "main.typ", "out.pdf"


class SettingFailed(Exception):
    """The engine could not make a document of it; what it said names a place of the template, never a text."""


@dataclass(frozen=True)
class Job:
    """One document: the folder and name of its template, its data (plain JSON) and the pictures it shows, by name.

    One that `folds` is printed on both sides of sheets twice as wide, in the order of a booklet.
    """

    folder: Path
    template: str
    data: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)
    folds: bool = False

    @property
    def digest(self) -> str:
        """The same for the same document: what is said, shown, and how it is set."""
        whole = hashlib.sha256(_sources(self.folder))
        whole.update(json.dumps([self.template, self.data, self.folds], sort_keys=True, ensure_ascii=False).encode())
        for name, content in sorted(self.files.items()):
            whole.update(name.encode() + hashlib.sha256(content).digest())
        return whole.hexdigest()


@dataclass(frozen=True)
class Document:
    """A finished PDF."""

    content: bytes
    page_count: int


@cache
def _sources(folder: Path) -> bytes:
    """A fingerprint of all templates of the folder, our common ones, and the fonts."""
    whole = hashlib.sha256()
    for path in (*sorted(SHEETS.glob("*.typ")), *sorted(folder.glob("*.typ")), *sorted(FONTS.glob("*.ttf"))):
        whole.update(path.name.encode() + str(path.stat().st_size).encode())
        whole.update(path.read_bytes() if path.suffix == ".typ" else b"")
    return whole.digest()


def typeset(job: Job, *, at: datetime) -> Document:
    """The job as a tagged PDF with its fonts in it. Raises SettingFailed."""
    with tempfile.TemporaryDirectory(prefix="press-") as work:
        root = _laid_out(job, Path(work))
        order = {"root": str(root), "do": "pdf", "at": int(at.astimezone(UTC).timestamp()), "folds": job.folds}
        answer = _run(order)
        return Document((root / OUT).read_bytes(), int(answer["pages"]))


def ask(job: Job, labels: Sequence[str]) -> dict[str, list[Any]]:
    """What the template notes under these labels, for measuring before setting. Raises SettingFailed."""
    with tempfile.TemporaryDirectory(prefix="press-") as work:
        root = _laid_out(job, Path(work))
        answer = _run({"root": str(root), "do": "ask", "labels": list(labels)})
        return dict(answer["values"])


def _laid_out(job: Job, root: Path) -> Path:
    """Everything the engine may read, in a folder of its own."""
    for path in (*SHEETS.glob("*.typ"), *job.folder.glob("*.typ")):
        (root / path.name).write_bytes(path.read_bytes())
    (root / MAIN).write_text(f'#include "{job.template}"\n', "utf-8")
    (root / DATA).write_text(json.dumps(job.data, ensure_ascii=False), "utf-8")
    for name, content in job.files.items():
        if Path(name).name != name:
            raise ValueError("a file of a sheet has a plain name")
        (root / name).write_bytes(content)
    return root


def _run(order: Mapping[str, Any]) -> dict[str, Any]:
    # A proxy that is none: should a template ever name a package, nothing is fetched.
    environment = {
        "PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "1",
        "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "HOME": str(order["root"]),
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "dorfplatz.press.child"],
            input=json.dumps({**order, "fonts": str(FONTS)}),
            capture_output=True,
            text=True,
            env=environment,
            timeout=SECONDS,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise SettingFailed("too slow") from None
    except ValueError:
        raise SettingFailed("the process came to an end") from None
    if "error" in answer:
        raise SettingFailed(answer["error"])
    return answer
