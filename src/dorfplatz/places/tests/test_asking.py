"""Keepers are asked by mail, and answer by one link each: good for one answer, one entry, as it is now."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorfplatz.entries.models import Entry
from dorfplatz.kernel.actor import VISITOR, system
from dorfplatz.kernel.verdict import Problem
from dorfplatz.mail.models import Mail
from dorfplatz.members.models import Identity
from dorfplatz.places.actions import answer_by_link, ask_keepers, confirm_place, end_keeper, enter_calls, name_keeper
from dorfplatz.places.asking import ANSWERS, CHANGED, GONE, RIGHT, fresh_token, read_fresh_token
from dorfplatz.places.enums import Status
from dorfplatz.places.models import Correction, Keeper, Listing
from dorfplatz.places.tests.factories import place
from tests.fixtures.kranenburg import INSTALLER, NOW, Square

CLOCK, DAY = system("clock"), timedelta(days=1)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


def kept(village, person, *, due=NOW + 10 * DAY, title="Heimatchor") -> Keeper:
    listing = place(village, title=title)
    keeper = name_keeper(listing, identity=person, by=INSTALLER, now=NOW)
    Entry.objects.filter(pk=listing.pk).update(check_due_at=due)
    return anew(keeper)


def anew(keeper: Keeper) -> Keeper:
    return Keeper.objects.select_related("listing__entry", "identity__login").get(pk=keeper.pk)


@pytest.fixture
def keeper(kranenburg, cast) -> Keeper:
    return kept(kranenburg.village("niel"), cast.anna)


def path_of(token: str) -> str:
    with override("de"):
        return reverse("places:fresh", args=[token])


def test_a_keeper_is_asked_three_times_and_then_left_in_peace(keeper):
    due = keeper.listing.entry.check_due_at
    days = [due - 30 * DAY, due - 21 * DAY, due - 20 * DAY, due - 7 * DAY, due + 7 * DAY, due + 60 * DAY]
    assert [ask_keepers(by=CLOCK, now=day) for day in days] == [0, 1, 0, 1, 1, 0]
    mails = Mail.objects.order_by("pk")
    assert [mail.to for mail in mails] == ["anna@example.org"] * 3
    assert "verlässt die Karte" not in mails[0].text
    assert "von der Karte" in mails[2].text


def test_a_keeper_of_many_entries_gets_three_mails_at_a_time(kranenburg, cast):
    for number in range(5):
        kept(kranenburg.village("niel"), cast.anna, title=f"Hof {number}")
    assert [ask_keepers(by=CLOCK, now=NOW) for _day in range(3)] == [3, 2, 0]


def test_who_keeps_many_entries_stands_in_nobodys_way(kranenburg, cast, monkeypatch):
    monkeypatch.setattr("dorfplatz.places.actions.freshness.AT_A_TIME", 4)
    for number in range(6):
        kept(kranenburg.village("niel"), cast.anna, title=f"Hof {number}", due=NOW)
    kept(kranenburg.village("niel"), cast.ben, title="Chor", due=NOW + DAY)
    assert ask_keepers(by=CLOCK, now=NOW) == 4
    assert Mail.objects.filter(to="ben@example.org").count() == 1


def test_nobody_is_asked_about_what_is_gone_or_by_whom_nobody_can_reach(kranenburg, cast):
    niel = kranenburg.village("niel")
    Listing.objects.filter(pk=kept(niel, cast.anna).listing_id).update(status=Status.CLOSED)
    kept(niel, cast.eve, title="Hof")
    assert ask_keepers(by=CLOCK, now=NOW) == 0


def test_looking_at_the_link_changes_nothing_and_the_button_confirms(keeper):
    ask_keepers(by=CLOCK, now=NOW)
    address = re.findall(r"http://localhost(/de/\S+)", Mail.objects.get().text)[0]
    square = Square()
    for ask in (square.get, square.head, square.get):
        assert ask(address).status_code == 200
    assert Listing.objects.get().assured_by == "connector"
    page = square.post(address).text
    assert "gilt als heute bestätigt" in page
    listing = Listing.objects.get()
    assert (listing.assured_by, listing.assured_on) == ("keeper", NOW.date())
    assert (
        "Zuletzt bestätigt am 23. November 2026 von denen, die den Eintrag pflegen."
        in square.get(f"/de/e/{listing.entry.code}/", follow=True).text
    )
    assert square.post(address).status_code == 410


def test_what_has_changed_lies_on_the_connectors_desk_and_is_said_once(keeper):
    address = path_of(fresh_token(keeper, CHANGED))
    assert Square().post(address, {"words": " "}).status_code == 422
    assert not Correction.objects.exists()
    for _twice in range(2):
        assert Square().post(address, {"words": "Wir proben jetzt mittwochs."}).status_code == 200
    assert Correction.objects.get().said_by_id == keeper.identity_id


def test_what_is_gone_leaves_the_map(keeper):
    Square().post(path_of(fresh_token(keeper, GONE)))
    assert Listing.objects.get().status == Status.CLOSED
    assert "Heimatchor" not in Square().get("/de/karte/").text


def end(keeper):
    end_keeper(keeper, by=INSTALLER, now=NOW)


def confirm(keeper):
    confirm_place(keeper.listing, role="connector", by=INSTALLER, now=NOW + DAY)


def edit(keeper):
    Entry.objects.filter(pk=keeper.listing_id).update(changed_at=NOW + DAY)


def shut_out(keeper):
    Identity.objects.filter(pk=keeper.identity_id).update(is_blocked=True)


@pytest.mark.parametrize("what", [end, confirm, edit, shut_out])
def test_a_link_is_worthless_once_the_entry_or_its_keeper_is_another(keeper, what):
    token = fresh_token(keeper, RIGHT)
    what(keeper)
    assert Square().get(path_of(token)).status_code == 410
    with pytest.raises(Problem):
        answer_by_link(token, by=VISITOR, now=NOW)


def test_a_link_is_worthless_after_two_months(keeper):
    token = fresh_token(keeper, RIGHT)
    with time_machine.travel(NOW + 61 * DAY, tick=False):
        assert read_fresh_token(token) is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_link_answers_nothing_but_what_it_was_signed_for(keeper, data):
    tokens = {answer: fresh_token(keeper, answer) for answer in ANSWERS}
    answer = data.draw(st.sampled_from(sorted(ANSWERS)))
    token = tokens[answer]
    asked = read_fresh_token(token)
    assert asked is not None
    assert (asked.answer, asked.listing_id, asked.keeper_id) == (answer, keeper.listing_id, keeper.pk)
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.characters(codec="ascii", categories=["L", "N"]))
    forged = token[:at] + letter + token[at + 1 :]
    assert read_fresh_token(forged) in ((asked,) if forged == token else (None,))
    other = tokens[data.draw(st.sampled_from(sorted(ANSWERS)))]
    body, signature = token.split(":", 1), other.split(":", 1)
    assert read_fresh_token(f"{body[0]}:{signature[1]}") in ((asked,) if other == token else (None,))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_what_we_never_wrote_is_no_link(text):
    assert read_fresh_token(text) is None


def test_what_nobody_confirms_leaves_map_and_list_and_its_page_stays(kranenburg, cast):
    listing = place(kranenburg.village("niel"), title="Vergessen")
    imported = place(kranenburg.village("niel"), title="Bushalt", origin="osm")
    ids = [listing.pk, imported.pk]
    Entry.objects.filter(pk__in=ids).update(check_due_at=NOW - 182 * DAY)
    page = Square().get("/de/karte/").text
    assert "Vergessen" in page
    assert "Lange nicht bestätigt" in page
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        later = Square().get("/de/karte/").text
        assert "Vergessen" not in later
        assert "Bushalt" in later
        assert Square().get(f"/de/e/{listing.entry.code}/", follow=True).status_code == 200


def test_calls_are_entered_in_one_go(kranenburg, cast):
    niel, ben = kranenburg.village("niel"), cast.actor("ben")
    rows = [place(niel, title=f"Hof {number}") for number in range(4)]
    said = {rows[0].pk: (RIGHT, ""), rows[1].pk: (CHANGED, "Neue Nummer"), rows[2].pk: (GONE, ""), rows[3].pk: ("", "")}
    counts = enter_calls(rows, said=said, by=ben, now=NOW)
    assert dict(counts) == {RIGHT: 1, CHANGED: 1, GONE: 1}
    assert Correction.objects.get().text == "Neue Nummer"
    assert Listing.objects.get(pk=rows[2].pk).status == Status.CLOSED
