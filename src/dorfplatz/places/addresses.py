"""Addresses of the social map under a filter: with one question more or less, one village more or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from dorfplatz.places.map_filter import MapFilter
from dorfplatz.places.queries import Terms
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area

# States an empty village filter, so that the remembered one is forgotten.
NO_VILLAGES = ("villages", "")


def map_address(villages: VillageFilter, asked: MapFilter, *, route: str = "", forget: bool = False) -> str:
    """The page that shows these filters; one category alone has a page of its own.

    `route` names another page that takes the same filters. With `forget`, a filter without villages says so.
    """
    if not route and len(asked.categories) == 1:
        base = reverse("places:category", kwargs={"slug": asked.categories[0]})
        asked = asked.without("categories")
    else:
        base = reverse(route or "places:map")
    parameters = query_pairs(villages, asked)
    if forget and not villages.parameters:
        parameters.append(NO_VILLAGES)
    return f"{base}?{urlencode(parameters)}" if parameters else base


def query_pairs(villages: VillageFilter, asked: MapFilter) -> list[tuple[str, str]]:
    return [*villages.parameters, *asked.parameters]


def with_village(villages: VillageFilter, area: Area) -> VillageFilter:
    """The village chosen as well, or no longer."""
    kept = tuple(other for other in villages.chosen if other.pk != area.pk)
    return replace(villages, chosen=kept if len(kept) < len(villages.chosen) else (*kept, area))


def with_value(asked: MapFilter, name: str, value: str) -> MapFilter:
    """One value of a question that takes several switched on, or off again."""
    present: Sequence[str] = getattr(asked, name)
    changed = tuple(v for v in present if v != value) if value in present else (*present, value)
    return _changed(asked, name, changed)


def with_choice(asked: MapFilter, name: str, value: str) -> MapFilter:
    """The one value of a question chosen, or no longer."""
    return _changed(asked, name, "" if getattr(asked, name) == value else value)


def _changed(asked: MapFilter, name: str, value: Any) -> MapFilter:
    return replace(asked, **{name: value})


def with_category(asked: MapFilter, slug: str, terms: Terms) -> MapFilter:
    """A category switched on or off. A branch and its parts exclude each other; the last part leaves the branch."""
    term = terms.by_slug[slug]
    root_id = terms.root_of(term.id)
    root, family = terms.by_id[root_id].slug, terms.families[root_id]
    others = tuple(s for s in asked.categories if s not in family)
    own = tuple(s for s in asked.categories if s in family)
    if slug in own:
        left = tuple(s for s in own if s != slug)
        return replace(asked, categories=(*others, *(left or (() if slug == root else (root,)))))
    parts = () if slug == root else tuple(s for s in own if s != root)
    return replace(asked, categories=(*others, *parts, slug))
