"""What a source says about one thing, in the shape of the social map, and how several sayings become one. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from dorfplatz.imports.faults import said
from dorfplatz.kernel.geo import Point
from dorfplatz.places.enums import StepFree

Values = dict[str, Any]
Box = tuple[float, float, float, float]

LONGEST_TITLE = 200
LONGEST_BODY = 5_000


@dataclass(frozen=True)
class Rejected:
    """A record that was read but not taken over: which, and why.

    `text` is the untranslated sentence and `values` what stands in its gaps, so that everybody can read it later.
    """

    key: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        return said(self.text, dict(self.values))


@dataclass(frozen=True)
class Draft:
    """One thing as its source describes it. `categories` are slugs, the leading one first.

    `key` is the source's own and stays the same from reading to reading. `texts` are other languages' (title, body).
    `box` is what an outline covers (west, south, east, north), `is_nameless` that the title is its category's name.
    """

    key: str
    kind: str
    title: str
    language: str
    categories: tuple[str, ...]
    point: Point | None
    body: str = ""
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    uri: str = ""
    village: str = ""
    offered_by: str = ""
    is_free: bool | None = None
    cost_note: Mapping[str, str] = field(default_factory=dict)
    step_free: str = StepFree.UNKNOWN
    access_note: Mapping[str, str] = field(default_factory=dict)
    generations: int = 0
    minimum_age: int | None = None
    maximum_age: int | None = None
    spoken_languages: tuple[str, ...] = ()
    opening_hours: str = ""
    hours_note: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    website: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    box: Box | None = None
    is_nameless: bool = False
    also: tuple[str, ...] = ()

    def values(self) -> Values:
        """All that ends in the entry, as plain JSON: what is compared, kept and merged."""
        return {
            "title": self.title,
            "body": self.body,
            "texts": {code: list(text) for code, text in sorted(self.texts.items())},
            "categories": in_order(self.categories),
            "point": [self.point.lat, self.point.lon] if self.point else None,
            **{name: _plain(getattr(self, name)) for name in FACTS},
        }


# The draft's fields that are columns of a listing under the same name.
FACTS: Sequence[str] = (
    "offered_by", "is_free", "cost_note", "step_free", "access_note", "generations", "minimum_age", "maximum_age",
    "spoken_languages", "opening_hours", "hours_note", "phone", "email", "website", "street", "postcode", "town",
)  # fmt: skip
if not set(FACTS) <= {f.name for f in fields(Draft)}:
    raise TypeError("a fact is no field of the draft")


def in_order(categories: Sequence[str]) -> list[str]:
    """The leading one first, the others by name: their order says nothing."""
    return [categories[0], *sorted(set(categories[1:]) - {categories[0]})]


def fingerprint(values: Values) -> str:
    """The same for the same values, whatever their order."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def merged(incoming: Values, last: Values, present: Values) -> Values:
    """Three ways: what people changed since the last import stays, all else follows the source.

    A field the source has never spoken of (not in `last`) is people's as soon as they have filled it in.
    """
    result = dict(present)
    for name, value in incoming.items():
        untouched = present.get(name) == last[name] if name in last else not present.get(name)
        if untouched:
            result[name] = value
    return result


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(sorted(value.items()))
    return list(value) if isinstance(value, tuple) else str(value) if isinstance(value, str) else value
