"""What a village's stage does to pages, lists, map, search, feeds, screens and paper."""

from __future__ import annotations

import pytest

from dorfplatz.events.tests.factories import TODAY, event
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.journal.models import Act
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.kernel.verdict import Refused
from dorfplatz.noticeboard.filling import Asked
from dorfplatz.places.queries import terms_of_municipality
from dorfplatz.places.tests.factories import place
from dorfplatz.screens.actions import ScreenDraft, set_up_screen
from dorfplatz.screens.addresses import code_of
from dorfplatz.search.actions import index_entries
from dorfplatz.square.tests.factories import post
from dorfplatz.villages.actions import change_stage
from dorfplatz.villages.enums import Stage
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.queries import site_of
from dorfplatz.wishes.tests.factories import wish
from tests.fixtures.kranenburg import INSTALLER, NOW, Square
from tests.fixtures.people import square_of

# Where readers find what is set out in all villages: address, and the title that stands there.
LISTS = {
    "de/": "Singstunde",
    "de/karte/": "Eulenchor",
    "de/karte/?village=zyfflich": "Eulenchor",
    "de/karte/?village=niel&neighbours=1": "Eulenchor",
    "de/termine/": "Singstunde",
    "de/beitraege/": "Eulennachricht",
    "de/suche-biete/": "Eulenleiter",
    "de/wuensche/": "Eulenbank",
    "de/suche/?q=Eulenchor": "Eulenchor</",
    "de/niel/": "Eulenchor",
    "feed.atom": "Eulennachricht",
    "calendar.ics": "Singstunde",
    "api/v1/map.geojson": "Eulenchor",
    "hsds/organizations": "Eulenchor",
    "sitemap.xml": "/de/zyfflich/",
}


@pytest.fixture
def filled(zyfflich):
    """One of each kind, in Zyfflich alone."""
    listing = place(zyfflich, title="Eulenchor")
    dated = event(zyfflich, title="Singstunde")
    told = post(zyfflich, title="Eulennachricht")
    asked = exchange(zyfflich, title="Eulenleiter")
    wished = wish(zyfflich, title="Eulenbank")
    index_entries([one.entry.pk for one in (listing, dated, told, asked, wished)])
    return zyfflich


def shown(reader: Square, path: str) -> bool:
    answer = reader.get(f"/{path}", follow=True)
    assert answer.status_code == 200, path
    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    return LISTS[path] in text


def test_what_is_in_an_open_village_is_found_everywhere(filled, square, bring):
    bring(Stage.OPEN)
    assert [path for path in LISTS if not shown(square, path)] == []


def test_what_is_in_a_village_being_prepared_is_found_nowhere(filled, square):
    assert [path for path in LISTS if shown(square, path)] == []


def test_in_its_soft_start_it_is_found_only_where_the_village_itself_is_asked_for(filled, square, bring):
    bring(Stage.SOFT)
    assert [path for path in LISTS if shown(square, path)] == [path for path in LISTS if "village=zyfflich" in path]


@pytest.mark.parametrize(
    "path",
    [
        "de/",
        "de/doerfer/",
        "de/karte/",
        "de/niel/",
        "de/termine/",
        "api/v1/villages",
        "api/v1/areas.geojson",
        "sitemap.xml",
    ],
)
def test_no_list_names_a_village_being_prepared(zyfflich, square, path):
    assert "zyfflich" not in square.get(f"/{path}", follow=True).text.lower()


def test_a_screen_and_a_paper_next_door_are_not_filled_up_from_it(filled, kranenburg, square, bring):
    draft = ScreenDraft(kranenburg.village("niel"), "Bäckerei", ["de"], night_from=22, night_until=6)
    address = f"schaukasten/{code_of(set_up_screen(draft, by=INSTALLER, now=NOW).pk)}/"
    assert "Singstunde" not in square.page(address)
    assert filled not in asked_of(kranenburg).around
    bring(Stage.OPEN)
    assert "Singstunde" in square.page(address)
    assert filled in asked_of(kranenburg).around


def asked_of(kranenburg):
    """A paper of Niel."""
    terms = terms_of_municipality(kranenburg.municipality)
    return Asked(kranenburg.site, kranenburg.village("niel"), TODAY, TODAY, ["de"], terms, NOW)


