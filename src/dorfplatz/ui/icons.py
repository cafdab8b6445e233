"""The icons there are: names from the open set Lucide that are built into our sprite."""

from __future__ import annotations

from pathlib import Path

_LIST = Path(__file__).parent / "frontend" / "icons.txt"


def _names() -> tuple[str, ...]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return tuple(name for line in lines if (name := line.split("#")[0].strip()))


ICONS: tuple[str, ...] = _names()
SPRITE = "ui/build/icons.svg"
