"""The square's side of the picture process: orders out, answers in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dorfplatz.media.enums import Refusal

SECONDS_PER_ORDER = 40  # above the child's own limit for one order, so that the child answers first


@dataclass(frozen=True)
class Look:
    """What the head of a file says."""

    format: str
    width: int
    height: int


@dataclass(frozen=True)
class Copy:
    """One clean copy the child has written."""

    file: str
    format: str
    width: int
    height: int


class FileRefused(Exception):
    """The file cannot become a picture."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def look_at(source: Path) -> Look:
    """Format and size of a file. Raises FileRefused."""
    answer = _accepted(run_orders([{"do": "look", "source": str(source)}])[0])
    return Look(answer["format"], answer["width"], answer["height"])


def make_copies(source: Path, target: Path) -> list[Copy]:
    """Write clean copies of a picture into the folder `target`. Raises FileRefused."""
    answer = _accepted(run_orders([{"do": "copy", "source": str(source), "target": str(target)}])[0])
    return [Copy(**copy) for copy in answer["copies"]]


def run_orders(orders: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    """Answers of one child process to many orders; each order has limits of its own.

    Orders that remain unanswered because the child itself came to an end are refused as too much work.
    """
    environment = {"PATH": os.defpath, "MALLOC_ARENA_MAX": "2", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-m", "dorfplatz.media.child"],
            input=json.dumps(list(orders)),
            capture_output=True,
            text=True,
            env=environment,
            timeout=SECONDS_PER_ORDER * len(orders),
            check=False,
        )
        lines = done.stdout.splitlines()
    except subprocess.TimeoutExpired:
        lines = []
    answers = [json.loads(line) for line in lines]
    return answers + [{"refusal": Refusal.TOO_MUCH_WORK}] * (len(orders) - len(answers))


def _accepted(answer: dict[str, Any]) -> dict[str, Any]:
    if "refusal" in answer:
        raise FileRefused(Refusal(answer["refusal"]))
    return answer
