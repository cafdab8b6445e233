"""The standard taxonomy, shipped as one file per first level: terms with names, looks and their OpenStreetMap tags.

Pure: read once, frozen. What a municipality changes about it is data (models.Category).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from dorfplatz.places.osm_tags import Pattern, TagIndex

# Two things of one term and one name are one thing when they are no further apart than this.
MERGE_M = 60


@dataclass(frozen=True)
class Called:
    """What a thing with these tags is called when it has no name of its own and the term's would be too broad."""

    pattern: Pattern
    names: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class Term:
    """A term of the first or second level. `parent` is the slug of the first level, "" for one of it.

    `generations` are names of enums.Generation in lower case; `unnamed` says whether a thing without a name of its
    own is listed under the term's; things of the same name nearer than `merge_m` metres are one, and where
    `gathers` is set also nameless ones.
    """

    slug: str
    parent: str
    names: Mapping[str, str] = field(hash=False)
    about: Mapping[str, str] = field(hash=False)
    icon: str
    shape: str
    colour: str
    kind: str
    offered_by: str
    generations: tuple[str, ...]
    unnamed: bool
    merge_m: int
    gathers: bool
    osm_tags: tuple[str, ...]
    called: tuple[Called, ...] = ()

    def names_for(self, tags: Mapping[str, str]) -> Mapping[str, str]:
        """By language, what a nameless thing with these tags is called."""
        return next((c.names for c in self.called if c.pattern.matches(tags)), self.names)


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """All terms in their order, the first level's before its own second level."""

    terms: tuple[Term, ...]

    def __getitem__(self, slug: str) -> Term:
        return self._by_slug[slug]

    def __contains__(self, slug: object) -> bool:
        return slug in self._by_slug

    @property
    def roots(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.parent)

    def below(self, slug: str) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.parent == slug)

    @cached_property
    def _by_slug(self) -> dict[str, Term]:
        return {term.slug: term for term in self.terms}

    @cached_property
    def tag_index(self) -> TagIndex[str]:
        """Finds slugs of terms by tags."""
        return TagIndex((Pattern.parse(text), term.slug) for term in self.terms for text in term.osm_tags)


@cache
def standard_taxonomy() -> Taxonomy:
    """The taxonomy this release ships."""
    folder = files("dorfplatz.places") / "taxonomy_data"
    parts = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return Taxonomy(tuple(term for part in parts for term in _terms(tomllib.loads(part.read_text("utf-8")))))


def terms_of(tags: Mapping[str, str], taxonomy: Taxonomy | None = None) -> list[Term]:
    """The terms a thing with these OpenStreetMap tags belongs to, most specific first; the first is its main one."""
    chosen = taxonomy or standard_taxonomy()
    return [chosen[slug] for slug in chosen.tag_index.find(tags)]


def _terms(data: Mapping[str, Any]) -> Iterator[Term]:
    root = _term(data, {"merge_m": MERGE_M, "gathers": False, "unnamed": True, "generations": []}, parent="")
    yield root
    for row in data["term"]:
        inherited = {
            "shape": root.shape,
            "colour": root.colour,
            "kind": root.kind,
            "offered_by": root.offered_by,
            "generations": list(root.generations),
            "unnamed": True,
            "merge_m": MERGE_M,
            "gathers": "merge_m" in row,
        }
        yield _term(row, inherited, parent=root.slug)


def _term(row: Mapping[str, Any], inherited: Mapping[str, Any], *, parent: str) -> Term:
    merged = {**inherited, **row}
    return Term(
        slug=merged["slug"],
        parent=parent,
        names=merged["names"],
        about=merged["about"],
        icon=merged["icon"],
        shape=merged["shape"],
        colour=merged["colour"],
        kind=merged["kind"],
        offered_by=merged["offered_by"],
        generations=tuple(merged["generations"]),
        unnamed=merged["unnamed"],
        merge_m=merged["merge_m"],
        gathers=merged["gathers"],
        osm_tags=tuple(merged.get("osm", ())),
        called=tuple(
            Called(Pattern.parse(c["osm"]), {code: name for code, name in c.items() if code != "osm"})
            for c in merged.get("called", ())
        ),
    )
