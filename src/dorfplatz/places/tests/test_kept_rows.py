"""What is kept of the social map between requests is never older than the last change, and nobody sees another's.

Outside of tests' own transactions, as inside of one nothing is kept.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from dorfplatz.entries.actions import hide_entry
from dorfplatz.entries.enums import Audience
from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR
from dorfplatz.members.actions import block_member
from dorfplatz.places.map_filter import MapFilter
from dorfplatz.places.queries import cards, pinboard, rows_of, social_map, terms_of_municipality
from dorfplatz.places.tests.factories import place
from dorfplatz.villages.filter import VillageFilter
from dorfplatz.villages.queries import edition_to_keep_under, site_of
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def niel(kranenburg):
    return kranenburg.village("niel")


def titles(kranenburg, viewer=VISITOR, now=NOW):
    """The titles of rows, pins and cards, which are one answer."""
    municipality = type(kranenburg.municipality).objects.get(pk=kranenburg.municipality.pk)
    edition = edition_to_keep_under(municipality.pk)
    site, terms = site_of(municipality), terms_of_municipality(municipality)
    found = social_map(VillageFilter(site), MapFilter(), terms, viewer=viewer, now=now)
    on_cards = cards(found.ids, site=site, terms=terms, language="de", viewer=viewer, now=now)
    board = pinboard(edition=edition, site=site, terms=terms, language="de")
    shown = {card.title for card in on_cards}
    assert shown == {pin.name for pin in board.pins(found.ids, [])}
    assert {card.id for card in on_cards} == {str(spot.id) for spot in found.board}
    return shown


def test_a_second_look_reads_no_rows(kranenburg, niel, django_assert_num_queries):
    place(niel)
    site = site_of(kranenburg.municipality)
    first = rows_of(site, viewer=VISITOR, now=NOW)
    with django_assert_num_queries(1):  # the edition
        assert rows_of(site, viewer=VISITOR, now=NOW) is first


def test_what_is_added_changed_or_hidden_shows_at_once(kranenburg, niel):
    choir = place(niel, title="Chor")
    assert titles(kranenburg) == {"Chor"}
    club = place(niel, title="Kegelclub")
    assert titles(kranenburg) == {"Chor", "Kegelclub"}
    hide_entry(Entry.objects.get(pk=choir.pk), by=INSTALLER, now=NOW)
    assert titles(kranenburg) == {"Kegelclub"}
    assert [spot.id for spot in rows_of(site_of(kranenburg.municipality), viewer=VISITOR, now=NOW)] == [club.pk]


def test_what_expires_is_gone_though_nobody_changes_anything(kranenburg, niel):
    Entry.objects.filter(pk=place(niel, title="Sommerfest").pk).update(expires_at=NOW + timedelta(hours=1))
    assert titles(kranenburg) == {"Sommerfest"}
    assert titles(kranenburg, now=NOW + timedelta(hours=2)) == set()


def test_what_expires_or_is_forgotten_within_the_hour_is_gone_at_that_moment(kranenburg, niel):
    Entry.objects.filter(pk=place(niel, title="Sommerfest").pk).update(expires_at=NOW + timedelta(minutes=10))
    unconfirmed = NOW + timedelta(minutes=20) - timedelta(days=183)
    Entry.objects.filter(pk=place(niel, title="Chor").pk).update(check_due_at=unconfirmed)
    assert titles(kranenburg) == {"Sommerfest", "Chor"}
    assert titles(kranenburg, now=NOW + timedelta(minutes=11)) == {"Chor"}
    assert titles(kranenburg, now=NOW + timedelta(minutes=21)) == set()
    assert titles(kranenburg, now=NOW + timedelta(minutes=5)) == {"Sommerfest", "Chor"}


def test_who_loses_a_home_or_is_kept_apart_sees_less_at_once(kranenburg, niel, person):
    anna, greta = person("Anna", home="niel"), person("Greta", home="niel")
    Entry.objects.filter(pk=place(niel, title="Flohmarkt", audience=Audience.MEMBERS).pk).update(author=greta)
    assert titles(kranenburg, actor(anna)) == {"Flohmarkt"}
    block_member(greta, by=actor(anna), now=NOW)
    assert titles(kranenburg, actor(anna)) == set()
    assert titles(kranenburg, actor(greta)) == {"Flohmarkt"}
    assert titles(kranenburg, replace(actor(greta), identity_id=None, member_paths=())) == set()


def test_what_a_member_saw_is_not_shown_to_a_visitor(kranenburg, niel, person):
    place(niel, title="Chor")
    place(niel, title="Mitfahrgelegenheit", audience=Audience.MEMBERS)
    assert titles(kranenburg, actor(person("Anna", home="niel"))) == {"Chor", "Mitfahrgelegenheit"}
    assert titles(kranenburg) == {"Chor"}


def test_of_a_change_that_is_undone_nothing_stays(kranenburg, niel):
    assert titles(kranenburg) == set()
    with transaction.atomic():
        place(niel, title="Irrtum")
        assert titles(kranenburg) == {"Irrtum"}
        transaction.set_rollback(True)
    place(niel, title="Chor")  # counts the same edition once more
    assert titles(kranenburg) == {"Chor"}


def test_who_changes_an_area_without_saving_it_changes_nobody_elses(kranenburg, niel):
    mine = site_of(kranenburg.municipality).by_slug["niel"]
    mine.slug = "nil"
    mine.tint = 9 if niel.tint != 9 else 8
    assert site_of(kranenburg.municipality).by_slug["niel"].tint == niel.tint
