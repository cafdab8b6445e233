"""`visible_to` and `can_view` are two ways to say the same; what may not be seen is not there."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorfplatz.entries.enums import SEE_HIDDEN, Audience, State
from dorfplatz.entries.models import Entry, EntryArea
from dorfplatz.entries.policies import can_set_out, can_view
from dorfplatz.entries.sight import Sight, _in_sql
from dorfplatz.entries.visible import visible_ids
from dorfplatz.kernel.actor import Actor, Grant, system
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


def in_django_words(viewer, now):
    """The rule itself, without the SQL that is kept of it."""
    return set(Entry.objects.filter(Sight.of(viewer, now).rule).values_list("pk", flat=True))


def test_the_rule_says_the_same_wherever_a_question_has_it(kranenburg, viewers, now):
    author, by_name = viewers
    for slug in ("niel", "groesbeek"):
        list(every_entry(author, Area.objects.get(slug=slug), now))
    for name, viewer in by_name.items():
        if viewer.is_system:
            continue
        seen, at_home = Entry.objects.visible_to(viewer, now=now), in_django_words(viewer, now)
        inside = Entry.objects.filter(pk__in=Entry.objects.filter(pk__in=seen.values("pk")))
        joined = EntryArea.objects.filter(Q(entry__in=seen) & Q(entry__in=seen.filter(kind="organization")))
        others = Entry.objects.exclude(pk__in=seen)
        assert set(seen.values_list("pk", flat=True)) == at_home, name
        assert set(inside.values_list("pk", flat=True)) == at_home, name
        assert set(joined.values_list("entry", flat=True)) == at_home, name
        assert set(others.values_list("pk", flat=True)).isdisjoint(at_home), name
        assert seen.union(seen).count() == seen.count() == len(at_home), name
        two = Entry.objects.visible_to(viewer, now=now) | Entry.objects.visible_to(Actor(), now=now)
        assert set(two.values_list("pk", flat=True)) == at_home | in_django_words(Actor(), now), name


PATHS = st.sampled_from(["/1/", "/1/2/", "/_/", "/%/", "/1/2", "\\", "/999/"])


@given(
    st.lists(PATHS, max_size=3), st.lists(PATHS, max_size=2), st.lists(PATHS, max_size=3),
    st.sets(st.integers(-3, 40), max_size=4), st.sampled_from([None, 0, "author"]), st.integers(-90, 90),
)  # fmt: skip
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_looks_whatever_stands_in_their_paths(things, homes, offices, areas, apart, who, seconds):  # noqa: PLR0917  what hypothesis makes up
    author, now = things
    viewer = Actor(
        identity_id=author.pk if who == "author" else who,
        member_paths=tuple(homes), office_paths=tuple(offices), apart_from=frozenset({author.pk + n for n in apart}),
        grants=tuple(Grant("connector", path, frozenset({SEE_HIDDEN})) for path in areas),
    )  # fmt: skip
    moment = now + timedelta(seconds=seconds)
    assert set(Entry.objects.visible_to(viewer, now=moment).values_list("pk", flat=True)) == in_django_words(
        viewer, moment
    )


@pytest.fixture
def things(kranenburg, person, now):
    author = person("Anna", home="niel")
    assert list(every_entry(author, kranenburg.village("niel"), now))
    return author, now


def test_the_words_of_a_path_are_never_part_of_the_question(things):
    _author, now = things
    strange = Actor(identity_id=0, member_paths=("' OR 1=1 --", '%"%', "%"))
    assert set(Entry.objects.visible_to(strange, now=now)) == set(Entry.objects.visible_to(Actor(), now=now))


def test_the_rule_costs_no_more_than_one_question_and_is_put_in_sql_once(things, django_assert_num_queries):
    _author, now = things
    first, second = (Actor(identity_id=5 + n, member_paths=(f"/{n}/",)) for n in range(2))
    with django_assert_num_queries(1):
        list(Entry.objects.visible_to(first, now=now))
    before = _in_sql.cache_info().misses
    list(Entry.objects.visible_to(second, now=now + timedelta(hours=1)))
    assert _in_sql.cache_info().misses == before


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
