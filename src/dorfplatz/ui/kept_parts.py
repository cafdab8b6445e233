"""Parts of pages that come again and again, made once: the same card, the same facet, the same words.

A part is given all it shows and knows nothing else: what it looks like follows from its values and the language.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import get_language

# Letters in the memory of one process.
MOST_LETTERS = 4_000_000
Key = tuple[Any, ...]


class NotPlain(Exception):
    """A value that two pages may show differently although it seems the same: lazy, or changing."""


class KeptParts:
    """The least asked for is put away first. Safe for threads."""

    def __init__(self, most_letters: int = MOST_LETTERS) -> None:
        self._most, self._letters = most_letters, 0
        self._kept: OrderedDict[Key, str] = OrderedDict()
        self._lock = Lock()

    def part(self, name: str, values: Mapping[str, Any]) -> str:
        """The part, kept if all that it is given can be compared with what it was given before."""
        try:
            key = (name, get_language(), *(pair for item in values.items() for pair in (item[0], _key(item[1]))))
        except NotPlain:
            return _made(name, values)
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = _made(name, values)
        if not settings.DEBUG:
            self._keep(key, made)
        return made

    def _keep(self, key: Key, made: str) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._letters += len(made) - len(before or "")
            self._kept[key] = made
            while self._letters > self._most:
                _, gone = self._kept.popitem(last=False)
                self._letters -= len(gone)

    def __len__(self) -> int:
        return len(self._kept)


def _made(name: str, values: Mapping[str, Any]) -> str:
    path = name if name.endswith(".html") else f"ui/parts/{name}.html"
    return get_template(path).render(dict(values))


def _key(value: object) -> object:
    """Equal exactly for what every template shows alike: 1, 1.0 and True differ, and so does safe from unsafe text."""
    kind: type = type(value)
    if kind is str or value is None:
        return value
    if kind in (int, float, bool) or isinstance(value, str):
        return kind, value
    if kind in (list, tuple):
        return tuple(map(_key, value))  # type: ignore[call-overload]  # mypy does not see the kind
    if is_dataclass(value):
        return kind, *[_key(getattr(value, name)) for name in _names(kind)]
    raise NotPlain


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


kept_parts = KeptParts()
