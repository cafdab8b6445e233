"""The counts beside the facets are exactly what one finds after choosing them; held against counting by hand."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.geo import Point
from dorfplatz.places import hours
from dorfplatz.places.actions import fold_place
from dorfplatz.places.enums import OfferedBy, PlaceKind, Status
from dorfplatz.places.map_filter import GENERATIONS, OPEN_CHOICES, Box, MapFilter
from dorfplatz.places.models import Listing
from dorfplatz.places.queries import rows_of, social_map, terms_of_municipality
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.filter import VillageFilter
from tests.fixtures.kranenburg import INSTALLER, NOW

CATEGORIES = ("sports-club", "music-choir", "cafe", "doctor")
HOURS = ("", "Mo-Fr 09:00-18:00", "Sa,Su 10:00-17:00", "24/7", "Tu 10:00-12:00")
SLUGS = ("niel", "zyfflich", "nuetterden", "groesbeek")
BOX = Box(5.97, 51.80, 6.03, 51.84)


@pytest.fixture
def entries(kranenburg):
    """Forty entries that differ in everything the facets ask for."""
    areas = {slug: kranenburg.village(slug) for slug in SLUGS}
    made = []
    for n in range(40):
        home = areas[SLUGS[n % 4]]
        also = [areas[SLUGS[(n + 1) % 4]]] if n % 7 == 0 else []
        also += [kranenburg.municipality.area] if n % 9 == 0 else []
        made.append(
            place(
                home, *also, title=f"Eintrag {n:02}", body="Wir singen." if n % 5 == 0 else "",
                categories=(CATEGORIES[n % 4], *([CATEGORIES[(n + 1) % 4]] if n % 6 == 0 else [])),
                point=Point(home.lat + n / 5000, home.lon), offered_by=["", *OfferedBy.values][n % 6],
                is_free=[None, True, False][n % 3], step_free=["unknown", "yes", "no"][(n // 2) % 3],
                generations=[0, 1, 16, 5][(n // 3) % 4], spoken_languages=[(), ("de",), ("de", "nl")][(n // 4) % 3],
                opening_hours=HOURS[n % 5],
            )
        )  # fmt: skip
    ids = [listing.pk for listing in made]
    return list(
        Listing.objects.filter(pk__in=ids).select_related("entry").prefetch_related("categories", "entry__placements")
    )


@pytest.fixture
def ground(kranenburg, entries):
    """Site, terms and rows, read once for all the questions."""
    site, terms = kranenburg.site, terms_of_municipality(kranenburg.municipality)
    return site, terms, rows_of(site, viewer=VISITOR, now=NOW)


def by_hand(listing, villages, asked, terms):
    """Whether an entry is among the results, read off the rules in words rather than off the code."""
    placed = {placement.area_id for placement in listing.entry.placements.all()}
    own = {c.pk for c in listing.categories.all()}
    wanted = set().union(*(terms.ids_below(slug) for slug in asked.categories))
    countries = {villages.site.by_id[pk].country.lower() for pk in placed}
    bits = sum(GENERATIONS[name] for name in asked.generations)
    local = NOW.astimezone(ZoneInfo("Europe/Berlin"))
    return all(
        [
            placed & villages.area_ids,
            not asked.categories or own & wanted,
            not asked.free or listing.is_free,
            not asked.step_free or listing.step_free == "yes",
            not bits or not listing.generations or listing.generations & bits,
            not asked.languages or set(listing.spoken_languages) & set(asked.languages),
            not asked.by or listing.offered_by in asked.by,
            not asked.side or asked.side in countries,
            not asked.q or asked.q.lower() in f"{listing.entry.title} {listing.entry.body}".lower(),
            not asked.bbox or (listing.entry.lat, listing.entry.lon) in asked.bbox,
            not asked.open or opened(listing.opening_hours, asked.open, local),
        ]
    )


def opened(text, choice, local):
    if choice == "now":
        return bool(hours.is_open(text, local, "DE"))
    days = {"today": [23], "weekend": [28, 29]}[choice]
    return any(hours.is_open_on(text, datetime(2026, 11, day).date(), "DE") for day in days)  # noqa: DTZ001  a date


some = lambda values: st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)  # noqa: E731  a strategy
questions = st.builds(
    MapFilter,
    categories=some(["clubs", *CATEGORIES]),
    open=st.sampled_from(["", *OPEN_CHOICES]),
    languages=some(["de", "nl"]),
    free=st.booleans(),
    step_free=st.booleans(),
    generations=some(["children", "older"]),
    by=some(OfferedBy.values),
    side=st.sampled_from(["", "", "de", "nl"]),
    q=st.sampled_from(["", "", "singen"]),
    bbox=st.sampled_from([None, None, BOX]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=questions, chosen=some(SLUGS), neighbours=st.booleans())
def test_results_and_every_count_are_as_counted_by_hand(ground, entries, asked, chosen, neighbours):
    site, terms, rows = ground
    villages = VillageFilter(site, tuple(site.by_slug[slug] for slug in chosen), neighbours)
    # Which entries answer a question in words is the search's own matter.
    answers = {e.pk: 0 for e in entries if "singen" in e.entry.body}
    found = social_map(villages, asked, terms, viewer=VISITOR, now=NOW, rows=rows, answers=answers)

    def count(question):
        return {e.pk for e in entries if by_hand(e, villages, question, terms)}

    assert set(found.ids) == count(asked)
    assert len(found.ids) == len(set(found.ids))
    for choice in OPEN_CHOICES:
        assert found.counts["open"][choice] == len(count(MapFilter(**{**vars(asked), "open": choice})))
    for name, values in {
        "languages": ["de", "nl"], "by": OfferedBy.values, "generations": list(GENERATIONS),
    }.items():  # fmt: skip
        for value in values:
            wanted = count(MapFilter(**{**vars(asked), name: (value,)}))
            assert found.counts[name].get(value, 0) == len(wanted), (name, value)
    for slug in ("clubs", *CATEGORIES):
        wanted = count(MapFilter(**{**vars(asked), "categories": (slug,)}))
        assert found.counts["categories"].get(terms.by_slug[slug].id, 0) == len(wanted), slug
    for area in (*site.villages, *site.outside):
        alone = social_map(
            VillageFilter(site, (area,)), asked, terms, viewer=VISITOR, now=NOW, rows=rows, answers=answers
        )
        assert found.village_counts.get(area.pk, 0) == len(alone.ids), area.slug
    for name in ("free", "step_free"):
        assert found.counts[name].get(True, 0) == len(count(MapFilter(**{**vars(asked), name: True})))


def test_own_villages_come_first_then_the_neighbours_each_by_title(kranenburg, db):
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    wanted = (("Öl", niel), ("Zoo", niel), ("Apfel", zyfflich), ("apfelbaum", niel))
    titles = {place(area, title=title).pk: title for title, area in wanted}
    site = kranenburg.site
    villages = VillageFilter(site, (site.by_slug["zyfflich"],), with_neighbours=True)
    found = social_map(villages, MapFilter(), terms_of_municipality(kranenburg.municipality), viewer=VISITOR, now=NOW)
    assert [titles[result.id] for result in found.results] == ["Apfel", "apfelbaum", "Öl", "Zoo"]
    assert [result.is_from_neighbour for result in found.results] == [False, True, True, True]
    assert found.neighbour_count == 3


def test_what_is_for_all_villages_stands_in_each_after_its_own_and_before_the_neighbours(kranenburg, db):
    whole, niel, zyfflich = kranenburg.municipality.area, kranenburg.village("niel"), kranenburg.village("zyfflich")
    for_all, own, beside = (place(area, title=t) for area, t in ((whole, "A"), (zyfflich, "B"), (niel, "C")))
    site = kranenburg.site
    villages = VillageFilter(site, (site.by_slug["zyfflich"],), with_neighbours=True)
    found = social_map(villages, MapFilter(), terms_of_municipality(kranenburg.municipality), viewer=VISITOR, now=NOW)
    assert found.ids == [own.pk, for_all.pk, beside.pk]
    assert found.village_counts[zyfflich.pk] == found.village_counts[niel.pk] == 2


def test_titles_are_ordered_as_the_reader_reads_them(kranenburg, db):
    niel = kranenburg.village("niel")
    last = place(niel, title="Anfang", texts={"nl": ("Zwembad", "")})
    first = place(niel, title="Mitte")
    terms, site = terms_of_municipality(kranenburg.municipality), kranenburg.site
    rows = rows_of(site, viewer=VISITOR, now=NOW, language="nl")
    found = social_map(VillageFilter(site), MapFilter(), terms, viewer=VISITOR, now=NOW, rows=rows)
    assert found.ids == [first.pk, last.pk]
    german = social_map(VillageFilter(site), MapFilter(q="anfang"), terms, viewer=VISITOR, now=NOW, rows=rows)
    assert german.ids == [last.pk], "the original title is still looked in"


def test_what_is_folded_into_another_is_one_result_with_both_categories(kranenburg, db):
    niel = kranenburg.village("niel")
    shop = place(niel, categories=("cafe",), is_free=False)
    parcels = place(niel, categories=("doctor",), kind=PlaceKind.SERVICE, is_free=True)
    fold_place(parcels, into=shop, by=INSTALLER, now=NOW)
    terms = terms_of_municipality(kranenburg.municipality)
    for asked in (MapFilter(), MapFilter(categories=("doctor",)), MapFilter(categories=("cafe",), free=True)):
        found = social_map(VillageFilter(kranenburg.site), asked, terms, viewer=VISITOR, now=NOW)
        assert found.ids == [shop.pk]


def test_what_is_closed_for_good_is_no_result(kranenburg, db):
    place(kranenburg.village("niel"), status=Status.CLOSED)
    terms = terms_of_municipality(kranenburg.municipality)
    assert social_map(VillageFilter(kranenburg.site), MapFilter(), terms, viewer=VISITOR, now=NOW).ids == []


def test_a_word_is_found_with_and_without_umlauts_and_in_the_other_language(kranenburg, db):
    listing = place(kranenburg.village("niel"), title="Bäckerei", texts={"nl": ("Bakkerij om de hoek", "")})
    terms = terms_of_municipality(kranenburg.municipality)
    for word in ("bäckerei", "BAECKEREI", "hoek", "Sportverein bäcker"):
        found = social_map(VillageFilter(kranenburg.site), MapFilter(q=word), terms, viewer=VISITOR, now=NOW)
        assert found.ids == [listing.pk], word
