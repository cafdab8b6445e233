"""Patterns over OpenStreetMap tags: which terms a tagged thing belongs to, most specific first. Pure.

A pattern is one or more conditions joined by “ & ”: `key=value` (also one of several values joined by “;”),
`key=*` (the key is there), `key!=value` (no such value) and `key!=*` (no such key). “+ ” before it: besides what the
thing is otherwise. “? ” before it: only when nothing else is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")

# Values that say a thing is not there, or no longer.
NOT_THERE = frozenset({"no", "none", "vacant", "disused", "abandoned", "demolished", "razed", "removed", "proposed"})
GONE_KEYS = ("disused", "abandoned", "demolished")
# Shelters for people in hiding are shown on no map, whoever tagged them.
IN_HIDING = frozenset({"woman", "women", "abused", "victim", "domestic_violence"})
# Keys that say what a thing is; others (sport, cuisine, religion) say more about it.
MAIN_KEYS = frozenset({
    "amenity", "shop", "craft", "office", "healthcare", "leisure", "tourism", "historic", "highway", "railway",
    "public_transport", "club", "emergency", "social_facility", "social_facility:for", "landuse", "natural",
    "man_made", "place", "building", "boundary",
})  # fmt: skip


class Role(IntEnum):
    """How a pattern stands to the others that match the same thing."""

    PLAIN = 0
    BESIDES = 1
    FALLBACK = 2


@dataclass(frozen=True, order=True)
class Condition:
    key: str
    value: str  # "*" for any
    negated: bool = False

    def holds(self, tags: Mapping[str, str]) -> bool:
        return self._is_there(tags) is not self.negated

    def _is_there(self, tags: Mapping[str, str]) -> bool:
        given = tags.get(self.key)
        if given is None:
            return False
        values = split_values(given)
        if self.value == "*":
            return any(v not in NOT_THERE for v in values)
        return self.value in values

    def follows_from(self, other: Condition) -> bool:
        """Whether `other` holding means that this one holds as well."""
        same = (self.key, self.negated) == (other.key, other.negated)
        return same and (self.value == other.value or (self.value == "*" and not self.negated))


@dataclass(frozen=True)
class Pattern:
    """Conditions that must all hold. `parse` raises ValueError for text that is no pattern."""

    conditions: tuple[Condition, ...]
    role: Role = Role.PLAIN

    @classmethod
    def parse(cls, text: str) -> Pattern:
        role = {"+": Role.BESIDES, "?": Role.FALLBACK}.get(text[:1], Role.PLAIN)
        conditions = []
        for part in text.lstrip("+? ").split(" & "):
            key, equals, value = part.partition("=")
            negated = key.endswith("!")
            key = key.removesuffix("!").strip()
            if not equals or not key or not value.strip():
                raise ValueError(f"“{text}” is not a tag pattern")
            conditions.append(Condition(key, value.strip(), negated))
        if all(c.negated for c in conditions):
            raise ValueError(f"“{text}” says only what is not there")
        return cls(tuple(sorted(conditions)), role)

    def matches(self, tags: Mapping[str, str]) -> bool:
        return all(condition.holds(tags) for condition in self.conditions)

    @cached_property
    def asserted(self) -> tuple[Condition, ...]:
        return tuple(c for c in self.conditions if not c.negated)

    @cached_property
    def leading(self) -> Condition:
        """The condition that decides whether a thing is looked at: one with a value and a main key, if any."""
        telling = [c for c in self.asserted if c.key != "name"] or list(self.asserted)
        return min(telling, key=lambda c: (c.key not in MAIN_KEYS, c.value == "*", c))

    @cached_property
    def weight(self) -> tuple[int, bool, int, int]:
        """Specificity: role, a main key with a value, conditions with a value, conditions. A name tells nothing."""
        telling = [c for c in self.asserted if c.key != "name"]
        valued = [c for c in telling if c.value != "*"]
        return -self.role, any(c.key in MAIN_KEYS for c in valued), len(valued), len(telling)

    def follows_from(self, other: Pattern) -> bool:
        """Whether whatever `other` matches is matched by this one too: then `other` says more."""
        return (
            other.role == Role.PLAIN
            and self.asserted != other.asserted
            and all(any(mine.follows_from(theirs) for theirs in other.asserted) for mine in self.asserted)
        )


class TagIndex(Generic[T]):
    """Finds, for a thing's tags, everything whose pattern matches, most specific first. Same tags, same answer."""

    def __init__(self, patterns: Iterable[tuple[Pattern, T]]) -> None:
        # By the leading condition's key and value, so that a shop is not asked two hundred questions about shops.
        self._by_tag: dict[tuple[str, str], list[tuple[int, Pattern, T]]] = {}
        self.patterns = list(patterns)
        for rank, (pattern, thing) in enumerate(self.patterns):
            leading = (pattern.leading.key, pattern.leading.value)
            self._by_tag.setdefault(leading, []).append((rank, pattern, thing))

    def find(self, tags: Mapping[str, str]) -> list[T]:
        """What matches, without what a more specific match implies already; each once."""
        if is_gone(tags):
            return []
        hits = [
            (rank, pattern, thing)
            for key, given in tags.items()
            for value in {*split_values(given), "*"}
            for rank, pattern, thing in self._by_tag.get((key, value), ())
            if pattern.matches(tags)
        ]
        if any(pattern.role != Role.FALLBACK for _, pattern, _ in hits):
            hits = [hit for hit in hits if hit[1].role != Role.FALLBACK]
        telling = [hit for hit in hits if not any(hit[1].follows_from(other[1]) for other in hits)]
        telling.sort(key=lambda hit: (tuple(-int(part) for part in hit[1].weight), hit[0]))
        return list(dict.fromkeys(thing for _, _, thing in telling))


def split_values(value: str) -> list[str]:
    """`soccer; tennis` is two values."""
    if ";" not in value:
        return [value.strip()]
    return [part.strip() for part in value.split(";") if part.strip()]


def is_gone(tags: Mapping[str, str]) -> bool:
    """Whether the thing is said to be out of use, or must not be shown."""
    if any(tags.get(key) == "yes" for key in GONE_KEYS):
        return True
    return bool(IN_HIDING.intersection(split_values(tags.get("social_facility:for", ""))))
