"""The demonstration's own data files: read with this package, checked, and never half understood."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

LANGUAGES = ("de", "nl")
FOLDER = files("dorfplatz.portal.demo")


class FaultyData(ValueError):
    """A data file of the demonstration says something that cannot be; the message names file and entry."""


def read_toml(name: str) -> dict[str, Any]:
    """One of the data files. Raises FaultyData when it is no TOML."""
    try:
        return tomllib.loads((FOLDER / name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise FaultyData(f"{name}: {error}") from error


def entry_files() -> list[str]:
    """The files with entries, in the order of their names."""
    return sorted(f"entries/{file.name}" for file in (FOLDER / "entries").iterdir() if file.name.endswith(".toml"))


def description_file() -> Path:
    """The description of the municipality, as `dorfplatz setup` reads it."""
    with as_file(FOLDER / "kranenburg.toml") as path:
        return path


def rows_of(raw: Mapping[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    """The tables of that name. Raises FaultyData when there is none."""
    rows = raw.get(name)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise FaultyData(f"{where}: no [[{name}]]")
    return rows


def check_names(row: Mapping[str, Any], known: Collection[str], where: str) -> None:
    """Raise FaultyData for a field nobody reads: usually a slip of the pen."""
    unknown = sorted(set(row) - set(known))
    if unknown:
        raise FaultyData(f"{where}: nobody knows the field “{unknown[0]}”")


def words(row: Mapping[str, Any], name: str, where: str, *, needed: bool = True) -> dict[str, str]:
    """A text by language. Raises FaultyData unless it is there in German and in Dutch."""
    texts = row.get(name, {})
    if not texts and not needed:
        return {}
    if not isinstance(texts, dict) or any(not str(texts.get(code, "")).strip() for code in LANGUAGES):
        raise FaultyData(f"{where}: “{name}” is needed in German and in Dutch")
    return {str(code): str(text).strip() for code, text in texts.items()}
