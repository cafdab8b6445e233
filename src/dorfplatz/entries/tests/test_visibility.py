"""`visible_to` and `can_view` are two ways to say the same; what may not be seen is not there."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from dorfplatz.entries.enums import Audience, State
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.policies import can_set_out, can_view
from dorfplatz.entries.visible import visible_ids
from dorfplatz.kernel.actor import Actor, system
from dorfplatz.members.enums import Role
from dorfplatz.villages.actions import set_up_municipality
from dorfplatz.villages.description import parse_description
from dorfplatz.villages.models import Area
from tests.fixtures.kranenburg import INSTALLER, NOW
from tests.fixtures.people import actor


def another_person(person):
    """Somebody of another municipality of the same installation."""
    described = {
        "municipality": {"slug": "weeze", "name": "Weeze", "country": "DE", "languages": ["de"]},
        "village": [{"slug": "wemb", "name": "Wemb", "lat": 51.63, "lon": 6.14, "neighbours": []}],
    }
    set_up_municipality(parse_description(described, {}), by=INSTALLER, now=NOW)
    wanda = person("Wanda")
    wanda.home_area = Area.objects.get(slug="wemb")
    wanda.save()
    return wanda


@pytest.fixture
def viewers(person):
    author = person("Anna", home="niel")
    people = {
        "author": author,
        "member": person("Berta", home="zyfflich"),
        "connector here": person("Ben", roles=[(Role.CONNECTOR, "niel")]),
        "connector there": person("Cora", roles=[(Role.CONNECTOR, "zyfflich")]),
        "editor": person("Emil", roles=[(Role.EDITOR, "niel")]),
        "moderator": person("Mia", roles=[(Role.MODERATOR, "")]),
        "officer": person("Otto", roles=[(Role.OFFICER, "")]),
        "admin": person("Ada", roles=[(Role.ADMIN, "")]),
        "officer at home": person("Olga", home="niel", roles=[(Role.OFFICER, "")]),
        "neighbour": person("Dirk", home="groesbeek"),
        "elsewhere": another_person(person),
    }
    actors = {name: actor(identity) for name, identity in people.items()}
    apart = {
        f"{name}, apart": replace(actors[name], apart_from=frozenset({author.pk}))
        for name in ("member", "connector here", "connector there")
    }
    return author, {"visitor": Actor(), "system": system("test"), **actors, **apart}


# For whom, and whether the municipality's officers are meant as well.
MEANT_FOR = [(Audience.PUBLIC, False), (Audience.PUBLIC, True), (Audience.MEMBERS, False), (Audience.MEMBERS, True)]


def every_entry(author, area, now):
    """One of every state, audience, expiry and authorship."""
    times = (None, now - timedelta(minutes=1), now, now + timedelta(minutes=1))
    for state, meant_for, expires, by in itertools.product(State, MEANT_FOR, times, (author, None)):
        entry = Entry.objects.create(
            kind="organization", title="Chor", language="de", state=state, audience=meant_for[0], author=by,
            is_for_municipality=meant_for[1], expires_at=expires, published_at=now, created_at=now, changed_at=now,
        )  # fmt: skip
        EntryArea.objects.create(entry=entry, area=area)
        yield entry


def test_lists_and_policy_agree_for_every_entry_and_every_viewer(kranenburg, viewers, now):
    author, by_name = viewers
    entries = list(every_entry(author, kranenburg.village("niel"), now))
    assert len(entries) == len(State) * len(MEANT_FOR) * 4 * 2
    for name, viewer in by_name.items():
        listed = set(Entry.objects.visible_to(viewer, now=now).values_list("pk", flat=True))
        assert visible_ids([pk + n for pk in listed for n in (0, 100_000)], viewer, now=now) == listed
        assert visible_ids(Entry.objects.values_list("pk", flat=True), viewer, now=now) == listed
        allowed = {entry.pk for entry in entries if can_view(viewer, entry, now=now)}
        assert listed == allowed, name


def test_what_each_viewer_sees_differs_as_meant(kranenburg, viewers, now):
    author, by_name = viewers
    entries = list(every_entry(author, kranenburg.village("niel"), now))
    seen = {
        name: {
            (e.state, e.audience)
            for e in entries
            if can_view(viewer, e, now=now) and e.author_id is None and not e.is_for_municipality
        }
        for name, viewer in by_name.items()
    }
    assert seen["visitor"] == {(State.PUBLISHED, Audience.PUBLIC)}
    assert seen["member"] == {(State.PUBLISHED, audience) for audience in Audience}
    assert seen["connector there"] == seen["member"], "a connector of another village is a member here"
    assert seen["connector here"] == {
        (state, audience) for state in (State.WAITING, State.PUBLISHED, State.HIDDEN) for audience in Audience
    }
    assert seen["officer"] == seen["visitor"], "the municipality never reads what neighbours write for neighbours"
    assert seen["elsewhere"] == seen["visitor"], "members of another municipality are visitors here"
    assert seen["neighbour"] == seen["member"], "who lives in a village that this municipality names as its neighbour"
    assert len(seen["system"]) == len(State) * len(Audience)


def test_officers_read_what_is_for_members_only_where_its_author_says_so(kranenburg, viewers, now):
    author, by_name = viewers
    entries = [e for e in every_entry(author, kranenburg.village("niel"), now) if e.audience == Audience.MEMBERS]
    for name in ("officer", "officer at home"):
        seen = [e for e in entries if can_view(by_name[name], e, now=now)]
        assert seen
        assert all(e.is_for_municipality and e.state == State.PUBLISHED for e in seen), name
    asked = {e.pk for e in entries if e.is_for_municipality}
    assert {e.pk for e in entries if can_view(by_name["elsewhere"], e, now=now)} == set()
    assert asked & {e.pk for e in entries if can_view(by_name["member"], e, now=now)}, "members read it as before"


def test_who_is_apart_sees_nothing_of_the_author_unless_in_charge(kranenburg, viewers, now):
    author, by_name = viewers
    entries = [entry for entry in every_entry(author, kranenburg.village("niel"), now) if entry.author_id]
    seen = {name: {e.pk for e in entries if can_view(viewer, e, now=now)} for name, viewer in by_name.items()}
    assert seen["member"]
    assert not seen["member, apart"]
    assert not seen["connector there, apart"]
    assert seen["connector here, apart"] == seen["connector here"], "a block does not keep anybody from their duty"


def test_neighbours_set_things_out_in_their_own_municipality(kranenburg, viewers):
    _author, by_name = viewers
    niel = [str(kranenburg.village("niel").path)]
    able = {name for name, viewer in by_name.items() if can_set_out(viewer, niel)}
    assert {"author", "member", "officer", "neighbour", "connector there"} <= able
    assert not able & {"visitor", "elsewhere"}
    assert not can_set_out(replace(by_name["author"], curbs=frozenset({"write"})), niel)


def test_an_entry_set_out_in_two_villages_is_listed_once(kranenburg, now):
    niel, zyfflich = kranenburg.village("niel"), kranenburg.village("zyfflich")
    entry = Entry.objects.create(
        kind="organization", title="Chor", language="de", state=State.PUBLISHED, published_at=now, created_at=now,
        changed_at=now,
    )  # fmt: skip
    for area in (niel, zyfflich):
        EntryArea.objects.create(entry=entry, area=area)
    assert Entry.objects.in_areas({niel.pk, zyfflich.pk}).visible_to(Actor(), now=now).count() == 1
