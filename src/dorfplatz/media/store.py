"""Where clean copies lie: Django's default storage, under names that only the picture's token leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

ROOT = "pictures"
NAME = re.compile(r"(?P<token>[A-Za-z0-9_-]{22})-(?P<width>[0-9]{1,4})\.(?P<suffix>avif|webp|jpg)")
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


def path_of(name: str) -> str:
    """The storage's path of a copy. Raises ValueError for a name that none of ours can have."""
    if not NAME.fullmatch(name):
        raise ValueError("not the name of a copy")
    return f"{ROOT}/{name[:2]}/{name}"


def put(name: str, source: Path) -> None:
    """Store a copy under exactly this name, also where an earlier attempt has left one."""
    path = path_of(name)
    default_storage.delete(path)
    with source.open("rb") as file:
        default_storage.save(path, File(file))


def copy(name: str, other: str) -> None:
    """Store the same under another name, also where an earlier attempt has left something there."""
    path = path_of(other)
    default_storage.delete(path)
    with default_storage.open(path_of(name)) as file:
        default_storage.save(path, file)


def discard(names: Iterable[str]) -> None:
    """Remove copies; those already gone are no error."""
    for name in names:
        default_storage.delete(path_of(name))


def names_of(token: str) -> Iterator[str]:
    """Names of all copies lying under this token, also of those no row knows."""
    return (name for name in _files(token[:2]) if name.startswith(f"{token}-"))


def all_names() -> Iterator[str]:
    """Names of all copies there are."""
    try:
        folders, _ = default_storage.listdir(ROOT)
    except FileNotFoundError:
        return
    for folder in folders:
        yield from _files(folder)


def _files(folder: str) -> list[str]:
    try:
        _, files = default_storage.listdir(f"{ROOT}/{folder}")
    except FileNotFoundError:
        return []
    return [name for name in files if NAME.fullmatch(name)]
