"""The taxonomy as HSDS has it: the categories of the social map, and where an entry comes from. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dorfplatz.api.hsds.ids import hsds_id
from dorfplatz.api.sources import OPENSTREETMAP, Source, example_source, source_of
from dorfplatz.kernel.text import in_language
from dorfplatz.places.queries import Term, Terms

CATEGORIES, SOURCES = "categories", "sources"


@dataclass(frozen=True)
class Vocabulary:
    """Both taxonomies of one municipality in one language."""

    terms: Terms
    language: str
    square: Source
    slug: str
    base: str
    is_demonstration: bool = False

    def taxonomies(self) -> list[dict[str, Any]]:
        return [
            {
                "id": self.taxonomy_id(CATEGORIES),
                "name": _("Categories of the social map"),
                "description": _("Two levels: what somebody looks for, and below it more exactly."),
                "uri": f"{self.base}/hsds/taxonomies/{self.taxonomy_id(CATEGORIES)}",
                "version": "1",
            },
            {
                "id": self.taxonomy_id(SOURCES),
                "name": _("Sources"),
                "description": _("Where an entry comes from, and under which licence it may be used again."),
                "uri": f"{self.base}/hsds/taxonomies/{self.taxonomy_id(SOURCES)}",
                "version": "1",
            },
        ]

    def taxonomy_id(self, name: str) -> str:
        """The categories' own, since each municipality may add terms to the common ones."""
        return hsds_id("taxonomy", name, self.slug)

    def term_id(self, term: Term) -> str:
        """The same everywhere for a common term, so that data of several municipalities fit together."""
        return hsds_id("taxonomy_term", term.slug, *([self.slug] if term.is_own else []))

    def all_terms(self) -> Iterator[dict[str, Any]]:
        yield from (self.term(term) for term in self.terms.all)
        invented = [example_source(self.square)] if self.is_demonstration else []
        yield from (self.source_term(source) for source in (self.square, OPENSTREETMAP, *invented))

    def term(self, term: Term) -> dict[str, Any]:
        name = in_language(term.name, self.language)
        parent = self.terms.by_id.get(term.parent_id) if term.parent_id else None
        said = {
            "id": self.term_id(term),
            "code": term.slug,
            "name": name,
            "description": f"{in_language(parent.name, self.language)}: {name}" if parent else name,
            "taxonomy": _("Categories of the social map"),
            "taxonomy_id": self.taxonomy_id(CATEGORIES),
            "language": self.language,
            "term_uri": f"{self.base}/hsds/taxonomy_terms/{self.term_id(term)}",
        }
        return {**said, "parent_id": self.term_id(parent)} if parent else said

    def source_term(self, source: Source) -> dict[str, Any]:
        pk = self.source_term_id(source)
        return {
            "id": pk,
            "code": source.key,
            "name": source.name,
            "description": source.attribution,
            "taxonomy": _("Sources"),
            "taxonomy_id": self.taxonomy_id(SOURCES),
            "language": self.language,
            "term_uri": f"{self.base}/hsds/taxonomy_terms/{pk}",
        }

    def source_term_id(self, source: Source) -> str:
        return hsds_id("taxonomy_term", SOURCES, source.key, *([] if source == OPENSTREETMAP else [self.slug]))

    def source_term_of(self, origin: str) -> str:
        return self.source_term_id(source_of(origin, self.square))

    def ids_below(self, wanted: str) -> frozenset[int] | None:
        """The category with that identifier and those below it; None when it is none."""
        found = next((term for term in self.terms.all if self.term_id(term) == wanted), None)
        return self.terms.ids_below(found.slug) if found else None
