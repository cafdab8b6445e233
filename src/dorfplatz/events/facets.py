"""The calendar's filters as links: each value with the address that switches it on, or off again."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.events.calendar_filter import CalendarFilter
from dorfplatz.kernel.text import in_language
from dorfplatz.places.addresses import with_village
from dorfplatz.places.enums import Generation
from dorfplatz.places.queries import Terms
from dorfplatz.ui.parts import FacetGroup, FacetValue
from dorfplatz.villages.filter import VillageFilter


def calendar_address(villages: VillageFilter, asked: CalendarFilter, *, forget: bool = False) -> str:
    """The page that shows these filters. With `forget`, a filter without villages says so."""
    pairs = [*villages.parameters, *asked.parameters]
    if forget and not villages.parameters:
        pairs.append(("villages", ""))
    base = reverse("events:calendar")
    return f"{base}?{urlencode(pairs)}" if pairs else base


def feed_address(villages: VillageFilter, asked: CalendarFilter) -> str:
    """The same for other calendars: without view, days and words of the moment."""
    pairs = [*villages.parameters, *replace(asked, view="list", since=None, until=None).parameters]
    base = reverse("calendars:all")
    return f"{base}?{urlencode(pairs)}" if pairs else base


def facet_groups(villages: VillageFilter, asked: CalendarFilter, terms: Terms, language: str) -> list[FacetGroup]:
    groups = [
        _villages(villages, asked, language),
        _themes(villages, asked, terms, language),
        _generations(villages, asked),
        _practical(villages, asked),
    ]
    return [group for group in groups if group.values]


def _villages(villages: VillageFilter, asked: CalendarFilter, language: str) -> FacetGroup:
    chosen = {area.pk for area in villages.chosen}
    values = [
        FacetValue(
            in_language(area.name, language),
            calendar_address(with_village(villages, area), asked, forget=True),
            is_on=area.pk in chosen,
            tint=area.tint,
        )
        for area in villages.site.listed
    ]
    around = replace(villages, with_neighbours=not villages.with_neighbours)
    label = _("with the neighbouring villages")
    url = calendar_address(around, asked, forget=True)
    values.append(FacetValue(label, url, is_on=villages.with_neighbours, icon="signpost"))
    return FacetGroup("village", _("Village"), values, is_open=True)


def _themes(villages: VillageFilter, asked: CalendarFilter, terms: Terms, language: str) -> FacetGroup:
    values = [
        FacetValue(
            in_language(branch.term.name, language),
            calendar_address(villages, replace(asked, themes=_switched(asked.themes, branch.term.slug))),
            is_on=branch.term.slug in asked.themes,
            icon=branch.term.icon,
        )
        for branch in terms.branches
    ]
    return FacetGroup("theme", _("Theme"), values)


def _generations(villages: VillageFilter, asked: CalendarFilter) -> FacetGroup:
    values = [
        FacetValue(
            str(generation.label),
            calendar_address(
                villages, replace(asked, generations=_switched(asked.generations, generation.name.lower()))
            ),
            is_on=generation.name.lower() in asked.generations,
        )
        for generation in Generation
    ]
    return FacetGroup("generation", _("For whom"), values)


def _practical(villages: VillageFilter, asked: CalendarFilter) -> FacetGroup:
    url = calendar_address(villages, replace(asked, free=not asked.free))
    return FacetGroup("practical", pgettext("filter", "Cost"), [FacetValue(_("free of charge"), url, is_on=asked.free)])


def _switched(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(v for v in values if v != value) if value in values else (*values, value)
