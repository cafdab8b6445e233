"""The taxonomy as one municipality shows it. Public: the same for every viewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from dorfplatz.places.models import Category, CategoryChoice
from dorfplatz.villages.edition_memory import EditionMemory
from dorfplatz.villages.models import Municipality
from dorfplatz.villages.queries import edition_to_keep_under

MOST_SHARED = 5_000


@dataclass(frozen=True)
class Term:
    """A category as this municipality calls it."""

    id: int
    slug: str
    name: Mapping[str, str]
    parent_id: int | None
    icon: str
    shape: str
    colour: str
    is_hidden: bool
    is_own: bool
    osm_tags: tuple[str, ...]


@dataclass(frozen=True)
class Branch:
    """A term of the first level with its second level."""

    term: Term
    below: tuple[Term, ...]


@dataclass(frozen=True)
class Terms:
    """All terms, looked up by id and by slug."""

    all: tuple[Term, ...]

    @cached_property
    def by_id(self) -> dict[int, Term]:
        return {term.id: term for term in self.all}

    @cached_property
    def by_slug(self) -> dict[str, Term]:
        return {term.slug: term for term in self.all}

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """What is shown, in order."""
        shown = [term for term in self.all if not term.is_hidden]
        return tuple(
            Branch(root, tuple(term for term in shown if term.parent_id == root.id))
            for root in shown
            if root.parent_id is None
        )

    def known(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Those of the slugs that are terms here."""
        return tuple(slug for slug in slugs if slug in self.by_slug)

    def root_of(self, term_id: int) -> int:
        """The id of the first level above a term, or its own."""
        term = self.by_id.get(term_id)
        return term.parent_id or term.id if term else term_id

    @cached_property
    def families(self) -> Mapping[int, frozenset[str]]:
        """By the id of a first level, its slug and those below it."""
        found: dict[int, set[str]] = {}
        for term in self.all:
            found.setdefault(self.root_of(term.id), set()).add(term.slug)
        return {root: frozenset(slugs) for root, slugs in found.items()}

    def ids_below(self, slug: str) -> frozenset[int]:
        """The term with that slug and those below it; empty when there is none."""
        term = self.by_slug.get(slug)
        if term is None:
            return frozenset()
        return frozenset({term.id, *(other.id for other in self.all if other.parent_id == term.id)})


# Of so many municipalities in the memory of one process, 50 kB each.
_terms: EditionMemory[Terms] = EditionMemory(200)
_one_of_each: dict[int, Term] = {}


def terms_of_municipality(municipality: Municipality) -> Terms:
    """Standard and own terms with the municipality's names. Three queries; one when they are kept."""
    pk = municipality.pk
    return _terms.get(pk, edition_to_keep_under(pk), lambda: _read(municipality))


def _read(municipality: Municipality) -> Terms:
    choices = {c.category_id: c for c in CategoryChoice.objects.filter(municipality=municipality)}
    rows = Category.objects.filter(Q(municipality=None) | Q(municipality=municipality)).order_by("position", "pk")
    return Terms(tuple(_shared(_term(row, choices.get(row.pk))) for row in rows))


def _shared(term: Term) -> Term:
    """The same term as another municipality's, if they call and draw it alike: most do."""
    known = _one_of_each.get(term.id)
    if known == term:
        return known
    if len(_one_of_each) >= MOST_SHARED:
        _one_of_each.clear()
    _one_of_each[term.id] = term
    return term


def _term(row: Category, choice: CategoryChoice | None) -> Term:
    tags = row.osm_tags if choice is None or choice.osm_tags is None else choice.osm_tags
    return Term(
        id=row.pk,
        slug=row.slug,
        name={**row.name, **(choice.name if choice else {})},
        parent_id=row.parent_id,
        icon=row.icon,
        shape=row.shape,
        colour=row.colour,
        is_hidden=bool(choice and choice.is_hidden),
        is_own=row.municipality_id is not None,
        osm_tags=tuple(tags),
    )
