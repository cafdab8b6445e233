"""Pages of members, through the front door: made once for all who see alike, never with what is one person's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dorfplatz.comments.actions import write_comment
from dorfplatz.entries import actions as entries
from dorfplatz.entries.enums import Audience
from dorfplatz.exchange.enums import Direction
from dorfplatz.exchange.tests.factories import exchange
from dorfplatz.kernel.actor import VISITOR, Actor, Grant
from dorfplatz.members.actions import block_member, change_identity
from dorfplatz.square.queries import Place
from dorfplatz.square.tests.factories import post
from dorfplatz.villages.kept import alike
from dorfplatz.villages.queries import edition_of
from tests.fixtures.kranenburg import INSTALLER, Square
from tests.fixtures.people import actor, square_of

PAGES = ("", "niel/", "beitraege/?village=niel", "suche-biete/?village=niel", "termine/?view=month&village=niel")


@pytest.fixture
def niel(kranenburg, cast, monkeypatch):
    """A village whose pages are kept, although the test's changes may yet be undone."""
    monkeypatch.setattr(alike, "edition_to_keep_under", edition_of)
    return kranenburg.village("niel")


@pytest.fixture
def greta(niel, person):
    return person("Greta", home="niel")


def by(person):
    return {"by": actor(person), "now": timezone.now()}


def main_of(square, path):
    """A page without its frame."""
    text = square.page(path)
    return text[text.index('<main id="main"') : text.index('<footer class="foot"')]


@pytest.mark.parametrize("path", PAGES)
def test_a_neighbour_gets_what_was_made_for_another_and_it_is_not_made_again(niel, cast, greta, path):
    post(niel, title="Für alle Mitglieder", audience=Audience.MEMBERS, **by(cast.anna))
    square_of(cast.anna).page(path)
    kept = len(alike._members)
    first, again = square_of(cast.anna), square_of(greta)
    with CaptureQueriesContext(connection) as queries:
        assert main_of(first, path) == main_of(again, path)
    assert len(alike._members) == kept
    assert not [row for row in queries.captured_queries if "entries_entry" in row["sql"]]
    if path.startswith(("niel", "bei")):
        assert "Für alle Mitglieder" in main_of(again, path)


def test_what_is_for_members_never_reaches_who_is_none_of_them(niel, cast, person):
    post(niel, title="Nur unter uns", audience=Audience.MEMBERS, **by(cast.anna))
    newcomer = person("Neu", home="niel", is_known=False)
    assert "Nur unter uns" in main_of(square_of(cast.anna), "niel/")
    for other in (newcomer, cast.carla):
        for path in PAGES:
            assert "Nur unter uns" not in main_of(square_of(other), path)
    assert "Nur unter uns" not in main_of(cast.at_the_square("visitor"), "niel/")


def test_a_change_is_there_at_once(niel, cast, greta):
    entry = post(niel, title="Erst so", **by(cast.anna)).entry
    ask = exchange(niel, direction=Direction.ASK, title="Leiter gesucht", author=cast.anna).entry
    assert "Erst so" in main_of(square_of(greta), "niel/")
    entries.remove_entry(entry, **by(cast.anna))
    assert "Erst so" not in main_of(square_of(greta), "niel/")
    assert "Leiter gesucht" in main_of(square_of(greta), "suche-biete/")
    post(niel, title="Noch eins", **by(cast.anna))
    entries.remove_entry(ask, **by(cast.anna))
    assert "Leiter gesucht" not in main_of(square_of(greta), "suche-biete/")
    change_identity(cast.anna, name="Annegret", language="de", home_area=cast.anna.home_area, **by(cast.anna))
    assert "Annegret" in main_of(square_of(greta), "beitraege/")


def test_what_is_over_goes_by_itself(niel, cast, greta, monkeypatch):
    post(niel, title="Bald vorbei", expires_at=timezone.now() + timedelta(minutes=2), **by(cast.anna))
    assert "Bald vorbei" in main_of(square_of(greta), "beitraege/")
    later = timezone.now() + timedelta(minutes=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Bald vorbei" not in main_of(square_of(greta), "beitraege/")


def test_a_block_parts_two_people_also_on_pages_that_are_kept(niel, cast, greta):
    post(niel, title="Von Anna", **by(cast.anna))
    assert "Von Anna" in main_of(square_of(greta), "beitraege/")
    block_member(cast.anna, **by(greta))
    assert "Von Anna" not in main_of(square_of(greta), "beitraege/")
    assert "Von Anna" in main_of(square_of(cast.dirk), "beitraege/")


def test_below_an_entry_each_finds_the_buttons_of_her_own_comment(niel, cast, greta):
    entry = post(niel, title="Wer kommt?", **by(cast.anna)).entry
    path = f"e/{entry.code}/wer-kommt/"
    write_comment(entry, text="Ich komme.", form_key="k", **by(greta))
    own, others = main_of(square_of(greta), path), main_of(square_of(cast.anna), path)
    assert ("Ich komme." in own, "Ich komme." in others, "Ich komme." in main_of(square_of(cast.ben), path)) == (
        True,
    ) * 3
    assert ("pencil" in own[own.index("Ich komme.") :], "pencil" in others[others.index("Ich komme.") :]) == (
        True,
        False,
    )


def test_who_sees_alike_is_nobody_in_particular():
    anna = Actor(identity_id=7, grants=(Grant("connector", "/1/2/", frozenset({"x"})),), member_paths=("/1/",))
    assert anna.sight == Actor(identity_id=0, grants=anna.grants, member_paths=("/1/",)) == anna.sight.sight
    assert anna.sight.is_member
    assert VISITOR.sight == VISITOR
    assert INSTALLER.sight == INSTALLER


def test_whoever_makes_such_a_page_knows_neither_session_nor_cookie(niel, cast, monkeypatch):
    seen = []
    monkeypatch.setattr(alike, "render_to_string", lambda *_args, request: seen.append(request) or alike.CUT * 11)
    square_of(cast.anna).page("niel/")
    [request] = seen
    assert (request.viewer.identity_id, dict(request.COOKIES), hasattr(request, "session")) == (0, {}, False)
    assert not hasattr(request, "user")


def test_a_visitors_further_pages_are_made_once_and_anew_with_every_change(niel, cast):
    path = f"beitraege/?village=niel&after={Place(timezone.now() + timedelta(days=1), 1)}"
    post(niel, title="Storchennest", **by(cast.anna))
    assert "Storchennest" in main_of(Square(), path)
    with CaptureQueriesContext(connection) as queries:
        assert "Storchennest" in main_of(Square(), path)
    assert not [row for row in queries.captured_queries if "entries_entry" in row["sql"]]
    post(niel, title="Nur unter uns", audience=Audience.MEMBERS, **by(cast.anna))
    assert "Nur unter uns" in main_of(square_of(cast.anna), path)
    assert "Nur unter uns" not in main_of(Square(), path)
    post(niel, title="Deichfest", **by(cast.anna))
    assert "Deichfest" in main_of(Square(), path)


def test_what_visitors_ask_for_never_displaces_pages_of_members(niel, cast):
    square_of(cast.anna).page("niel/")
    kept = len(alike._members)
    for number in range(3):
        Square().page(f"beitraege/?village=niel&after={Place(timezone.now() + timedelta(days=number), 1)}")
    assert (len(alike._members), len(alike._visitors)) == (kept, 3)