def test_its_page_tells_visitors_that_it_opens_soon_and_how_to_say_yes(filled, square, cast):
    page = square.page("zyfflich/")
    assert "Der Platz von Zyfflich wird vorbereitet" in page
    assert "/de/mitmachen/" in page
    assert "Ben" in page
    assert "Eulenchor" not in page
    assert "noindex" in page
    assert "wordt voorbereid" in Square("nl").page("zyfflich/")


@pytest.mark.parametrize(("name", "sees"), [("ben", True), ("admin", True), ("anna", False), ("carla", False)])
def test_who_prepares_it_sees_it_like_any_other(filled, cast, name, sees):
    reader = cast.at_the_square(name)
    page = reader.page("zyfflich/")
    assert ("Eulenchor" in page) == sees
    assert ("Diesen Platz sehen nur, die ihn vorbereiten." in page) == sees
    assert ("Eulenchor" in reader.page("karte/", village="zyfflich")) == sees


def test_members_who_see_alike_never_get_each_others_page(filled, cast):
    ben, anna = cast.at_the_square("ben"), cast.at_the_square("anna")
    assert "Eulenchor" in ben.page("zyfflich/")
    assert "Eulenchor" not in anna.page("zyfflich/")
    assert "Eulenchor" in ben.page("zyfflich/")


def test_in_its_soft_start_whoever_knows_the_address_looks_at_it(filled, square, bring, person):
    bring(Stage.SOFT)
    page = square.page("zyfflich/")
    assert "Eulenchor" in page
    assert "Dieser Platz fängt gerade erst an." in page
    assert "noindex" in page
    assert "Zyfflich" not in square.page("doerfer/")


def test_in_its_soft_start_lists_name_it_to_its_own_neighbours(filled, bring, person, cast):
    bring(Stage.SOFT)
    zora = person("Zora", home="zyfflich")
    assert "Zyfflich" in square_of(zora).page("doerfer/")
    assert "Zyfflich" not in cast.at_the_square("anna").page("doerfer/")


def test_a_page_that_was_kept_for_visitors_is_made_anew_when_the_village_opens(filled, square, bring):
    assert "wird vorbereitet" in square.page("zyfflich/")
    bring(Stage.OPEN)
    page = square.page("zyfflich/")
    assert "Eulenchor" in page
    assert "noindex" not in page
    assert "Zyfflich" in square.page()


def test_an_entry_that_stands_in_an_open_village_too_is_shown_there(zyfflich, kranenburg, square):
    place(zyfflich, kranenburg.village("niel"), title="Beide Chöre")
    assert "Beide Chöre" in square.page("karte/")


def test_neighbours_of_another_municipality_do_not_see_it(zyfflich, kranenburg):
    zyfflich.refresh_from_db()
    site = site_of(kranenburg.municipality)
    assert zyfflich not in site.neighbours(kranenburg.village("niel"))
    assert zyfflich not in VillageFilter(site, with_neighbours=True).areas


def test_connectors_take_it_on_and_only_admins_take_it_back(zyfflich, cast):
    ben, admin, anna = cast.actor("ben"), cast.actor("admin"), cast.actor("anna")
    for by in (anna, VISITOR, cast.actor("carla")):
        with pytest.raises(Refused):
            change_stage(zyfflich, stage=Stage.OPEN, by=by, now=NOW)
    assert change_stage(zyfflich, stage=Stage.OPEN, by=ben, now=NOW)
    assert not change_stage(zyfflich, stage=Stage.OPEN, by=ben, now=NOW)
    with pytest.raises(Refused):
        change_stage(zyfflich, stage=Stage.PREPARING, by=ben, now=NOW)
    assert change_stage(zyfflich, stage=Stage.PREPARING, by=admin, now=NOW)
    lines = Act.objects.filter(verb="village.stage_changed", thing=f"area:{zyfflich.pk}")
    assert [line.details["stage"] for line in lines] == ["preparing", "open", "preparing"]
    assert [line.actor_id for line in lines][1:] == [cast.ben.pk, cast.admin.pk]
