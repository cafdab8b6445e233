"""The filters of the list as the page shows them: each value with the address that switches it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.kernel.text import in_language
from dorfplatz.ui.parts import FacetGroup, FacetValue, Step
from dorfplatz.villages.facets import village_facets
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.wishes.addresses import list_address
from dorfplatz.wishes.asked import Asked
from dorfplatz.wishes.enums import STATUS_ICONS, Mood, Status
from dorfplatz.wishes.models import Theme


def facet_groups(villages: VillageFilter, asked: Asked, themes: Iterable[Theme], language: str) -> list[FacetGroup]:
    """Village, theme, how far it is."""
    found = [_villages(villages, asked, language), _themes(villages, asked, themes, language), _steps(villages, asked)]
    return [group for group in found if group.values]


def mood_tabs(villages: VillageFilter, asked: Asked) -> list[Step]:
    names = {"": pgettext("moods", "Everything"), **{mood.value: str(mood.label) for mood in Mood}}
    return [
        Step(name, list_address(villages, asked.but(mood=key)), is_current=asked.mood == key)
        for key, name in names.items()
    ]


def _villages(villages: VillageFilter, asked: Asked, language: str) -> FacetGroup:
    return village_facets(villages, lambda chosen: list_address(chosen, asked.but(), forget=True), language)


def _themes(villages: VillageFilter, asked: Asked, themes: Iterable[Theme], language: str) -> FacetGroup:
    values = [
        FacetValue(
            in_language(theme.name, language),
            list_address(villages, asked.but(theme=0 if asked.theme == theme.pk else theme.pk)),
            is_on=asked.theme == theme.pk,
            icon="tag",
        )
        for theme in themes
    ]
    return FacetGroup("theme", _("Theme"), values, is_open=True, one_of=True)


def _steps(villages: VillageFilter, asked: Asked) -> FacetGroup:
    values = [
        FacetValue(
            str(status.label),
            list_address(villages, asked.but(status="" if asked.status == status else str(status))),
            is_on=asked.status == status,
            icon=STATUS_ICONS[status],
        )
        for status in Status
    ]
    return FacetGroup("status", _("How far it is"), values, is_open=True, one_of=True)
