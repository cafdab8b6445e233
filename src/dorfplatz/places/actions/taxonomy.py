"""The taxonomy in the database: the standard one kept in step with the release, and what a municipality changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from dorfplatz.journal.actions import record_act
from dorfplatz.kernel.actor import Actor
from dorfplatz.kernel.text import in_language, slug
from dorfplatz.kernel.verdict import Problem
from dorfplatz.places.models import Category, CategoryChoice, ListingCategory
from dorfplatz.places.policies import can_edit_taxonomy, can_write_standard_taxonomy
from dorfplatz.places.taxonomy import Term, standard_taxonomy
from dorfplatz.villages.models import Municipality


@transaction.atomic
def write_standard_taxonomy(*, by: Actor, now: datetime) -> int:
    """Bring the standard categories to this release's; returns how many rows changed. Terms are never deleted."""
    can_write_standard_taxonomy(by).require()
    present = {c.slug: c for c in Category.objects.filter(municipality=None).select_for_update()}
    terms = list(enumerate(standard_taxonomy().terms))
    changed = _write_terms([(n, term) for n, term in terms if not term.parent], present)
    changed += _write_terms([(n, term) for n, term in terms if term.parent], present)
    if changed:
        record_act("places.taxonomy_written", by=by, now=now, thing="taxonomy", details={"changed": changed})
    return changed


def _write_terms(terms: Iterable[tuple[int, Term]], present: dict[str, Category]) -> int:
    """Bring terms of one level, whose parents are present, to this release's; returns how many rows changed."""
    missing: list[Category] = []
    changed = 0
    for position, term in terms:
        stated: dict[str, Any] = {
            "name": dict(term.names),
            "osm_tags": list(term.osm_tags),
            "icon": term.icon,
            "shape": term.shape,
            "colour": term.colour,
            "position": position,
            "parent_id": present[term.parent].pk if term.parent else None,
        }
        row = present.get(term.slug)
        if row is None:
            missing.append(Category(slug=term.slug, **stated))
        elif any(getattr(row, name) != value for name, value in stated.items()):
            Category.objects.filter(pk=row.pk).update(**stated)
            changed += 1
    present.update((row.slug, row) for row in Category.objects.bulk_create(missing))
    return changed + len(missing)


@transaction.atomic
def choose_category(
    category: Category,
    *,
    municipality: Municipality,
    name: Mapping[str, str],
    is_hidden: bool,
    by: Actor,
    now: datetime,
    osm_tags: list[str] | None = None,
) -> None:
    """Give a standard category another name here, or do not show it. An empty name is the standard one."""
    can_edit_taxonomy(by, municipality).require()
    if category.municipality_id not in {None, municipality.pk}:
        raise Problem(_("This category belongs to another municipality."))
    if category.municipality_id == municipality.pk and in_language(name, "de"):
        category.name = dict(name)
        category.osm_tags = category.osm_tags if osm_tags is None else osm_tags
        category.save(update_fields=["name", "osm_tags"])
    CategoryChoice.objects.update_or_create(
        category=category,
        municipality=municipality,
        defaults={
            "name": {code: text for code, text in name.items() if text.strip()},
            "is_hidden": is_hidden,
            "osm_tags": osm_tags,
        },
    )
    record_act("places.category_chosen", by=by, now=now, thing=f"category:{category.pk}", area_id=municipality.pk)


@transaction.atomic
def add_category(
    parent: Category,
    *,
    municipality: Municipality,
    name: Mapping[str, str],
    osm_tags: list[str],
    by: Actor,
    now: datetime,
) -> Category:
    """A category of the municipality's own, on the second level; it looks like its parent."""
    can_edit_taxonomy(by, municipality).require()
    words = slug(in_language(name, municipality.default_language))
    if not words:
        raise Problem(_("Please give the category a name."))
    if parent.parent_id is not None:
        raise Problem(_("Categories have two levels only."))
    if Category.objects.filter(Q(municipality=None) | Q(municipality=municipality), slug=words).exists():
        raise Problem(_("There is a category of that name already."))
    last = Category.objects.filter(parent=parent).aggregate(last=Max("position"))["last"] or parent.position
    category = Category.objects.create(
        parent=parent,
        municipality=municipality,
        slug=words,
        name=dict(name),
        osm_tags=osm_tags,
        icon=parent.icon,
        shape=parent.shape,
        colour=parent.colour,
        position=last,
    )
    record_act("places.category_added", by=by, now=now, thing=f"category:{category.pk}", area_id=municipality.pk)
    return category


@transaction.atomic
def remove_category(category: Category, *, municipality: Municipality, by: Actor, now: datetime) -> None:
    """Remove a category of the municipality's own that nothing hangs on any more."""
    can_edit_taxonomy(by, municipality).require()
    if category.municipality_id != municipality.pk:
        raise Problem(_("Standard categories can be hidden, not removed."))
    if ListingCategory.objects.filter(category=category).exists():
        raise Problem(_("There are still entries in this category."))
    record_act("places.category_removed", by=by, now=now, thing=f"category:{category.pk}", area_id=municipality.pk)
    category.delete()
