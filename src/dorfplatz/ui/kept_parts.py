"""Parts of pages that come again and again, made once: the same card, the same facet, the same words.

A part is given all it shows and knows nothing else: what it looks like follows from its values and the language.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from sys import getsizeof
from threading import Lock
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dorfplatz.kernel.keeping import Share

PART_BYTES = 250  # of its key and Python's own book-keeping


# For `dataclasses.field(metadata=…)`: what no template shows of a part, and only its makers look at.
UNSHOWN = {"is_shown": False}


class NotPlain(Exception):
    """A value that two pages may show differently although it seems the same: lazy, or changing."""


class KeptParts:
    """The least asked for is put away first. Safe for threads."""

    def __init__(self, most_bytes: int | None = None) -> None:
        self._most, self._bytes = Share.PARTS.bytes() if most_bytes is None else most_bytes, 0
        self._kept: OrderedDict[bytes, SafeString] = OrderedDict()
        self._lock = Lock()

    def part(self, name: str, values: Mapping[str, Any]) -> SafeString:
        """The part, kept if all that it is given can be compared with what it was given before."""
        try:
            plain = (name, get_language(), *(pair for item in values.items() for pair in (item[0], _key(item[1]))))
        except NotPlain:
            return _made(name, values)
        # A digest takes less room than the values, and the garbage collector never looks at it.
        key = blake2b(repr(plain).encode(errors="surrogatepass"), digest_size=20).digest()
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = _made(name, values)
        if not settings.DEBUG:
            self._keep(key, made)
        return made

    def _keep(self, key: bytes, made: SafeString) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._bytes += getsizeof(made) + PART_BYTES - (0 if before is None else getsizeof(before) + PART_BYTES)
            self._kept[key] = made
            while self._bytes > self._most:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= getsizeof(gone) + PART_BYTES

    def __len__(self) -> int:
        return len(self._kept)


def _made(name: str, values: Mapping[str, Any]) -> SafeString:
    path = name if name.endswith(".html") else f"ui/parts/{name}.html"
    return render_to_string(path, dict(values))


def _key(value: object) -> object:
    """Reads alike exactly for what every template shows alike: 1, 1.0, True and "1" differ, and safe from unsafe."""
    kind: type = type(value)
    if kind in (str, int, float, bool) or value is None:
        return value
    if isinstance(value, str):
        return kind, str.__str__(value)
    if kind in (list, tuple):
        return tuple(map(_key, value))  # type: ignore[call-overload]  # mypy does not see the kind
    if is_dataclass(value):
        return kind, *[_key(getattr(value, name)) for name in _names(kind)]
    raise NotPlain


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.metadata.get("is_shown", True))


kept_parts = KeptParts()
