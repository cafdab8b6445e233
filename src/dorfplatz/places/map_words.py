"""The social map's filter and result in words: for headings, print and screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorfplatz.kernel.text import in_language
from dorfplatz.places.enums import Generation, OfferedBy
from dorfplatz.places.facet_groups import language_name, opening_label, side_label
from dorfplatz.places.map_filter import GENERATIONS, MapFilter
from dorfplatz.places.queries import Terms
from dorfplatz.villages.filter import VillageFilter

MOST_NAMED = 3


def where_in_words(villages: VillageFilter, language: str) -> str:
    """“Niel”, “Niel und Nachbardörfern”, “der Gemeinde Kranenburg”: what stands after “in”."""
    names = [in_language(area.name, language) for area in villages.chosen]
    if not names:
        municipality = in_language(villages.site.municipality.area.name, language)
        said = _("the municipality of %(name)s") % {"name": municipality}
        return _("%(place)s and beyond") % {"place": said} if villages.with_neighbours else said
    said = listed(names) if len(names) <= MOST_NAMED else _("%(count)d villages") % {"count": len(names)}
    return _("%(village)s and the villages next door") % {"village": said} if villages.with_neighbours else said


def listed(words: list[str]) -> str:
    """“a, b und c”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def result_in_words(count: int, villages: VillageFilter, language: str) -> str:
    """“38 Einträge in Niel und Nachbardörfern”."""
    where = where_in_words(villages, language)
    if not count:
        return _("No entries in %(where)s") % {"where": where}
    said = ngettext("%(count)d entry in %(where)s", "%(count)d entries in %(where)s", count)
    return said % {"count": count, "where": where}


def count_in_words(count: int) -> str:
    """“38 Einträge”."""
    return ngettext("%(count)d entry", "%(count)d entries", count) % {"count": count} if count else _("No entries")


def show_in_words(count: int) -> str:
    """“38 Einträge zeigen”: what the button under the filters does."""
    shown = ngettext("Show %(count)d entry", "Show %(count)d entries", count) % {"count": count}
    return shown if count else _("No entries")


def filter_in_words(asked: MapFilter, terms: Terms, language: str) -> list[str]:
    """What is asked besides the villages, one phrase each: “heute geöffnet”, “kostenfrei”."""
    return list(_phrases(asked, terms, language))


def _phrases(asked: MapFilter, terms: Terms, language: str) -> Iterator[str]:
    yield from (in_language(terms.by_slug[s].name, language) for s in asked.categories if s in terms.by_slug)
    if asked.open:
        yield opening_label(asked.open)
    if asked.free:
        yield _("free of charge")
    if asked.step_free:
        yield _("step-free")
    yield from (str(Generation(GENERATIONS[name]).label) for name in asked.generations)
    yield from (_("spoken: %(language)s") % {"language": language_name(code)} for code in asked.languages)
    yield from (str(OfferedBy(value).label) for value in asked.by)
    if asked.side:
        yield side_label(asked.side)
    if asked.q:
        yield _("with the words “%(words)s”") % {"words": asked.q}
    if asked.bbox:
        yield _("in a part of the map")
