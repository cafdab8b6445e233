"""The search through its front door: the page, and the question behind it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorfplatz.entries.actions import Draft, hide_entry, unhide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.places.actions import PlaceDraft, change_place, fold_place
from dorfplatz.places.enums import PlaceKind
from dorfplatz.places.found import nudges
from dorfplatz.places.taxonomy import standard_taxonomy
from dorfplatz.places.tests.factories import category, place
from dorfplatz.search.actions import drop_lost_words, index_entries, index_missing
from dorfplatz.search.lexicon import lexicon
from dorfplatz.search.models import Posting, Word
from dorfplatz.search.queries import search
from dorfplatz.villages.filter import VillageFilter
from tests.fixtures.kranenburg import INSTALLER, NOW


@pytest.fixture
def ask(kranenburg):
    """Titles that answer a question, best first."""

    def ask(text, *villages, neighbours=True, viewer=VISITOR):
        site = kranenburg.site
        chosen = VillageFilter(site, tuple(site.by_slug[slug] for slug in villages), neighbours)
        found = search(text, chosen, viewer=viewer, now=NOW)
        titles = dict(Entry.objects.filter(pk__in=found.ids).values_list("pk", "title"))
        return [titles[pk] for pk in found.ids]

    return ask


@pytest.fixture
def some(kranenburg):
    """A handful of things of both languages."""
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    groesbeek = kranenburg.village("groesbeek")
    place(niel, title="Frauenchor Lerchen", body="Wir üben donnerstags.", categories=["music-choir"])
    place(niel, title="Bäckerei Kornblume", body="Brötchen ab sechs.", categories=["bakery"])
    place(zyfflich, title="Müllers Tagespflege", body="Ein Platz am Ofen.", categories=["senior-day-care"])
    place(groesbeek, title="Fietsenmaker De Band", body="Ook bakfietsen.", language="nl", categories=["bicycle"])
    place(groesbeek, title="Dijkwacht", body="Wij lopen over de dijk.", language="nl", categories=["other-club"])


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("frauenchor", "Frauenchor Lerchen"),
        ("Chöre", "Frauenchor Lerchen"),
        ("Chor", "Frauenchor Lerchen"),
        ("zangkoor", "Frauenchor Lerchen"),
        ("Baeckerei", "Bäckerei Kornblume"),
        ("bakker", "Bäckerei Kornblume"),
        ("Bäckrei", "Bäckerei Kornblume"),
        ("Kornblu", "Bäckerei Kornblume"),
        ("wo kann ich meine Mutter hinbringen", "Müllers Tagespflege"),
        ("mueller", "Müllers Tagespflege"),
        ("muller", "Müllers Tagespflege"),
        ("fiets kapot", "Fietsenmaker De Band"),
        ("Fahrrad kaputt", "Fietsenmaker De Band"),
        ("farrad", "Fietsenmaker De Band"),
        ("dykwacht", "Dijkwacht"),
        ("dijken", "Dijkwacht"),
    ],
)
def test_people_find_what_they_mean(some, ask, question, first):
    assert ask(question)[:1] == [first]


def test_a_village_is_found_though_its_name_is_an_ordinary_word(kranenburg, ask):
    niel = kranenburg.village("niel")
    niel.name, niel.slug = {"und": "Mehr"}, "mehr"
    niel.save()
    place(niel, title="Windmühle", categories=["sight"])
    place(kranenburg.village("zyfflich"), title="Mühle", categories=["sight"])
    assert ask("Mehr") == ["Windmühle"]
    assert ask("mehr") == ["Windmühle"]
    assert ask("Mühle in Mehr")[0] == "Windmühle"


def test_a_change_is_found_at_once_and_the_old_words_no_more(kranenburg, ask):
    niel = kranenburg.village("niel")
    listing = place(niel, title="Taubenfreunde", categories=["animals-garden-club"])
    assert ask("taubenfreunde") == ["Taubenfreunde"]
    draft = PlaceDraft(PlaceKind.ORGANIZATION, Draft("Kegelbrüder", "", "de", [niel]), [category("hobby-club")])
    change_place(listing, draft=draft, by=INSTALLER, now=NOW)
    assert ask("taubenfreunde") == []
    assert ask("kegelbrüder") == ["Kegelbrüder"]
    change_place(listing, draft=replace(draft, categories=[category("bakery")]), by=INSTALLER, now=NOW)
    assert ask("Bäckerei") == ["Kegelbrüder"]


def test_what_is_hidden_is_found_no_more_until_it_is_back(kranenburg, ask):
    listing = place(kranenburg.village("niel"), title="Spargelhof")
    hide_entry(listing.entry, by=INSTALLER, now=NOW)
    assert ask("spargelhof") == []
    assert not Posting.objects.filter(entry=listing.entry).exists()
    unhide_entry(listing.entry, by=INSTALLER, now=NOW)
    assert ask("spargelhof") == ["Spargelhof"]


def test_what_is_for_members_is_for_members(kranenburg, ask, person, square):
    place(kranenburg.village("niel"), title="Geheimtreff Xylophon", audience=Audience.MEMBERS)
    assert ask("xylophon") == []
    assert "Geheimtreff" not in square.page("suche/", q="xylophon")


def test_the_village_filter_counts(some, ask):
    assert ask("chor", "niel", neighbours=False) == ["Frauenchor Lerchen"]
    assert ask("chor", "groesbeek", neighbours=False) == []


def test_one_thing_is_one_result(kranenburg, ask):
    niel = kranenburg.village("niel")
    lead = place(niel, title="Gasthaus Anker", body="Essen und Saal")
    part = place(niel, title="Saal im Anker", categories=["event-venue"])
    fold_place(part, into=lead, by=INSTALLER, now=NOW)
    assert len(ask("Anker")) == 1
    assert ask("Gasthaus Anker") == ["Gasthaus Anker"]


def test_the_page_shows_results_in_the_reader_s_language(some, square):
    page = square.page("suche/", q="chor")
    assert "Frauenchor Lerchen" in page
    assert "1 Treffer" in page


def test_an_empty_result_offers_the_next_best_thing(some, square):
    page = square.page("suche/", q="bäckerei", village="zyfflich")
    assert "weiterer in der ganzen Gemeinde" in page
    assert "Bäckerei &amp; Konditorei" in page
    assert "Dazu passt noch nichts" in square.page("suche/", q="qqqxxxzzz")


def test_the_map_answers_with_the_same_search(some, square):
    page = square.page("karte/", q="wo kann ich meine Mutter hinbringen")
    assert "Müllers Tagespflege" in page
    assert "Frauenchor" not in page


def test_queries_do_not_grow_with_results(kranenburg, square, django_assert_max_num_queries):
    niel = kranenburg.village("niel")
    for n in range(30):
        place(niel, title=f"Chor {n:02}", categories=["music-choir"])
    square.page("suche/", q="chor")
    with django_assert_max_num_queries(40):
        page = square.page("suche/", q="chor")
    assert len(re.findall(r'class="card[ "]', page)) == 20


def test_indexing_many_takes_no_more_queries_than_few(kranenburg, django_assert_max_num_queries):
    niel = kranenburg.village("niel")
    ids = [place(niel, title=f"Chor {n:02}").pk for n in range(40)]
    with django_assert_max_num_queries(30):
        assert index_entries(ids) == 40


def test_the_index_can_be_made_anew(some, ask):
    before = ask("fiets kapot")
    Posting.objects.all().delete()
    assert drop_lost_words() > 0
    assert not Word.objects.exists()
    call_command("index_search", verbosity=0)
    assert ask("fiets kapot") == before


def test_entries_without_words_get_them_from_the_worker(some, ask):
    before = ask("fiets kapot")
    Posting.objects.all().delete()
    assert not ask("fiets kapot")
    assert index_missing() > 0
    assert ask("fiets kapot") == before
    assert index_missing() == 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=400)
    | st.lists(st.sampled_from(["chor", "Mehr", "%", "#bakery", "@1", "\x00", "ß", "٣", "--", "İ"]), max_size=30).map(
        " ".join
    )
)
def test_nothing_anybody_types_breaks_the_page(some, square, text):
    assert square.get("/de/suche/", {"q": text, "kind": text, "page": text}).status_code == 200
    assert square.get("/de/karte/", {"q": text}).status_code == 200


def test_what_has_expired_is_not_found(kranenburg, ask):
    listing = place(kranenburg.village("niel"), title="Sommerfest")
    listing.entry.expires_at = NOW - timedelta(days=1)
    listing.entry.save()
    assert ask("sommerfest") == []


def test_every_theme_of_the_list_is_a_category():
    known = {term.slug for term in standard_taxonomy().terms}
    said = {theme for concept in lexicon().concepts for theme in concept.themes}
    assert said <= known


def test_suggestions_begin_as_typed_and_say_what_they_are(some, square):
    page = square.page("suche/vorschlaege/", q="ki")
    assert "Kindergarten" in page
    assert "Alles zu diesem Thema" in page
    assert re.search(r"Bäckerei Kornblume</b><small>Organisation · Niel", square.page("suche/vorschlaege/", q="Korn"))
    assert re.search(r"<b>Zyfflich</b><small>Dorf", square.page("suche/vorschlaege/", q="zyf"))


def test_suggestions_know_several_words_and_go_on_with_what_answers(some, square):
    page = square.page("suche/vorschlaege/", q="müllers tag")
    assert page.count('role="option"') == 1
    assert "Müllers Tagespflege" in page
    assert "Fietsenmaker De Band" in square.page("suche/vorschlaege/", q="fahrrad kaputt", neighbours="1")


def test_where_nothing_fits_the_page_shows_what_there_is_at_all(some, square):
    page = square.page("suche/", q="xqzwv")
    assert "Oder sehen Sie sich um" in page
    assert "Vereine" in page
    assert "Oder sehen Sie sich um" in square.page("suche/")


@pytest.mark.parametrize("typed", ["", "k", " ", "xqzw", "\x00", "%", "_" * 300])
def test_where_nothing_begins_so_nothing_is_suggested(some, square, typed):
    assert "option" not in square.page("suche/vorschlaege/", q=typed)


def test_suggestions_keep_to_the_villages_the_rooms_and_what_one_may_see(some, kranenburg, square):
    assert "Kornblume" not in square.page("suche/vorschlaege/", q="kornblume", village="zyfflich")
    listing = place(kranenburg.village("niel"), title="Xylophonkreis", audience=Audience.MEMBERS)
    assert "Xylophonkreis" not in square.page("suche/vorschlaege/", q="xylo")
    lead = place(kranenburg.village("niel"), title="Anker", body="Essen")
    fold_place(place(kranenburg.village("niel"), title="Ankersaal"), into=lead, by=INSTALLER, now=NOW)
    assert "Ankersaal" not in square.page("suche/vorschlaege/", q="anker")
    assert listing.pk


def test_suggestions_cost_the_same_for_few_and_for_many(some, kranenburg, square, django_assert_max_num_queries):
    square.page("suche/vorschlaege/", q="chor")
    for number in range(12):
        place(kranenburg.village("niel"), title=f"Chor {number}")
    with django_assert_max_num_queries(22):
        square.page("suche/vorschlaege/", q="chor")


def test_what_is_open_by_its_own_country_s_holidays_comes_first(kranenburg):
    """On 27 April, the King's birthday, shops are closed in the Netherlands only."""
    niel, groesbeek = kranenburg.village("niel"), kranenburg.village("groesbeek")
    hours = "Mo-Su,PH 10:00-12:00; PH off"
    german = place(niel, title="Laden Niel", opening_hours=hours)
    dutch = place(groesbeek, title="Winkel Groesbeek", opening_hours=hours)
    on_kings_day = datetime(2026, 4, 27, 9, 0, tzinfo=UTC)
    assert set(nudges([german.pk, dutch.pk], on_kings_day)) == {german.pk}
    assert set(nudges([german.pk, dutch.pk], on_kings_day + timedelta(days=1))) == {german.pk, dutch.pk}


def test_villages_are_taken_back_and_neighbours_added_where_one_searches(some, square):
    page = square.page("suche/", q="chor", village="niel")
    assert 'href="/de/suche/?q=chor&amp;villages="' in page
    assert 'href="/de/suche/?q=chor&amp;village=niel&amp;neighbours=1"' in page
    assert 'href="/de/karte/?q=chor&amp;village=niel"' in page
    without = square.page("suche/", q="chor", villages="")
    assert "in Niel" not in without
    assert "Frauenchor Lerchen" in without
