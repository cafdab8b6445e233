"""The facets of the social map as the page shows them: each value with its count and the address that switches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dorfplatz.kernel.text import in_language
from dorfplatz.places.addresses import map_address, with_category, with_choice, with_value, with_village
from dorfplatz.places.enums import SPOKEN_LANGUAGES, Generation, OfferedBy
from dorfplatz.places.map_filter import GENERATIONS, MapFilter
from dorfplatz.places.queries import Branch, SocialMap, Term, Terms
from dorfplatz.ui.parts import FacetGroup, FacetValue
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.models import Area


@dataclass(frozen=True)
class Question:
    """What is asked, in which language it is shown, and what it leaves. `wide` counts with the neighbours as well."""

    villages: VillageFilter
    asked: MapFilter
    terms: Terms
    found: SocialMap
    wide: SocialMap
    language: str

    def url(self, asked: MapFilter) -> str:
        return map_address(self.villages, asked)


def facet_groups(question: Question) -> list[FacetGroup]:
    """All groups that have something to choose, in the order of how often people ask for them."""
    groups = [
        _villages(question),
        _categories(question),
        _opening(question),
        _practical(question),
        _generations(question),
        _languages(question),
        _offerers(question),
        _sides(question),
    ]
    return [group for group in groups if group.values]


def language_name(code: str) -> str:
    """The language’s name as it stands in a list."""
    return {
        "de": _("German"),
        "nl": _("Dutch"),
        "en": _("English"),
        "pl": _("Polish"),
        "tr": _("Turkish"),
        "ar": _("Arabic"),
        "uk": _("Ukrainian"),
        "fr": _("French"),
        "ru": _("Russian"),
    }.get(code, code)


def opening_label(choice: str) -> str:
    return {"now": _("open now"), "today": _("open today"), "weekend": _("open at the weekend")}[choice]


def side_label(country: str) -> str:
    return {"de": _("German side"), "nl": _("Dutch side")}[country]


def _villages(question: Question) -> FacetGroup:
    villages, counts = question.villages, question.found.village_counts
    site = villages.site
    values = [_village(question, area, counts.get(area.pk, 0)) for area in site.listed]
    outside = [area for area in site.outside if counts.get(area.pk) or area in villages.chosen]
    values += [_village(question, area, counts.get(area.pk, 0)) for area in outside]
    if not villages.with_neighbours or question.wide.neighbour_count:
        toggled = replace(villages, with_neighbours=not villages.with_neighbours)
        values.append(
            FacetValue(
                _("with neighbouring villages"),
                map_address(toggled, question.asked, forget=True),
                is_on=villages.with_neighbours,
                icon="signpost",
            )
        )
    return FacetGroup("village", _("Village"), values, is_open=True)


def _village(question: Question, area: Area, count: int) -> FacetValue:
    abroad = area.country != question.villages.site.municipality.area.country
    return FacetValue(
        in_language(area.name, question.language) + (f" ({area.country})" if abroad else ""),
        map_address(with_village(question.villages, area), question.asked, forget=True),
        count,
        is_on=area in question.villages.chosen,
        tint=area.tint,
    )


def _categories(question: Question) -> FacetGroup:
    values = [value for branch in question.terms.branches for value in _branch(question, branch)]
    return FacetGroup("category", _("Category"), values, is_open=True)


def _branch(question: Question, branch: Branch) -> Iterator[FacetValue]:
    family = {branch.term.slug, *(term.slug for term in branch.below)}
    is_unfolded = bool(family & set(question.asked.categories))
    below = [value for term in branch.below for value in _term(question, term)] if is_unfolded else []
    for value in _term(question, branch.term, keep=is_unfolded):
        yield replace(value, icon=branch.term.icon, below=below)


def _term(question: Question, term: Term, *, keep: bool = False) -> Iterator[FacetValue]:
    count = question.found.counts["categories"].get(term.id, 0)
    is_on = term.slug in question.asked.categories
    if count or is_on or keep:
        url = question.url(with_category(question.asked, term.slug, question.terms))
        yield FacetValue(in_language(term.name, question.language), url, count, is_on)


def _opening(question: Question) -> FacetGroup:
    labels = {"now": pgettext("open", "now"), "today": pgettext("open", "today"), "weekend": _("at the weekend")}
    values = [
        FacetValue(
            label,
            question.url(with_choice(question.asked, "open", choice)),
            question.found.counts["open"].get(choice, 0),
            question.asked.open == choice,
        )
        for choice, label in labels.items()
    ]
    help_text = _("Only where the opening hours are known.")
    return FacetGroup("open", pgettext("facet", "Open"), values, is_open=True, one_of=True, help=help_text)


def _practical(question: Question) -> FacetGroup:
    asked, counts = question.asked, question.found.counts
    offered = [
        ("free", _("free of charge"), "piggy-bank", asked.free, replace(asked, free=not asked.free)),
        ("step_free", _("step-free"), "accessibility", asked.step_free, replace(asked, step_free=not asked.step_free)),
    ]
    values = [
        FacetValue(label, question.url(changed), counts[name].get(True, 0), is_on, icon)
        for name, label, icon, is_on, changed in offered
        if is_on or counts[name].get(True)
    ]
    return FacetGroup("practical", _("Good to know"), values)


def _generations(question: Question) -> FacetGroup:
    labels = {name: str(Generation(bit).label) for name, bit in GENERATIONS.items()}
    return FacetGroup("generation", _("For whom"), list(_several(question, "generations", labels.items())))


def _languages(question: Question) -> FacetGroup:
    labels = [(code, language_name(code)) for code in SPOKEN_LANGUAGES]
    return FacetGroup("language", _("Language spoken"), list(_several(question, "languages", labels)))


def _offerers(question: Question) -> FacetGroup:
    return FacetGroup("by", _("Offered by"), list(_several(question, "by", OfferedBy.choices)))


def _several(question: Question, name: str, labels: Iterable[tuple[str, object]]) -> Iterator[FacetValue]:
    counts, chosen = question.found.counts[name], getattr(question.asked, name)
    for value, label in labels:
        if counts.get(value) or value in chosen:
            url = question.url(with_value(question.asked, name, value))
            yield FacetValue(str(label), url, counts.get(value, 0), value in chosen)


def _sides(question: Question) -> FacetGroup:
    """The other side is outside the municipality, so asking for it takes the neighbours in."""
    site, counts = question.villages.site, question.wide.counts["side"]
    countries = dict.fromkeys(area.country.lower() for area in (*site.listed, *site.outside))
    if len(countries) < 2:
        return FacetGroup("side", "", [])
    values = []
    for country in (c for c in ("de", "nl") if c in countries):
        chosen = with_choice(question.asked, "side", country)
        abroad = country != site.municipality.area.country.lower()
        villages = replace(question.villages, with_neighbours=True) if abroad and chosen.side else question.villages
        url = map_address(villages, chosen)
        values.append(FacetValue(side_label(country), url, counts.get(country, 0), question.asked.side == country))
    return FacetGroup("side", _("Side of the border"), values, one_of=True)
